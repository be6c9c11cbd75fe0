import type { ColumnName, Status } from "@/shared/api/types";
import { generationName as nameOfGeneration, typeName as nameOfType } from "@/shared/pokemon-names/catalogue";
import { countsIn } from "./counts";
import { account } from "./en-account";
import { compare } from "./en-compare";
import { form } from "./en-form";
import { following } from "./en-following";
import { pokemon as pokemonMessages } from "./en-pokemon";
import { queue } from "./en-queue";
import { share } from "./en-share";
import { shortcuts } from "./en-shortcuts";
import { table } from "./en-table";
import type { Selection } from "./pokemon";

const { number, plural } = countsIn("en");

const columns: Record<ColumnName, string> = {
  id: "No.",
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
  color: "Color",
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

const ORDINAL_SUFFIXES: Record<string, string> = { one: "st", two: "nd", few: "rd" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

function ordinal(value: number): string {
  return `${number(value)}${ORDINAL_SUFFIXES[ordinals.select(value)] ?? "th"}`;
}

const typeName = (type: string) => nameOfType(type, "en");
const generationName = (generation: string) => nameOfGeneration(generation, "en");

function pokemon({ type, generation }: Pick<Selection, "type" | "generation">): string {
  return `${type ? `${typeName(type)}-type ` : ""}Pokémon${generation ? ` from ${generationName(generation)}` : ""}`;
}

/** "12 of 114 Electric-type Pokémon", "all 1,351 Pokémon, default forms only". */
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
    description: "Create Pokémon reports, follow their progress, explore the results and download the CSV.",
    tagline: "Pick some Pokémon. Get a table.",
    introduction: "Stats, abilities and type match-ups, collected in the background and saved as a CSV.",
    skip: "Skip to content",
    footer: "Data from PokéAPI. Pokémon and Pokémon character names are trademarks of Nintendo.",
    api: "HTTP API",
    home: "Poke Queue: all reports",
    language: "Language",
    settings: "Language and theme",
    theme: { label: "Theme", system: "System", light: "Light", dark: "Dark" },
  },
  account,
  names: { type: typeName, generation: generationName, columns, statuses },
  newReport: {
    title: "New report",
    type: "Type",
    allTypes: "All types",
    generation: "Generation",
    allGenerations: "All",
    allGenerationsLabel: "All generations",
    generationCount: (generation: string, count: number) =>
      `${generationName(generation)}: ${number(count)} Pokémon`,
    forms: "Include other forms",
    formsHelp: "Mega, Gigantamax, regional and other forms, in addition to each species' default form.",
    quantity: "Number of Pokémon",
    all: "All",
    sample: "Random sample",
    sampleSize: "Sample size",
    sampleSizeSlider: "Adjust the size",
    population: (count: number) => `of ${number(count)}`,
    noPokemon: "No Pokémon match. Choose another type or generation.",
    seed: "Seed (optional)",
    seedHelp: "The same seed always draws the same sample. Leave empty for a random one.",
    columns: "Columns",
    columnsSelected: (count: number, total: number) => `${number(count)} of ${number(total)}`,
    columnGroups: {
      identity: "Identity",
      statistics: "Stats",
      abilities: "Abilities",
      matchups: "Type match-ups",
      body: "Appearance",
      species: "Species",
      category: "Category",
    },
    allColumns: "All",
    essentialColumns: "Essentials",
    create: (selected: Selection) => `Create report: ${selection(selected)}`,
    creating: "Creating…",
    pokeapiUnavailable:
      "PokéAPI is unavailable, so types and generations can't be listed. You can still create a report on all Pokémon; it runs as soon as PokéAPI is back.",
    loading: "Loading types and generations…",
    errors: {
      sampleSize: (population: number | null) =>
        population === null
          ? "Enter a whole number of at least 1."
          : `Enter a whole number from 1 to ${number(population)}.`,
      seed: "Enter a whole number from 0 to 9,007,199,254,740,991.",
      columns: "Select at least one column.",
    },
  },
  queue,
  report: {
    /** A report's name: "12 Electric-type Pokémon from Generation I". */
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
    planning: "Selecting Pokémon…",
    waiting: "Waiting to start…",
    inLine: (position: number) => (position === 1 ? "Next in line" : `${ordinal(position)} in line`),
    timeLeft: (duration: string) => `about ${duration} left`,
    missing: (count: number) => `${number(count)} missing`,
    rows: (count: number) => plural(count, "row", "rows"),
    back: "All reports",
    download: "Download CSV",
    cancel: "Cancel",
    retry: "Run again",
    delete: "Delete",
    actionOn: (action: string, name: string) => `${action}: ${name}`,
    loading: "Loading report…",
    notFound: "Report not found",
    notFoundHelp: "It may have been deleted or may have expired.",
    noId: "No report selected",
    noIdHelp: "This link has no report id.",
    running: "Report in progress",
    runningHelp: "The table and charts will appear here automatically.",
    canceled: "Report canceled",
    canceledHelp: "It has no results. Run it again to use the same request and seed.",
    canceling: "Canceling report",
    failed: "Report failed",
    noRows: "No Pokémon match all the filters, so this report has no rows.",
    smallPopulation: (requested: number, total: number) =>
      `You requested a sample of ${number(requested)}, but only ${number(total)} Pokémon match. The report includes all of them.`,
    details: "Details",
    request: "Request",
    includeForms: { yes: "Including other forms", no: "Default forms only" },
    everything: "All Pokémon",
    sampleOf: (size: number) => `Sample of ${number(size)}`,
    seed: "Seed",
    checksum: "SHA-256",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "Couldn't copy",
    size: "Size",
    requested: "Requested",
    duration: "Duration",
    expires: "Expires",
    retryOf: "Re-run of",
    originalReport: "Original report",
    columnCount: (count: number) => plural(count, "column", "columns"),
    failures: (count: number) => `${number(count)} Pokémon missing`,
    failuresHelp: "Could not be fetched after all retries:",
    moreFailures: (count: number) => `and ${number(count)} more`,
    pokemon: "Pokémon",
    statistics: "Stat distribution",
    statistic: "Stat",
    distribution: "Distribution",
    lowest: "Min",
    median: "Median",
    highest: "Max",
    distributionOf: (
      name: string,
      minimum: string,
      lowerQuartile: string,
      median: string,
      upperQuartile: string,
      maximum: string,
    ) =>
      `${name}: ${minimum} to ${maximum}, median ${median}, middle half from ${lowerQuartile} to ${upperQuartile}`,
    typesChart: "Types",
    typesHelp: "Dual-type Pokémon count toward both types.",
    tableUnavailable: "Couldn't load the table",
    tableUnavailableHelp: "The CSV could not be read from storage. You can still download it.",
    tableLoading: "Loading the table…",
  },
  form,
  table,
  pokemon: pokemonMessages,
  compare,
  share,
  following,
  shortcuts,
  actions: {
    downloaded: (file: string, size: string) => `Saved ${file} (${size}), checksum verified`,
    wrongChecksum: (file: string) => `${file} arrived damaged (checksum mismatch); nothing was saved`,
    downloadedByBrowser: "Your browser is downloading it",
    notDownloaded: "Couldn't download the CSV.",
    canceled: (name: string) => `Canceled: ${name}`,
    canceling: (name: string) => `Canceling: ${name}`,
    notCanceled: (name: string) => `Couldn't cancel: ${name}.`,
    notRetried: (name: string) => `Couldn't run again: ${name}.`,
    deleted: (count: number) => `${plural(count, "report", "reports")} deleted`,
    partlyDeleted: (deleted: number, failed: number) =>
      `${plural(deleted, "report", "reports")} deleted; ${number(failed)} couldn't be deleted.`,
    notDeleted: (count: number) => `Couldn't delete ${plural(count, "report", "reports")}.`,
    confirmTitle: (count: number) =>
      count === 1 ? "Delete this report?" : `Delete ${number(count)} reports?`,
    confirmHelp: (count: number): string =>
      count === 1
        ? "Its CSV will be deleted too. You can undo this for 10 seconds."
        : "Their CSVs will be deleted too. You can undo this for 10 seconds.",
    /** `running` of the `count` reports have not ended. */
    confirmRunning: (running: number, count: number) => {
      if (count === 1) {
        return "It is still running and will be stopped.";
      }
      return running === 1
        ? "1 is still running and will be stopped."
        : `${number(running)} are still running and will be stopped.`;
    },
    confirm: (count: number) => `Delete ${plural(count, "report", "reports")}`,
    keep: "Keep",
    open: "Open",
    close: "Close",
    dismiss: "Dismiss",
    notifications: "Notifications",
  },
  errors: {
    offline: "You're offline. You're seeing the last data received; it resumes when you're back online.",
    unreachableBanner:
      "Can't reach the server. You're seeing the last data received; retrying every few seconds.",
    unreachable: "Can't reach the server",
    unreachableHelp: "Retrying every few seconds until it responds.",
    offlineTitle: "You're offline",
    offlineHelp: "This page needs a connection. It resumes when you're back online.",
    signIn: "Sign in to continue",
    signInHelp: "Your reports are private to your account.",
    tryAgain: "Try again",
    pageCrashed: "Something went wrong",
    pageCrashedHelp: "This is our error, and your reports are safe. Reload the page to continue.",
    reload: "Reload",
    partCrashed: "This part can't be shown",
    partCrashedHelp: "This is our error. The rest of the page still works.",
    pageNotFound: "Page not found",
    pageNotFoundHelp: "Check the address, or go to the list of reports.",
    unknown: "The server returned an error.",
    tryAgainIn: (time: string) => `Try again ${time}.`,
    /** By the API's problem type; its titles and details are in English only. */
    problems: {
      "dependency-unavailable": "A service we depend on is unavailable. Try again later.",
      "no-such-report": "The report no longer exists.",
      "no-such-link": "This link no longer works.",
      "already-ended": "It has already ended.",
      "still-open": "It is still running.",
      "not-published": "Its CSV isn't ready yet.",
      "invalid-request": "The request isn't valid.",
      "too-many-open-reports": "Too many reports are in progress. Wait for some of them to finish.",
      "too-many-reports-per-hour": "You've created as many reports as an hour allows.",
      "too-many-kept-reports": "You have as many reports as allowed. Delete those that you no longer need.",
      internal: "Something went wrong on the server.",
    } as Record<string, string>,
  },
};

export type Messages = typeof en;
