import type { ColumnName, Status } from "@/shared/api/names";
import { generationNumeral, humanize } from "./names";
import type { Selection } from "./names";

const numbers = new Intl.NumberFormat("en");

function number(value: number): string {
  return numbers.format(value);
}

function many(count: number, one: string, other: string): string {
  return `${number(count)} ${count === 1 ? one : other}`;
}

const types: Record<string, string> = {
  unknown: "unknown",
  shadow: "shadow",
};

const columns: Record<ColumnName, string> = {
  id: "Id",
  name: "Name",
  species: "Species",
  generation: "Generation",
  types: "Types",
  hp: "HP",
  attack: "Attack",
  defense: "Defense",
  special_attack: "Sp. Attack",
  special_defense: "Sp. Defense",
  speed: "Speed",
  base_stat_total: "Total",
  abilities: "Abilities",
  hidden_ability: "Hidden ability",
  weak_to: "Weak to",
  resists: "Resists",
  immune_to: "Immune to",
  height_m: "Height (m)",
  weight_kg: "Weight (kg)",
  base_experience: "Base experience",
  capture_rate: "Capture rate",
  color: "Colour",
  habitat: "Habitat",
  shape: "Shape",
  is_default: "Default form",
  is_legendary: "Legendary",
  is_mythical: "Mythical",
  is_baby: "Baby",
  evolves_from: "Evolves from",
  sprite_url: "Sprite",
};

const statuses: Record<Status, string> = {
  queued: "Queued",
  running: "Running",
  succeeded: "Succeeded",
  partial: "Partial",
  failed: "Failed",
  canceling: "Canceling",
  canceled: "Canceled",
};

function typeName(type: string): string {
  return types[type] ?? humanize(type);
}

function generationName(generation: string): string {
  return `generation ${generationNumeral(generation)}`;
}

function pokemon({ type, generation }: Pick<Selection, "type" | "generation">): string {
  return `${type ? `${typeName(type)} ` : ""}Pokémon${generation ? ` of ${generationName(generation)}` : ""}`;
}

/** "12 of 114 electric Pokémon", "all 1,351 Pokémon, default forms only". */
function selection({ sample, population, includeForms, ...filters }: Selection): string {
  const total = population === null ? null : number(population);
  const share =
    sample === null
      ? `all ${total === null ? "" : `${total} `}`
      : `${number(sample)} ${total === null ? "" : `of ${total} `}`;
  return `${share}${pokemon(filters)}${includeForms ? "" : ", default forms only"}`;
}

