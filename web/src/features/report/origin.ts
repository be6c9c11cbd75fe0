import { valueOf, type Row, type Table } from "@/shared/report-table/table";

/** The row of the species that a Pokémon evolves from: its default form, if the report has it. */
export function originOf(table: Table, row: Row): Row | undefined {
  const origin = valueOf(table, row, "evolves_from");
  if (origin === null) {
    return undefined;
  }
  const forms = table.rows.filter((other) => valueOf(table, other, "species") === origin);
  return (
    table.rows.find((other) => valueOf(table, other, "name") === origin) ??
    forms.find((other) => valueOf(table, other, "is_default") !== false) ??
    forms[0]
  );
}
