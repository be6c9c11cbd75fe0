import { countsIn } from "./counts";

const { number, plural } = countsIn("en");

/** The list of reports. */
export const queue = {
  title: "Reports",
  count: (matching: number, total: number) =>
    matching === total ? number(total) : `${number(matching)} of ${number(total)}`,
  inProgress: (count: number) => `${number(count)} in progress`,
  search: "Search reports",
  searchHint: "Name, type, generation, seed…",
  status: "Status",
  allStatuses: "All statuses",
  type: "Type",
  allTypes: "All types",
  compact: "Compact rows",
  loading: "Loading reports…",
  loadingOlder: "Loading older reports…",
  empty: "No reports yet",
  emptyHelp: "Choose some Pokémon and create your first report. It will appear here right away.",
  noMatches: "No matching reports",
  noMatchesHelp: "No report matches the search and the filters.",
  clearFilters: "Clear filters",
  showMore: (count: number) => `Show ${number(count)} more`,
  shown: (shown: number, total: number) => `${number(shown)} of ${number(total)} shown`,
  selectAll: (count: number) => `Select all ${number(count)}`,
  selectAllMatching: (count: number) => `Select all ${number(count)} that match`,
  select: (name: string) => `Select ${name}`,
  selected: (count: number) => `${number(count)} selected`,
  deleteSelected: (count: number) => `Delete ${plural(count, "report", "reports")}`,
  clearSelection: "Clear selection",
  actionsOn: (name: string) => `Actions: ${name}`,
  edit: "Edit and run again",
  seed: (seed: number) => `seed ${String(seed)}`,
  otherForms: "with other forms",
  downloadSelected: (count: number) => `Download ${plural(count, "CSV", "CSVs")} (ZIP)`,
  downloading: (done: number, total: number) => `Downloading ${number(done)} of ${number(total)}…`,
  downloaded: (file: string, count: number, size: string) =>
    `Saved ${file} (${plural(count, "CSV", "CSVs")}, ${size}), checksums verified`,
  partlyDownloaded: (file: string, count: number, failed: number) =>
    `Saved ${file} with ${plural(count, "CSV", "CSVs")}; ${number(failed)} couldn't be downloaded.`,
  damaged: (file: string) => `${file} arrived damaged (checksum mismatch).`,
  notDownloaded: "Couldn't download the CSVs.",
  /** The name of the ZIP file. */
  zipName: "pokemon-reports.zip",
};
