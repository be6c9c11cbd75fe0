import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { Button } from "@/shared/ui/button";

export function DownloadButton({ report }: { report: Report }) {
  const { report: messages } = useMessages();
  const { download } = useReportActions();
  return (
    <Button icon="download" variant="primary" onClick={() => void download(report)}>
      {messages.download}
    </Button>
  );
}
