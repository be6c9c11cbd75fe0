import { countsIn } from "./counts";
import { lowerFirst } from "./pokemon";

const { number, plural } = countsIn("en");

/** The comparison of two reports. */
export const compare = {
  action: "Compare",
  title: "Compare reports",
  help: "Rows that only one of the reports has, and cells that differ.",
  a: "Report A",
  b: "Report B",
  choose: "Choose a report",
  /** `seed` is null if the report is no sample. */
  option: (name: string, created: string, seed: number | null) =>
    `${name} · ${created}${seed === null ? "" : ` · seed ${String(seed)}`}`,
  swap: "Swap A and B",
  noReports: "No reports to compare",
  noReportsHelp: "Only reports that succeeded can be compared. Create one first.",
  chooseBoth: "Choose two reports to compare them.",
  sameReport: "Choose two different reports.",
  loading: "Loading the reports…",
  notFound: (side: string) => `${side}: report not found`,
  notFoundHelp: "It may have been deleted or may have expired. Choose another report.",
  notPublished: (side: string) => `${side} has no CSV`,
  notPublishedHelp: "Only reports that succeeded can be compared.",
  tableUnavailable: (side: string) => `Couldn't load ${lowerFirst(side)}`,
  notComparable: "These reports can't be compared",
  notComparableHelp: "They have no column in common that identifies the Pokémon. Include the name in both.",
  same: "No differences",
  sameHelp: (count: number) => `All ${number(count)} Pokémon have the same cells in both reports.`,
  summary: (inBoth: number, changedCells: number, changedRows: number) =>
    changedCells === 0
      ? `${number(inBoth)} Pokémon in both, with the same cells`
      : `${number(inBoth)} Pokémon in both, ${plural(changedCells, "cell", "cells")} different in ${number(changedRows)} of them`,
  onlyIn: (side: string, count: number) => `Only in ${lowerFirst(side)}: ${number(count)} Pokémon`,
  columnsOnlyIn: (side: string, columns: string) => `Columns only in ${lowerFirst(side)}: ${columns}`,
  partial: (side: string, missing: number) =>
    `${side} is partial: ${number(missing)} Pokémon could not be fetched for it.`,
  changed: (count: number) => `Different cells: ${number(count)}`,
  column: "Column",
  empty: "Empty",
  showAll: (count: number) => `Show all ${number(count)}`,
};
