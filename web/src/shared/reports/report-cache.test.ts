import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { buildReport } from "@/testing/build-report";
import { summaryOf } from "./report";
import { removeReports, putReport, reportKeys, type Filters, type Pages } from "./report-cache";

const ALL: Filters = { status: null, type: null };

function clientWith(filters: Filters, ...pages: string[][]): QueryClient {
  const client = new QueryClient();
  const listed: Pages = {
    pageParams: [null],
    pages: pages.map((ids) => ({
      reports: ids.map((id) => summaryOf(buildReport({ id }))),
      next_cursor: null,
    })),
  };
  client.setQueryData(reportKeys.list(filters), listed);
  return client;
}

function idsOf(client: QueryClient, filters: Filters): string[][] | undefined {
  return client
    .getQueryData<Pages>(reportKeys.list(filters))
    ?.pages.map((page) => page.reports.map((report) => report.id));
}

describe("a report that the API returned", () => {
  it("is put first in the list", async () => {
    const client = clientWith(ALL, ["b"], ["a"]);
    await putReport(client, buildReport({ id: "c" }));
    expect(idsOf(client, ALL)).toEqual([["c", "b"], ["a"]]);
    expect(client.getQueryData(reportKeys.detail("c"))).toMatchObject({ id: "c" });
  });

  it("replaces itself where it is already listed", async () => {
    const client = clientWith(ALL, ["b"], ["a"]);
    await putReport(client, buildReport({ id: "a", status: "canceled" }));
    expect(idsOf(client, ALL)).toEqual([["b"], ["a"]]);
    const listed = client.getQueryData<Pages>(reportKeys.list(ALL))?.pages[1]?.reports[0];
    expect(listed?.status).toBe("canceled");
    expect(listed?.request.column_count).toBe(2);
  });

  it.each([
    [{ status: "failed", type: null }, []],
    [{ status: null, type: "fire" }, []],
    [{ status: "succeeded", type: "electric" }, ["c"]],
  ] satisfies [Filters, string[]][])(
    "is only put in the lists whose filters it matches: %j",
    async (filters, expected) => {
      const client = clientWith(filters, []);
      await putReport(client, buildReport({ id: "c" }));
      expect(idsOf(client, filters)).toEqual([expected]);
    },
  );
});

it("removes deleted reports from every list", async () => {
  const client = clientWith(ALL, ["c", "b"], ["a"]);
  client.setQueryData(reportKeys.detail("b"), buildReport({ id: "b" }));
  await removeReports(client, ["b", "a"]);
  expect(idsOf(client, ALL)).toEqual([["c"], []]);
  expect(client.getQueryData(reportKeys.detail("b"))).toBeUndefined();
});
