import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import styles from "./selection-bar.module.css";

interface SelectionBarProps {
  count: number;
  onDelete: () => void;
  onClear: () => void;
}

export function SelectionBar({ count, onDelete, onClear }: SelectionBarProps) {
  const { queue } = useMessages();
  return (
    <div data-bottom-bar className={styles.bar}>
      <p role="status">{queue.selected(count)}</p>
      <div className={styles.actions}>
        <Button variant="bare" onClick={onClear}>
          {queue.clearSelection}
        </Button>
        <Button icon="delete" variant="danger" onClick={onDelete}>
          {queue.deleteSelected(count)}
        </Button>
      </div>
    </div>
  );
}
