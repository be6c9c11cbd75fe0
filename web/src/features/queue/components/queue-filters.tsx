import { STATUSES, type Status } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import type { Filters } from "@/shared/reports/report-cache";
import { Select } from "@/shared/ui/select";
import styles from "./queue.module.css";

interface QueueFiltersProps {
  filters: Filters;
  types: readonly string[];
  onChange: (filters: Filters) => void;
}

export function QueueFilters({ filters, types, onChange }: QueueFiltersProps) {
  const { queue, names } = useMessages();
  const options = filters.type && !types.includes(filters.type) ? [...types, filters.type] : types;
  return (
    <div className={styles.filters}>
      <Select
        label={queue.status}
        value={filters.status ?? ""}
        onChange={(status) => {
          onChange({ ...filters, status: (status || null) as Status | null });
        }}
      >
        <option value="">{queue.allStatuses}</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {names.statuses[status]}
          </option>
        ))}
      </Select>
      <Select
        label={queue.type}
        value={filters.type ?? ""}
        onChange={(type) => {
          onChange({ ...filters, type: type || null });
        }}
      >
        <option value="">{queue.allTypes}</option>
        {options.map((type) => (
          <option key={type} value={type}>
            {names.type(type)}
          </option>
        ))}
      </Select>
    </div>
  );
}
