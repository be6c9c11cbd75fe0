import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { Icon } from "@/shared/ui/icon";
import { NO_FILTERS, RANGE_COLUMNS, withRange, type RowFilters } from "../row-filters";
import type { ChangeView } from "../use-table-view";
import styles from "./active-filters.module.css";

/** The filters that are set, each as a button that removes it. */
export function ActiveFilters({ filters, onChange }: { filters: RowFilters; onChange: ChangeView }) {
  const { table: messages, names } = useMessages();
  const { number } = useFormats();
  const { type, generation, category, ranges } = filters;
  const format = (value: number | null) => (value === null ? null : number(value));
  const entries: { text: string; without: RowFilters }[] = [
    ...(type ? [{ text: names.type(type), without: { ...filters, type: null } }] : []),
    ...(generation
      ? [{ text: names.generation(generation), without: { ...filters, generation: null } }]
      : []),
    ...(category ? [{ text: names.columns[category], without: { ...filters, category: null } }] : []),
    ...RANGE_COLUMNS.flatMap((column) => {
      const range = ranges[column];
      if (!range) {
        return [];
      }
      const text = messages.inRange(names.columns[column], format(range.min), format(range.max));
      return [{ text, without: withRange(filters, column, NO_RANGE) }];
    }),
  ];
  if (entries.length === 0) {
    return null;
  }
  return (
    <ul aria-label={messages.activeFilters} className={styles.list}>
      {entries.map(({ text, without }) => (
        <li key={text}>
          <button
            aria-label={messages.removeFilter(text)}
            className={styles.filter}
            type="button"
            onClick={() => {
              onChange({ filters: without });
            }}
          >
            {text}
            <span className="no-print">
              <Icon name="close" size={16} />
            </span>
          </button>
        </li>
      ))}
      {entries.length > 1 && (
        <li className="no-print">
          <button
            className={styles.clear}
            type="button"
            onClick={() => {
              onChange({ filters: NO_FILTERS });
            }}
          >
            {messages.clearFilters}
          </button>
        </li>
      )}
    </ul>
  );
}

const NO_RANGE = { min: null, max: null };
