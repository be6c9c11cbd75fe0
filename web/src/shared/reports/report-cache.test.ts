import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { reportLike } from "@/testing/reports";
import { dropReports, listedReport, putReport, reportKeys, type Filters, type Pages } from "./cache";

const ALL: Filters = { status: null, type: null };

function clientWith(filters: Filters, ...pages: string[][]): QueryClient {
  const client = new QueryClient();
  const listed: Pages = {
    pageParams: [null],
    pages: pages.map((ids) => ({ reports: ids.map((id) => reportLike({ id })), next_cursor: null })),
  };
  client.setQueryData(reportKeys.list(filters), listed);
  return client;
}

function idsOf(client: QueryClient, filters: Filters): string[][] | undefined {
  return client
    .getQueryData<Pages>(reportKeys.list(filters))
    ?.pages.map((page) => page.reports.map((report) => report.id));
}

describe("a report that the server answered", () => {
  it("comes first in the list, at once", async () => {
    const client = clientWith(ALL, ["b"], ["a"]);
    await putReport(client, reportLike({ id: "c" }));
    expect(idsOf(client, ALL)).toEqual([["c", "b"], ["a"]]);
    expect(client.getQueryData(reportKeys.one("c"))).toMatchObject({ id: "c" });
  });

  it("takes its own place where it is listed already", async () => {
    const client = clientWith(ALL, ["b"], ["a"]);
    await putReport(client, reportLike({ id: "a", status: "canceled" }));
    expect(idsOf(client, ALL)).toEqual([["b"], ["a"]]);
    expect(listedReport(client, "a")?.status).toBe("canceled");
  });

  it.each([
    [{ status: "failed", type: null }, []],
    [{ status: null, type: "fire" }, []],
    [{ status: "succeeded", type: "electric" }, ["c"]],
  ] satisfies [Filters, string[]][])("is only in the lists it belongs to: %j", async (filters, expected) => {
    const client = clientWith(filters, []);
    await putReport(client, reportLike({ id: "c" }));
    expect(idsOf(client, filters)).toEqual([expected]);
  });
});

it("takes reports that are gone off every list", async () => {
  const client = clientWith(ALL, ["c", "b"], ["a"]);
  client.setQueryData(reportKeys.one("b"), reportLike({ id: "b" }));
  await dropReports(client, ["b", "a"]);
  expect(idsOf(client, ALL)).toEqual([["c"], []]);
  expect(client.getQueryData(reportKeys.one("b"))).toBeUndefined();
});
