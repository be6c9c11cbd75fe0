import { describe, expect, it } from "vitest";
import { en } from "@/shared/i18n/en";
import { es } from "@/shared/i18n/es";
import { buildReport } from "@/testing/build-report";
import { isOpen, isPublished, reportPath, selectionOf } from "./report";

function named(request: object, total = 0): [string, string] {
  const report = buildReport({ progress: { total, done: 0, failed: 0 } });
  const selection = selectionOf({ ...report, request: { ...report.request, ...request } });
  return [en.report.name(selection), es.report.name(selection)];
}

describe("a report's name", () => {
  it("has the sample size and the filters", () => {
    expect(named({ sample_size: 12 })).toEqual(["12 Electric-type Pokémon", "12 Pokémon de tipo eléctrico"]);
  });

  it("has the population where that is smaller than the sample size", () => {
    expect(named({ sample_size: 500, generation: "generation-i" }, 9)).toEqual([
      "9 Electric-type Pokémon from Generation I",
      "9 Pokémon de tipo eléctrico de la generación I",
    ]);
  });

  it("says all, with the population once it is known", () => {
    const all = { sample_size: null, type: null, include_forms: false };
    expect(named(all)).toEqual([
      "All Pokémon, default forms only",
      "Todos los Pokémon, sin formas alternativas",
    ]);
    expect(named(all, 1025)).toEqual([
      "All 1,025 Pokémon, default forms only",
      "Los 1.025 Pokémon, sin formas alternativas",
    ]);
  });
});

it("a report is open until it ends, and published if it has a CSV", () => {
  const statuses = ["queued", "running", "canceling", "succeeded", "partial", "failed", "canceled"] as const;
  const reports = statuses.map((status) => buildReport({ status }));
  expect(reports.map(isOpen)).toEqual([true, true, true, false, false, false, false]);
  expect(reports.map(isPublished)).toEqual([false, false, false, true, true, false, false]);
});

it("a report's path is one that the exported site serves", () => {
  expect(reportPath("a b")).toBe("/report/?id=a%20b");
});
