import { useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { CellValue } from "@/shared/report-table/cell-value";
import { valueOf, type Table } from "@/shared/report-table/table";
import { useCellText } from "@/shared/report-table/use-cell-text";
import { useColumnTitle } from "@/shared/report-table/use-column-title";
import { Button } from "@/shared/ui/button";
import type { ChangedCell } from "../compare-tables";
import styles from "./comparison.module.css";

const SHOWN_FIRST = 100;

interface ChangedCellsProps {
  changed: readonly ChangedCell[];
  tables: readonly [Table, Table];
}

/** The cells that differ, with both values. */
export function ChangedCells({ changed, tables: [tableA, tableB] }: ChangedCellsProps) {
  const { compare: messages, pokemon: pokemonMessages, names } = useMessages();
  const cellText = useCellText();
  const columnTitle = useColumnTitle();
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? changed : changed.slice(0, SHOWN_FIRST);
  return (
    <section aria-labelledby="changed-title" className={styles.panel}>
      <h2 className={styles.heading} id="changed-title">
        {messages.changed(changed.length)}
      </h2>
      <div aria-labelledby="changed-title" className={styles.scroll} role="region" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{names.columns.name}</th>
              <th scope="col">{messages.column}</th>
              <th scope="col">{messages.a}</th>
              <th scope="col">{messages.b}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ column, rows: [rowA, rowB] }) => (
              <tr key={`${rowA.index} ${column.name}`}>
                <th scope="row">
                  {cellText.texts(tableA, rowA, "name")[0] ??
                    pokemonMessages.number(cellText.texts(tableA, rowA, "id")[0] ?? "")}
                </th>
                <td>{columnTitle(column)}</td>
                {[valueOf(tableA, rowA, column.name), valueOf(tableB, rowB, column.name)].map(
                  (value, side) => (
                    <td key={side}>
                      {cellText.text(column, value) === "" ? (
                        <span className={styles.number}>{messages.empty}</span>
                      ) : (
                        <CellValue cellText={cellText} column={column} value={value} />
                      )}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < changed.length && (
        <Button
          onClick={() => {
            setShowsAll(true);
          }}
        >
          {messages.showAll(changed.length)}
        </Button>
      )}
    </section>
  );
}
