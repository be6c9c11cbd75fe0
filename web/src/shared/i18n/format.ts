import { regionalTag, type Locale } from "./locale";
import { capitalize } from "./pokemon";

export interface Formats {
  number: (value: number) => string;
  bytes: (bytes: number) => string;
  /** "48%", rounded down. */
  percent: (share: number) => string;
  /** "3 minutes ago". */
  age: (time: string, now: number) => string;
  /** "in 3 minutes", rounded up. */
  inTime: (seconds: number) => string;
  dateTime: (time: string) => string;
  /** "14:05". */
  time: (time: string) => string;
  /** "Today", "Yesterday", "Monday 24 November". */
  day: (time: string, now: number) => string;
  /** "0.4 s", "2 min 5 s". */
  duration: (milliseconds: number) => string;
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
const AGES = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

const cache = new Map<Locale, Formats>();

export function formatsFor(locale: Locale): Formats {
  const formats = cache.get(locale) ?? createFormats(locale);
  cache.set(locale, formats);
  return formats;
}

function createFormats(locale: Locale): Formats {
  const number = new Intl.NumberFormat(locale, { useGrouping: "always" });
  const percents = new Intl.NumberFormat(locale, { style: "percent", roundingMode: "floor" });
  const ages = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const waits = new Intl.RelativeTimeFormat(locale);
  const region = regionalTag(locale, navigator.languages);
  const dates = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" });
  const times = new Intl.DateTimeFormat(region, { timeStyle: "short" });
  const days = new Intl.DateTimeFormat(region, { weekday: "long", day: "numeric", month: "long" });
  const inUnit = (value: number, unit: string, digits: number): string =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit,
      // The short style has no plural of "byte".
      unitDisplay: unit === "byte" ? "long" : "short",
      maximumFractionDigits: digits,
    }).format(value);

  return {
    number: (value) => number.format(value),
    percent: (share) => percents.format(share),
    bytes: (bytes) => {
      const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
      const unit = UNITS[power] ?? "byte";
      const value = bytes / 1000 ** power;
      return inUnit(value, unit, value < 10 && power > 0 ? 1 : 0);
    },
    age: (time, now) => {
      const seconds = Math.min(0, Math.round((Date.parse(time) - now) / 1000));
      const [unit, size] = AGES.find(([, size]) => -seconds >= size) ?? ["second", 1];
      // Under a minute is "now": a count of seconds would be distracting.
      return unit === "second" ? ages.format(0, "second") : ages.format(Math.trunc(seconds / size), unit);
    },
    inTime: (seconds) => {
      const [unit, size] = AGES.find(([, size]) => seconds >= size) ?? ["second", 1];
      return waits.format(Math.ceil(seconds / size), unit);
    },
    dateTime: (time) => dates.format(new Date(time)),
    time: (time) => times.format(new Date(time)),
    day: (time, now) => {
      const age = daysBetween(new Date(time), new Date(now));
      return capitalize(age <= 1 ? ages.format(-Math.max(age, 0), "day") : days.format(new Date(time)));
    },
    duration: (milliseconds) => {
      const seconds = milliseconds / 1000;
      if (seconds < 60) {
        return inUnit(seconds, "second", seconds < 10 ? 1 : 0);
      }
      const minutes = inUnit(Math.floor(seconds / 60), "minute", 0);
      return `${minutes} ${inUnit(Math.round(seconds % 60), "second", 0)}`;
    },
  };
}

/** The number of midnights between two times. Days with a change of the clock have 23 or 25 hours. */
function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / 86_400_000);
}

function startOfDay(time: Date): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
