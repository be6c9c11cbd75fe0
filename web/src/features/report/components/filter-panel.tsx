import { useId } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { hasColumn, valuesOf, type Table } from "@/shared/report-table/table";
import { Select } from "@/shared/ui/select";
import inputStyles from "@/shared/ui/text-input.module.css";
import {
  CATEGORIES,
  RANGE_COLUMNS,
  withRange,
  type Range,
  type RangeColumn,
  type RowFilters,
} from "../row-filters";
import { typeCounts } from "../statistics";
import type { ChangeView } from "../use-table-view";
import styles from "./filter-panel.module.css";

interface FilterPanelProps {
  table: Table;
  filters: RowFilters;
  onChange: ChangeView;
}

/** The filters for the columns that the report has. */
export default function FilterPanel({ table, filters, onChange }: FilterPanelProps) {
  const { table: messages, names } = useMessages();
  const types = typeCounts(table)
    .map(([type]) => ({ type, name: names.type(type) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const generations = [...new Set(valuesOf(table, "generation"))].filter(
    (value) => typeof value === "string",
  );
  const categories = CATEGORIES.filter((category) => hasColumn(table, category));
  const rangeColumns = RANGE_COLUMNS.filter((column) => hasColumn(table, column));
  const change = (changes: Partial<RowFilters>) => {
    onChange({ filters: { ...filters, ...changes } });
  };
  return (
    <div className={styles.panel}>
      <div className={styles.choices}>
        {types.length > 0 && (
          <Select
            label={messages.type}
            value={filters.type ?? ""}
            onChange={(value) => {
              change({ type: value || null });
            }}
          >
            <option value="">{messages.allTypes}</option>
            {types.map(({ type, name }) => (
              <option key={type} value={type}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {generations.length > 0 && (
          <Select
            label={messages.generation}
            value={filters.generation ?? ""}
            onChange={(value) => {
              change({ generation: value || null });
            }}
          >
            <option value="">{messages.allGenerations}</option>
            {generations.map((generation) => (
              <option key={generation} value={generation}>
                {names.generation(generation)}
              </option>
            ))}
          </Select>
        )}
        {categories.length > 0 && (
          <Select
            label={messages.category}
            value={filters.category ?? ""}
            onChange={(value) => {
              change({ category: categories.find((category) => category === value) ?? null });
            }}
          >
            <option value="">{messages.allCategories}</option>
            {categories.map((category) => (
              <option key={category} value={category}>
                {names.columns[category]}
              </option>
            ))}
          </Select>
        )}
      </div>
      {rangeColumns.length > 0 && (
        <div className={styles.ranges}>
          {rangeColumns.map((column) => (
            <RangeFields
              key={column}
              column={column}
              range={filters.ranges[column] ?? { min: null, max: null }}
              onChange={(range) => {
                onChange({ filters: withRange(filters, column, range) });
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface RangeFieldsProps {
  column: RangeColumn;
  range: Range;
  onChange: (range: Range) => void;
}

function RangeFields({ column, range, onChange }: RangeFieldsProps) {
  const { table: messages, names } = useMessages();
  const errorId = useId();
  const isEmpty = range.min !== null && range.max !== null && range.min > range.max;
  const field = (end: keyof Range) => (
    <input
      aria-describedby={isEmpty ? errorId : undefined}
      aria-invalid={isEmpty}
      aria-label={(end === "min" ? messages.minimum : messages.maximum)(names.columns[column])}
      className={`${inputStyles.input} ${styles.number}`}
      inputMode="numeric"
      min={0}
      placeholder={end === "min" ? messages.from : messages.to}
      type="number"
      value={range[end] ?? ""}
      onChange={({ target: { value } }) => {
        // Only whole numbers: a stat has no fraction, and a sign would be the range's separator in the URL.
        onChange({ ...range, [end]: /^\d+$/.test(value) ? Number(value) : null });
      }}
    />
  );
  return (
    <div aria-label={names.columns[column]} className={styles.range} role="group">
      <span aria-hidden="true" className={styles.label}>
        {names.columns[column]}
      </span>
      {field("min")}
      {field("max")}
      {isEmpty && (
        <p className={styles.error} id={errorId} role="alert">
          {messages.emptyRange}
        </p>
      )}
    </div>
  );
}
