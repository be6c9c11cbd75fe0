import { describe, expect, it } from "vitest";
import { formatsFor } from "./format";

const { age, bytes, duration, inTime, number } = formatsFor("en");
const NOW = Date.parse("2026-11-24T12:00:00Z");

describe("age", () => {
  it.each([
    ["2026-11-24T11:59:30Z", "now"],
    ["2026-11-24T12:00:09Z", "now"],
    ["2026-11-24T11:58:01Z", "1 minute ago"],
    ["2026-11-24T09:00:00Z", "3 hours ago"],
    ["2026-11-23T11:00:00Z", "yesterday"],
  ])("formats %s as %s", (time, expected) => {
    expect(age(time, NOW)).toBe(expected);
  });
});

it("formats sizes in the unit that fits", () => {
  expect([0, 1, 999, 1000, 5879, 388_000, 2_500_000].map(bytes)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "5.9 kB",
    "388 kB",
    "2.5 MB",
  ]);
});

it("formats durations in seconds, then minutes", () => {
  expect([240, 12_400, 125_000].map(duration)).toEqual(["0.2 sec", "12 sec", "2 min 5 sec"]);
});

it("rounds the time until something up", () => {
  expect([5, 61, 705, 3600].map(inTime)).toEqual([
    "in 5 seconds",
    "in 2 minutes",
    "in 12 minutes",
    "in 1 hour",
  ]);
  expect(formatsFor("es").inTime(705)).toBe("dentro de 12 minutos");
});

it("groups digits in every language", () => {
  expect(number(1351)).toBe("1,351");
  expect(formatsFor("es").number(1351)).toBe("1.351");
});
