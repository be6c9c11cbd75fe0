import styles from "./type-colors.module.css";

/** Classes that set `--hue` and `--chroma` to a type's color; near gray for an unknown type or none. */
export function typeColors(type: string | null | undefined): string {
  return `${styles.scope ?? ""} ${(type && styles[type]) ?? ""}`;
}
