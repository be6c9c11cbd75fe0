import styles from "./type-colors.module.css";

/** A class that sets `--hue` and `--chroma`; one that no type of ours has is near grey. */
export function typeColors(type: string | null | undefined): string {
  return `${styles.scope ?? ""} ${(type && styles[type]) ?? ""}`;
}
