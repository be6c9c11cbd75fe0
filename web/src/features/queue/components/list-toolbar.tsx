import { STATUSES, type ReportSummary, type Status } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { TYPE_IDS } from "@/shared/pokemon-names/catalogue";
import { Icon } from "@/shared/ui/icon";
import { Select } from "@/shared/ui/select";
import type { ListView } from "../list-view";
import { useDensity } from "../use-density";
import type { ChangeView } from "../use-list-view";
import styles from "./list-toolbar.module.css";

interface ListToolbarProps {
  reports: readonly ReportSummary[];
  view: ListView;
  onChange: ChangeView;
}

/** The search, the filters and the density of the list. */
export function ListToolbar({ reports, view, onChange }: ListToolbarProps) {
  const { queue, names } = useMessages();
  const [isCompact, setCompact] = useDensity();
  // Only what some report has, and what is chosen.
  const types = new Set([view.type, ...reports.map(({ request }) => request.type)]);
  const statuses = new Set([view.status, ...reports.map(({ status }) => status)]);
  return (
    <div className={styles.toolbar}>
      <label className={styles.search}>
        <Icon name="search" />
        <span className="visually-hidden">{queue.search}</span>
        <input
          placeholder={queue.searchHint}
          type="search"
          value={view.search}
          onChange={(event) => {
            onChange({ search: event.target.value });
          }}
        />
      </label>
      <Select
        hideLabel
        label={queue.status}
        value={view.status ?? ""}
        onChange={(status) => {
          onChange({ status: (status || null) as Status | null });
        }}
      >
        <option value="">{queue.allStatuses}</option>
        {STATUSES.filter((status) => statuses.has(status)).map((status) => (
          <option key={status} value={status}>
            {names.statuses[status]}
          </option>
        ))}
      </Select>
      <Select
        hideLabel
        label={queue.type}
        value={view.type ?? ""}
        onChange={(type) => {
          onChange({ type: type || null });
        }}
      >
        <option value="">{queue.allTypes}</option>
        {TYPE_IDS.filter((type) => types.has(type)).map((type) => (
          <option key={type} value={type}>
            {names.type(type)}
          </option>
        ))}
      </Select>
      <button
        aria-label={queue.compact}
        aria-pressed={isCompact}
        className={styles.density}
        title={queue.compact}
        type="button"
        onClick={() => {
          setCompact(!isCompact);
        }}
      >
        <Icon name="rows" />
      </button>
    </div>
  );
}
