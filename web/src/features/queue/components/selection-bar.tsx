import { Link } from "@/shared/i18n/link";
import type { ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { comparePath } from "@/shared/reports/compare-path";
import { isPublished } from "@/shared/reports/report";
import { Button, buttonClass, IconButton } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { useZipDownload } from "../use-zip-download";
import styles from "./selection-bar.module.css";

interface SelectionBarProps {
  selected: readonly ReportSummary[];
  onDelete: () => void;
  onClear: () => void;
}

/** The actions on the selected reports. */
export default function SelectionBar({ selected, onDelete, onClear }: SelectionBarProps) {
  const { queue, compare } = useMessages();
  const { progress, download } = useZipDownload();
  const published = selected.filter(isPublished);
  const [a, b] = published;
  return (
    <div data-bottom-bar className={styles.bar}>
      <div className={styles.count}>
        <IconButton icon="close" label={queue.clearSelection} onClick={onClear} />
        <p role="status">
          {progress ? queue.downloading(progress.done, progress.total) : queue.selected(selected.length)}
        </p>
      </div>
      <div className={styles.actions}>
        {a && b && selected.length === 2 && (
          <Link className={buttonClass("plain")} href={comparePath(a.id, b.id)} prefetch={false}>
            <Icon name="compare" />
            {compare.action}
          </Link>
        )}
        {published.length > 0 && (
          <Button
            aria-disabled={progress !== null}
            icon="download"
            onClick={() => {
              if (!progress) {
                void download(published);
              }
            }}
          >
            {queue.downloadSelected(published.length)}
          </Button>
        )}
        <Button icon="delete" variant="danger" onClick={onDelete}>
          {queue.deleteSelected(selected.length)}
        </Button>
      </div>
    </div>
  );
}
