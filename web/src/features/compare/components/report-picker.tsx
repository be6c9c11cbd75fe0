import type { ReportPage } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { useReport } from "@/shared/reports/api/get-report";
import { selectionOf } from "@/shared/reports/report";
import { Select } from "@/shared/ui/select";

interface ReportPickerProps {
  label: string;
  /** The id of the chosen report; empty without one. */
  id: string;
  reports: ReportPage["reports"];
  onChange: (id: string) => void;
}

export function ReportPicker({ label, id, reports, onChange }: ReportPickerProps) {
  const { compare: messages, report: reportMessages } = useMessages();
  const { dateTime } = useFormats();
  const chosen = useReport(id).data;
  // The chosen one can be older than the listed ones.
  const isListed = reports.some((report) => report.id === id);
  const options = chosen && !isListed ? [chosen, ...reports] : reports;
  return (
    <Select label={label} value={options.some((report) => report.id === id) ? id : ""} onChange={onChange}>
      <option value="">{messages.choose}</option>
      {options.map((report) => (
        <option key={report.id} value={report.id}>
          {messages.option(
            reportMessages.name(selectionOf(report)),
            dateTime(report.created_at),
            report.request.sample_size === null ? null : report.request.seed,
          )}
        </option>
      ))}
    </Select>
  );
}
