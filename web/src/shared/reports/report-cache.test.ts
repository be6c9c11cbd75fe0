import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import type { Report } from "@/shared/api/types";
import { buildReport } from "@/testing/build-report";
import { summaryOf } from "./report";
import {
  mergeLatest,
  mergeOpen,
  putReport,
  removeReports,
  reportKeys,
  type ReportList,
} from "./report-cache";

const summary = (id: string, changes: Partial<Report> = {}) => summaryOf(buildReport({ id, ...changes }));

/** A client with a list of reports, which are newest first in the order of their ids. */
function clientWith(...reports: (string | ReturnType<typeof summary>)[]): QueryClient {
  const client = new QueryClient();
  const list = reports.map((report) => (typeof report === "string" ? summary(report) : report));
  client.setQueryData<ReportList>(reportKeys.list, { reports: list, isComplete: true });
  return client;
}

function listIn(client: QueryClient) {
  return client.getQueryData<ReportList>(reportKeys.list)?.reports ?? [];
}

function idsIn(client: QueryClient): string {
  return listIn(client)
    .map(({ id }) => id)
    .join("");
}

describe("a report that the API returned", () => {
  it("takes its place in the list", async () => {
    const client = clientWith("b", "d");
    await putReport(client, buildReport({ id: "a" }));
    await putReport(client, buildReport({ id: "c" }));
    expect(idsIn(client)).toBe("abcd");
    expect(client.getQueryData(reportKeys.detail("c"))).toMatchObject({ id: "c" });
  });

  it("replaces itself where it is already listed", async () => {
    const client = clientWith("a", "b");
    await putReport(client, buildReport({ id: "b", status: "canceled" }));
    expect(idsIn(client)).toBe("ab");
    expect(listIn(client)[1]?.status).toBe("canceled");
    expect(listIn(client)[1]?.request.column_count).toBe(2);
  });

  it("is not undone by a response that was read before", async () => {
    const client = clientWith("b");
    let respond: (list: ReportList) => void = () => undefined;
    const loading = client
      .query({
        queryKey: reportKeys.list,
        queryFn: () => new Promise<ReportList>((resolve) => (respond = resolve)),
      })
      .catch(() => undefined);
    await putReport(client, buildReport({ id: "a" }));
    respond({ reports: [summary("b")], isComplete: true });
    await loading;
    expect(idsIn(client)).toBe("ab");
  });
});

it("removes deleted reports", async () => {
  const client = clientWith("a", "b", "c");
  client.setQueryData(reportKeys.detail("b"), buildReport({ id: "b" }));
  await removeReports(client, ["b", "c"]);
  expect(idsIn(client)).toBe("a");
  expect(client.getQueryData(reportKeys.detail("b"))).toBeUndefined();
});

describe("a page of the latest reports", () => {
  it("adds those made elsewhere, and removes those deleted in its range", () => {
    const client = clientWith("b", "c", "d", "f");
    mergeLatest(client, { reports: [summary("a"), summary("b"), summary("d")], next_cursor: "d" });
    expect(idsIn(client)).toBe("abdf");
    mergeLatest(client, { reports: [summary("a")], next_cursor: null });
    expect(idsIn(client)).toBe("a");
  });

  it("that says nothing new changes nothing", () => {
    const client = clientWith("a", "b");
    const before = listIn(client);
    mergeLatest(client, { reports: [summary("a")], next_cursor: "a" });
    expect(listIn(client)).toBe(before);
  });
});

describe("a page of the open reports", () => {
  const running = (id: string) => summary(id, { status: "running" });

  it("updates and adds reports, and says which are no longer open", () => {
    const client = clientWith(running("b"), running("c"), "d");
    const progress = { total: 9, done: 3, failed: 0 };
    const page = {
      reports: [running("a"), summary("b", { status: "running", progress })],
      next_cursor: null,
    };
    expect(mergeOpen(client, page)).toEqual(["c"]);
    expect(idsIn(client)).toBe("abcd");
    expect(listIn(client)[1]?.progress).toEqual(progress);
  });

  it("says so of a report that only its own page has loaded", () => {
    const client = new QueryClient();
    client.setQueryData(reportKeys.detail("b"), buildReport({ id: "b", status: "running" }));
    client.setQueryData(reportKeys.detail("c"), buildReport({ id: "c", status: "succeeded" }));
    expect(mergeOpen(client, { reports: [running("a")], next_cursor: null })).toEqual(["b"]);
  });

  it("says nothing about reports that are older than its last one, if another page follows", () => {
    const client = clientWith(running("a"), running("b"), running("c"));
    expect(mergeOpen(client, { reports: [running("b")], next_cursor: "b" })).toEqual(["a"]);
  });
});
