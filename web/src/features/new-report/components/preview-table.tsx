import type { Preview } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { CellValue } from "@/shared/report-table/cell-value";
import { isNumeric } from "@/shared/report-table/column-types";
import { tableOf } from "@/shared/report-table/table";
import { useCellText } from "@/shared/report-table/use-cell-text";
import { useColumnTitle } from "@/shared/report-table/use-column-title";
import styles from "./dialogs.module.css";

export function PreviewTable({ preview }: { preview: Preview }) {
  const { form } = useMessages();
  const cellText = useCellText();
  const columnTitle = useColumnTitle();
  const { columns, rows } = tableOf(preview.columns, preview.rows);
  return (
    <div aria-label={form.preview} className={styles.scroll} role="region" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} className={isNumeric(column) ? styles.numeric : undefined} scope="col">
                {columnTitle(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ index, cells }) => (
            <tr key={index}>
              {columns.map((column, place) => (
                <td key={column.name} className={isNumeric(column) ? styles.numeric : undefined}>
                  <CellValue cellText={cellText} column={column} value={cells[place] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
