import type { ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { StepButton } from "@/shared/ui/step-button";
import { useColumnTitle } from "./use-column-title";
import styles from "./column-order-list.module.css";

interface ColumnOrderListProps<Column> {
  columns: readonly Column[];
  /** Renders a column before its buttons. */
  children: (column: Column, title: string) => ReactNode;
  onMove: (column: Column, by: -1 | 1) => void;
}

/** Columns that the user can move up and down. */
export function ColumnOrderList<Column extends { name: string }>(props: ColumnOrderListProps<Column>) {
  const { columns, children, onMove } = props;
  const { table } = useMessages();
  const columnTitle = useColumnTitle();
  return (
    <ol className={styles.list}>
      {columns.map((column, index) => {
        const title = columnTitle(column);
        return (
          <li key={column.name} className={styles.item}>
            <div className={styles.column}>{children(column, title)}</div>
            <StepButton
              disabled={index === 0}
              icon="up"
              label={table.moveUp(title)}
              onClick={() => {
                onMove(column, -1);
              }}
            />
            <StepButton
              disabled={index === columns.length - 1}
              icon="down"
              label={table.moveDown(title)}
              onClick={() => {
                onMove(column, 1);
              }}
            />
          </li>
        );
      })}
    </ol>
  );
}
