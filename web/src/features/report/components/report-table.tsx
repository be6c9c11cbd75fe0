import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import type { Column, ColumnName } from "@/shared/api/names";
import { useFormats, useLocale, useMessages } from "@/shared/i18n/messages";
import { generationNumeral } from "@/shared/i18n/names";
import { IconButton } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { TypeChip } from "@/shared/ui/type-chip";
import { columnOf, searchRows, sortRows, type Order, type Row, type Table, type Value } from "../table";
import { Sprite } from "./sprite";
import styles from "./report-table.module.css";

const ROWS_OF_A_PAGE = 25;
const OF_TYPES: ReadonlySet<string> = new Set(["types", "weak_to", "resists", "immune_to"]);

/** The rows of a report: searched, sorted, a page at a time. */
export function ReportTable({ name, table }: { name: string; table: Table }) {
  const { report: words, names } = useMessages();
  const { number } = useFormats();
  const locale = useLocale();
  const [text, setText] = useState("");
  const [order, setOrder] = useState<Order | null>(null);
  const [page, setPage] = useState(0);
  const searched = useDeferredValue(text);

  const [lead, nameAt, typesAt, spriteAt] = useMemo(() => {
    const nameColumn = columnOf(table, "name");
    return [Math.max(nameColumn, 0), nameColumn, columnOf(table, "types"), columnOf(table, "sprite_url")];
  }, [table]);
  const rows = useMemo(() => {
    const say = (value: Value, column: number) =>
      OF_TYPES.has(table.columns[column]?.name ?? "") && Array.isArray(value)
        ? value.map(names.type).join(" ")
        : "";
    return sortRows(table, searchRows(table.rows, searched, say), order, locale);
  }, [table, searched, order, locale, names]);

  const pages = Math.max(1, Math.ceil(rows.length / ROWS_OF_A_PAGE));
  const current = Math.min(page, pages - 1);
  const shown = rows.slice(current * ROWS_OF_A_PAGE, (current + 1) * ROWS_OF_A_PAGE);
  // Where there are names, each has its sprite beside it.
  const columns = table.columns.flatMap((column, index) =>
    index === spriteAt && nameAt >= 0 ? [] : [{ column, index }],
  );

  return (
    <section aria-labelledby="table-title" className={styles.section}>
      <div className={styles.head}>
        <div>
          <h2 className={styles.title} id="table-title">
            {words.table}
          </h2>
          <p className={styles.found} role="status">
            {words.found(rows.length, table.rows.length)}
          </p>
        </div>
        <label className={styles.search}>
          <Icon name="search" />
          <span className="visually-hidden">{words.search}</span>
          <input
            placeholder={words.search}
            type="search"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setPage(0);
            }}
          />
        </label>
      </div>
      <div aria-label={words.tableOf(name)} className={styles.scroll} role="region" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>{columns.map(({ column, index }) => heading(column, index))}</tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.place}>
                {columns.map(({ column, index }) =>
                  index === lead ? (
                    <th key={column.name} className={styles.lead} scope="row">
                      {index === nameAt ? who(row) : cell(row.cells[index] ?? null, column)}
                    </th>
                  ) : (
                    <td key={column.name} className={isNumeric(column) ? styles.numeric : undefined}>
                      {cell(row.cells[index] ?? null, column)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.none}>{words.nothingFound}</p>}
      </div>
      {pages > 1 && (
        <nav aria-label={words.pages} className={styles.pages}>
          <IconButton
            disabled={current === 0}
            icon="previous"
            label={words.previous}
            onClick={() => {
              setPage(current - 1);
            }}
          />
          <span role="status">{words.page(current + 1, pages)}</span>
          <IconButton
            disabled={current === pages - 1}
            icon="next"
            label={words.next}
            onClick={() => {
              setPage(current + 1);
            }}
          />
        </nav>
      )}
    </section>
  );

  function heading(column: Column, index: number) {
    const isSorted = order?.column === column.name;
    const direction = isSorted && order.descending ? "descending" : "ascending";
    return (
      <th
        key={column.name}
        aria-sort={isSorted ? direction : "none"}
        className={[isNumeric(column) ? styles.numeric : "", index === lead ? styles.lead : ""].join(" ")}
        scope="col"
      >
        <button
          className={styles.sort}
          type="button"
          onClick={() => {
            setOrder(nextOrder(order, column.name));
            setPage(0);
          }}
        >
          {columnTitle(column.name)}
          <svg aria-hidden="true" className={styles.arrow} viewBox="0 0 10 10">
            <path d="M5 1.5 9 8.5H1Z" fill="currentColor" />
          </svg>
        </button>
      </th>
    );
  }

  function columnTitle(column: string): string {
    return column in names.columns ? names.columns[column as ColumnName] : column;
  }

  function who(row: Row) {
    const types = row.cells[typesAt] ?? null;
    const name = String(row.cells[nameAt] ?? "");
    const address = row.cells[spriteAt] ?? null;
    return (
      <span className={styles.who}>
        <Sprite
          key={name}
          address={typeof address === "string" ? address : null}
          name={name}
          type={Array.isArray(types) ? String(types[0] ?? "") : undefined}
        />
        {name}
      </span>
    );
  }

  function cell(value: Value, column: Column): ReactNode {
    if (value === null) {
      return null;
    }
    if (typeof value === "boolean") {
      return value ? words.yes : <span className={styles.unknown}>{words.no}</span>;
    }
    if (typeof value === "number") {
      return column.name === "id" ? String(value) : number(value);
    }
    if (typeof value === "string") {
      return column.name === "generation" ? generationNumeral(value) : value;
    }
    return OF_TYPES.has(column.name) ? (
      <span className={styles.chips}>
        {value.map((type) => (
          <TypeChip key={type} type={type} />
        ))}
      </span>
    ) : (
      value.join(", ")
    );
  }
}

function isNumeric({ type }: Column): boolean {
  return type === "integer" || type === "number";
}

/** Up, then down, then as in the CSV again. */
function nextOrder(order: Order | null, column: string): Order | null {
  if (order?.column !== column) {
    return { column, descending: false };
  }
  return order.descending ? null : { column, descending: true };
}
