import { describe, expect, it } from "vitest";
import type { ReportSummary } from "@/shared/api/types";
import { summaryOf } from "@/shared/reports/report";
import { buildReport } from "@/testing/build-report";
import { EVERYTHING, filterReports, readView, writeView } from "./list-view";

const TYPES = ["electric", "fire"];

describe("the view in the URL", () => {
  it("is read as it was written, beside other parameters", () => {
    const view = { status: "failed", type: "fire", search: "my team" } as const;
    const query = writeView(new URLSearchParams("from=x&type=electric"), view);
    expect(query.toString()).toBe("from=x&type=fire&status=failed&q=my+team");
    expect(readView(query, TYPES)).toEqual(view);
    expect(writeView(query, EVERYTHING).toString()).toBe("from=x");
  });

  it("ignores what does not exist", () => {
    expect(readView(new URLSearchParams("status=broken&type=plastic"), TYPES)).toEqual(EVERYTHING);
  });
});

describe("the search", () => {
  const texts: Record<string, string> = {
    a: "12 Electric-type Pokémon seed 7",
    b: "Équipe de fin d'année 70",
    c: "All 1,351 Pokémon 1351",
  };
  const reports: ReportSummary[] = Object.keys(texts).map((id) => summaryOf(buildReport({ id })));
  const find = (search: string) =>
    filterReports(reports, { ...EVERYTHING, search }, ({ id }) => texts[id] ?? "").map(({ id }) => id);

  it.each([
    ["", ["a", "b", "c"]],
    ["elec", ["a"]],
    ["pokemon ALL", ["c"]],
    ["equipe annee", ["b"]],
    ["d'année", ["b"]],
    ["7", ["a"]],
    ["1351", ["c"]],
    ["1,351", ["c"]],
    ["lectric", []],
  ])("for %j finds %j", (search, expected) => {
    expect(find(search)).toEqual(expected);
  });
});

it("the filters apply together", () => {
  const reports = [
    buildReport({ id: "a" }),
    buildReport({ id: "b", status: "failed" }),
    buildReport({ id: "c", status: "failed", request: { ...buildReport().request, type: "fire" } }),
  ].map(summaryOf);
  const found = filterReports(reports, { status: "failed", type: "fire", search: "" }, () => "");
  expect(found.map(({ id }) => id)).toEqual(["c"]);
});
