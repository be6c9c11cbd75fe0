import { describe, expect, it } from "vitest";
import { en } from "@/shared/i18n/en";
import { es } from "@/shared/i18n/es";
import { reportLike } from "@/testing/reports";
import { isOpen, isPublished, reportAddress, selectionOf } from "./report";

function named(request: object, total = 0): [string, string] {
  const report = reportLike({ progress: { total, done: 0, failed: 0 } });
  const selection = selectionOf({ ...report, request: { ...report.request, ...request } });
  return [en.report.name(selection), es.report.name(selection)];
}

describe("a report's name", () => {
  it("says how many of what", () => {
    expect(named({ sample_size: 12 })).toEqual(["12 electric Pokémon", "12 Pokémon de tipo eléctrico"]);
  });

  it("says how many there were, where fewer than asked for", () => {
    expect(named({ sample_size: 500, generation: "generation-i" }, 9)).toEqual([
      "9 electric Pokémon of generation I",
      "9 Pokémon de tipo eléctrico de la generación I",
    ]);
  });

  it("says all, and how many those are once it is known", () => {
    const all = { sample_size: null, type: null, include_forms: false };
    expect(named(all)).toEqual([
      "All Pokémon, default forms only",
      "Todos los Pokémon, solo formas por defecto",
    ]);
    expect(named(all, 1025)).toEqual([
      "All 1,025 Pokémon, default forms only",
      "Los 1.025 Pokémon, solo formas por defecto",
    ]);
  });
});

it("is open until it has ended, and published where there is a CSV", () => {
  const statuses = ["queued", "running", "canceling", "succeeded", "partial", "failed", "canceled"] as const;
  const reports = statuses.map((status) => reportLike({ status }));
  expect(reports.map(isOpen)).toEqual([true, true, true, false, false, false, false]);
  expect(reports.map(isPublished)).toEqual([false, false, false, true, true, false, false]);
});

it("has an address that the exported page answers", () => {
  expect(reportAddress("a b")).toBe("/report/?id=a%20b");
});
