import { normalize } from "@/shared/i18n/normalize";
import { columnIndex, type Row, type Table } from "@/shared/report-table/table";

/** The text of a row's column as the table shows it: one text for each value of a list. */
export type ShownTexts = (row: Row, column: string) => readonly string[];

/** The columns that the search reads. The filters are for the others. */
export const SEARCHED_COLUMNS = ["name", "species", "types", "abilities", "hidden_ability"] as const;

interface Entry {
  row: Row;
  id: string;
  name: string;
  species: string;
  types: readonly string[];
  abilities: readonly string[];
}

export type SearchIndex = readonly Entry[];

/** How well a row matches, from best to worst; a row that does not match has no rank. */
const RANKS = { value: 0, nameStart: 1, nameWord: 2, namePart: 3, species: 4, type: 5, ability: 6 } as const;

/** Prepares the search. `shown` returns localized texts, so the index depends on the language. */
export function buildSearchIndex(table: Table, shown: ShownTexts): SearchIndex {
  const idIndex = columnIndex(table, "id");
  return table.rows.map((row) => {
    const texts = (column: string) => shown(row, column).map(normalize).filter(Boolean);
    return {
      row,
      id: row.texts[idIndex] ?? "",
      name: texts("name").join(" "),
      species: texts("species").join(" "),
      types: texts("types"),
      abilities: [...texts("abilities"), ...texts("hidden_ability")],
    };
  });
}

/** The rows that match every word of the text, best match first; all rows without a text. */
export function searchRows(index: SearchIndex, text: string): readonly Row[] {
  const query = normalize(text);
  if (query === "") {
    return index.map(({ row }) => row);
  }
  const words = query.split(" ");
  return index
    .flatMap((entry) => {
      const ranks = isValueOf(entry, query) ? [RANKS.value] : words.map((word) => rankOf(entry, word));
      return ranks.includes(undefined) ? [] : [{ row: entry.row, rank: Math.max(...(ranks as number[])) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

function isValueOf({ id, name, species, types, abilities }: Entry, text: string): boolean {
  return text === id || text === name || text === species || types.includes(text) || abilities.includes(text);
}

function rankOf(entry: Entry, word: string): number | undefined {
  const startsWord = (text: string) => ` ${text}`.includes(` ${word}`);
  if (isValueOf(entry, word)) {
    return RANKS.value;
  }
  if (entry.name.startsWith(word)) {
    return RANKS.nameStart;
  }
  if (startsWord(entry.name)) {
    return RANKS.nameWord;
  }
  // "saur" finds Venusaur, but one letter would find almost everything.
  if (word.length > 1 && entry.name.includes(word)) {
    return RANKS.namePart;
  }
  if (startsWord(entry.species)) {
    return RANKS.species;
  }
  if (entry.types.some(startsWord)) {
    return RANKS.type;
  }
  return entry.abilities.some(startsWord) ? RANKS.ability : undefined;
}