export const en = {
  app: {
    name: "Poke Queue",
    description: "Ask for a report about Pokémon, watch it being made, look at it, keep the CSV.",
    promise: "Pick some Pokémon. Get a table.",
    promiseHelp: "Statistics, abilities and match-ups, gathered in the background and kept as a CSV.",
    skip: "Skip to the content",
    footer: "Facts from PokéAPI. Pokémon and Pokémon character names are trademarks of Nintendo.",
    api: "HTTP API",
    home: "Poke Queue: all reports",
    language: "Language",
    theme: { label: "Theme", system: "As the system", light: "Light", dark: "Dark" },
  },
  account: {
    signIn: "Sign in",
    signInWith: (provider: string) => `Sign in with ${provider}`,
    signOut: "Sign out",
    signedInAs: (name: string) => `Signed in as ${name}`,
  },
  names: { type: typeName, generation: generationName, columns, statuses },
  ask: {
    title: "Ask for a report",
    type: "Type",
    anyType: "Every type",
    generation: "Generation",
    anyGeneration: "Any",
    generationCount: (generation: string, count: number) => `${generationName(generation)}, ${number(count)}`,
    forms: "Other forms too",
    formsHelp: "Mega, Gigantamax, regional and other forms beside the default one of each species.",
    howMany: "How many",
    all: "All of them",
    sample: "A random sample",
    sampleSize: "Sample size",
    population: (count: number) => `of ${number(count)}`,
    nobody: "No Pokémon is of that kind. Choose another type or generation.",
    advanced: "Advanced",
    seed: "Seed",
    seedHelp: "The same seed draws the same sample. Empty: one is drawn, and kept with the report.",
    columns: "Columns",
    columnsChosen: (count: number, of: number) => `${number(count)} of ${number(of)}`,
    columnGroups: {
      identity: "Who it is",
      statistics: "Statistics",
      abilities: "Abilities",
      matchups: "Match-ups",
      body: "Body",
      species: "Species",
      kind: "Kind",
    },
    allColumns: "All",
    fewColumns: "The essentials",
    make: (chosen: Selection) => `Make a report of ${selection(chosen)}`,
    making: "Asking …",
    accepted: (chosen: string) => `Accepted: ${chosen}.`,
    catalogueAway:
      "PokéAPI cannot be reached just now, so types and generations are not listed. You can still ask for every Pokémon: the report is made once PokéAPI answers.",
    loading: "Reading the types and generations",
    faults: {
      sampleSize: (population: number | null) =>
        population === null ? "A whole number from 1." : `A whole number from 1 to ${number(population)}.`,
      seed: "A whole number from 0 to 9,007,199,254,740,991.",
      columns: "Choose at least one column.",
    },
    refused: "The server did not accept this:",
  },
  queue: {
    title: "Reports",
    status: "Status",
    anyStatus: "Any status",
    type: "Type",
    anyType: "Any type",
    loading: "Reading the reports",
    empty: "No reports yet",
    emptyHelp: "Choose some Pokémon and ask for the first one: it shows up here at once.",
    noneMatches: "No report is like that",
    noneMatchesHelp: "There are none with this status and type.",
    clearFilters: "Show them all",
    more: "Older reports",
    loadingMore: "Reading older reports …",
    selectAll: "Select all shown",
    select: (name: string) => `Select ${name}`,
    selected: (count: number) => `${number(count)} selected`,
    deleteSelected: (count: number) => `Delete ${many(count, "report", "reports")}`,
    clearSelection: "Clear",
    live: (count: number) => `${number(count)} being made`,
  },
  report: {
    /** A report's name: "12 electric Pokémon of generation I". */
    name: ({ sample, population, ...filters }: Selection) => {
      const count = sample ?? population;
      const share =
        sample === null
          ? `All ${population === null ? "" : `${number(population)} `}`
          : `${number(count ?? 0)} `;
      return `${share}${pokemon(filters)}${filters.includeForms ? "" : ", default forms only"}`;
    },
    progress: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    progressOf: (name: string) => `Progress of ${name}`,
    planning: "Choosing the Pokémon",
    waiting: "Waiting to start",
    missing: (count: number) => `${number(count)} missing`,
    rows: (count: number) => many(count, "row", "rows"),
    back: "All reports",
    download: "Download CSV",
    cancel: "Cancel",
    again: "Make it again",
    delete: "Delete",
    actionOn: (action: string, name: string) => `${action}: ${name}`,
    loading: "Reading the report",
    gone: "There is no such report",
    goneHelp: "It may have been deleted, or have expired. The others are still there.",
    noId: "Which report?",
    noIdHelp: "The address names none.",
    runs: "The report is being made",
    runsHelp: "Its table and charts appear here by themselves.",
    canceled: "The report was canceled",
    canceledHelp: "It has no table. Make it again to have one, with the same request and seed.",
    canceling: "The report is being canceled",
    failed: "The report could not be made",
    noRows: "No Pokémon meets all the filters, so the report has no rows.",
    fewer: (asked: number, total: number) =>
      `A sample of ${number(asked)} was asked for, and ${number(total)} is all there are: the report has every one.`,
    facts: "About this report",
    request: "Request",
    includesForms: { yes: "with other forms", no: "default forms only" },
    everything: "every Pokémon",
    sampleOf: (size: number) => `a sample of ${number(size)}`,
    seed: "Seed",
    checksum: "SHA-256",
    copy: "Copy",
    copied: "Copied.",
    notCopied: "The browser would not copy it.",
    size: "Size",
    made: "Asked for",
    took: "Took",
    expires: "Kept until",
    retryOf: "Made again from",
    earlier: "an earlier report",
    columnCount: (count: number) => many(count, "column", "columns"),
    failures: (count: number) => `${many(count, "Pokémon is", "Pokémon are")} missing`,
    failuresHelp: "What could not be had after every retry, and why.",
    moreFailures: (count: number) => `and ${number(count)} more`,
    pokemon: "Pokémon",
    statistics: "How the statistics are spread",
    statistic: "Statistic",
    distribution: "Distribution",
    lowest: "Lowest",
    median: "Median",
    highest: "Highest",
    spread: (
      name: string,
      low: string,
      quarter: string,
      median: string,
      threeQuarters: string,
      high: string,
    ) =>
      `${name}: from ${low} to ${high}, half of them between ${quarter} and ${threeQuarters}, median ${median}`,
    typesChart: "Types",
    typesHelp: "A Pokémon of two types counts for both.",
    table: "The table",
    tableOf: (name: string) => `Table of ${name}`,
    search: "Search the table",
    found: (count: number, of: number) =>
      count === of ? many(of, "row", "rows") : `${number(count)} of ${many(of, "row", "rows")}`,
    nothingFound: "No row has that text.",
    previous: "Previous",
    next: "Next",
    pages: "Pages of the table",
    page: (page: number, of: number) => `${number(page)} of ${number(of)}`,
    yes: "Yes",
    no: "No",
    tableAway: "The table could not be read",
    tableAwayHelp: "The CSV could not be fetched from the storage. It can still be downloaded.",
    tableAgain: "Try again",
    tableLoading: "Reading the table",
  },
  actions: {
    downloaded: (file: string, size: string) => `${file} saved (${size}), and its checksum is right.`,
    wrongChecksum: (file: string) =>
      `${file} did not arrive as it was made: its checksum is wrong. Nothing was saved.`,
    handedOver: "The browser fetches the CSV itself; whether it arrived cannot be seen from here.",
    notDownloaded: "The CSV was not downloaded.",
    canceled: (name: string) => `Canceled: ${name}.`,
    canceling: (name: string) => `Being canceled: ${name}.`,
    notCanceled: (name: string) => `Not canceled: ${name}.`,
    again: (name: string) => `Accepted, to be made again: ${name}.`,
    notAgain: (name: string) => `Not made again: ${name}.`,
    deleted: (count: number) => `${many(count, "report is", "reports are")} gone.`,
    deletedSome: (done: number, failed: number) =>
      `${many(done, "report is", "reports are")} gone; ${number(failed)} could not be deleted.`,
    deletedNone: (count: number) => `${many(count, "report", "reports")} could not be deleted.`,
    confirmTitle: (count: number) =>
      count === 1 ? "Delete this report?" : `Delete ${number(count)} reports?`,
    confirmHelp: "The CSV and the record are removed for good. There is no undo.",
    confirmRunning: (count: number) =>
      count === 1
        ? "One that is still being made is stopped."
        : `${number(count)} that are still being made are stopped.`,
    confirm: (count: number) => `Delete ${many(count, "report", "reports")}`,
    keep: "Keep",
    deleting: "Deleting …",
    showReport: "Open",
    dismiss: "Dismiss",
    messages: "Messages",
  },
  trouble: {
    offline: "You are offline. What you see is what was last known; it goes on by itself when you are back.",
    away: "The server cannot be reached. What you see is what was last known; it is tried again every few seconds.",
    unreachable: "The server cannot be reached",
    unreachableHelp: "It is tried again every few seconds, until it answers.",
    offlineTitle: "You are offline",
    offlineHelp: "This needs the network. It goes on by itself when you are back.",
    signIn: "Sign in to go on",
    signInHelp: "Reports are kept for each person who signs in.",
    tryAgain: "Try again",
    broken: "This page broke",
    brokenHelp: "That is a fault of ours. Your reports are safe; load the page again.",
    reload: "Load again",
    notFound: "There is no such page",
    notFoundHelp: "The address may be mistyped, or the page is gone.",
    kinds: {
      "dependency-unavailable": "Something that the server needs is away. Try again in a while.",
      "no-such-report": "The report is gone.",
      "already-ended": "It has ended already.",
      "still-open": "It is still being made.",
      "not-published": "It has no CSV yet.",
      "invalid-request": "The request is not valid.",
      "too-many-open-reports": "Too many reports are being made. Wait until one of them has ended.",
      internal: "Something went wrong on the server.",
    } as Record<string, string>,
  },
};

export type Catalogue = typeof en;
