import { useMessages } from "@/shared/i18n/messages";
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
    <div className={styles.bar}>
      <p role="status">{queue.selected(count)}</p>
      <div className={styles.actions}>
        <Button look="bare" onClick={onClear}>
          {queue.clearSelection}
        </Button>
        <Button icon="delete" look="danger" onClick={onDelete}>
          {queue.deleteSelected(count)}
        </Button>
      </div>
    </div>
  );
}
