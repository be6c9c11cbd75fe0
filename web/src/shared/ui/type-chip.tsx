import { useMessages } from "@/shared/i18n/language-provider";
import { typeColors } from "./type-colors";
import styles from "./type-chip.module.css";

export function TypeChip({ type }: { type: string }) {
  const { names } = useMessages();
  return <span className={`${styles.chip} ${typeColors(type)}`}>{names.type(type)}</span>;
}
