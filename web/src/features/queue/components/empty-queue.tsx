import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { StatePanel } from "@/shared/ui/state-panel";

interface EmptyQueueProps {
  isFiltered: boolean;
  onClearFilters: () => void;
}

/** Says that there are no reports, or that none match the search and the filters. */
export function EmptyQueue({ isFiltered, onClearFilters }: EmptyQueueProps) {
  const { queue } = useMessages();
  if (!isFiltered) {
    return <StatePanel help={queue.emptyHelp} title={queue.empty} tone="empty" />;
  }
  return (
    <StatePanel help={queue.noMatchesHelp} title={queue.noMatches} tone="empty">
      <Button onClick={onClearFilters}>{queue.clearFilters}</Button>
    </StatePanel>
  );
}
