import { useMessages } from "@/shared/i18n/language-provider";
import type { Filters } from "@/shared/reports/report-cache";
import { Button } from "@/shared/ui/button";
import { StatePanel } from "@/shared/ui/state-panel";

interface EmptyQueueProps {
  filters: Filters;
  onClearFilters: (filters: Filters) => void;
}

/** Says that there are no reports, or that none match the filters. */
export function EmptyQueue({ filters, onClearFilters }: EmptyQueueProps) {
  const { queue } = useMessages();
  if (!filters.status && !filters.type) {
    return <StatePanel help={queue.emptyHelp} title={queue.empty} tone="empty" />;
  }
  return (
    <StatePanel help={queue.noMatchesHelp} title={queue.noMatches} tone="empty">
      <Button
        onClick={() => {
          onClearFilters({ status: null, type: null });
        }}
      >
        {queue.clearFilters}
      </Button>
    </StatePanel>
  );
}
