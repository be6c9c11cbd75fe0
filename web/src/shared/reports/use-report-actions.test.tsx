import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Report } from "@/shared/api/types";
import { buildReport } from "@/testing/build-report";
import { mockApi } from "@/testing/mock-api";
import { renderWithProviders } from "@/testing/render-with-providers";
import { summaryOf } from "./report";
import { useReportActions } from "./use-report-actions";

function Buttons({ report }: { report: Report }) {
  const { cancel, retry } = useReportActions();
  return (
    <>
      <button aria-label="cancel" type="button" onClick={() => void cancel(report)} />
      <button aria-label="retry" type="button" onClick={() => void retry(report)} />
    </>
  );
}

function problem(kind: string, status: number) {
  return {
    status,
    body: { type: `urn:poke-queue:problem:${kind}`, title: "Title", status, detail: "The detail." },
  };
}

it("shows the outcome of a cancellation as the API returned it", async () => {
  const report = buildReport({ status: "running" });
  mockApi({
    [`POST /api/reports/${report.id}/cancel`]: [
      { status: 202, body: buildReport({ status: "canceling" }) },
      problem("already-ended", 409),
      "unreachable",
    ],
  });
  renderWithProviders(<Buttons report={report} />);
  const cancel = screen.getByRole("button", { name: "cancel" });
  await userEvent.click(cancel);
  expect(await screen.findByText("Canceling: 2 Electric-type Pokémon")).toBeTruthy();
  await userEvent.click(cancel);
  expect(
    await screen.findByText("Couldn't cancel: 2 Electric-type Pokémon. It has already ended."),
  ).toBeTruthy();
  expect(screen.getByText("The detail.").lang).toBe("en");
  await userEvent.click(cancel);
  expect(await screen.findByText(/^Couldn't cancel: .* Can't reach the server\.$/)).toBeTruthy();
});

it("shows a general message and the API's detail for an unknown problem type", async () => {
  const report = buildReport();
  mockApi({ [`POST /api/reports/${report.id}/retry`]: problem("a-new-problem", 400) });
  renderWithProviders(<Buttons report={report} />, "es");
  await userEvent.click(screen.getByRole("button", { name: "retry" }));
  expect(await screen.findByText(/El servidor ha devuelto un error\.$/)).toBeTruthy();
  expect(screen.getByText("The detail.").lang).toBe("en");
  expect(screen.queryByText("Title")).toBeNull();
});

it("shows the new report of a retry, and sends one key with every attempt", async () => {
  const report = buildReport();
  const progress = { total: 0, done: 0, failed: 0 };
  const created = buildReport({ id: "new", status: "queued", queue_position: 3, progress });
  const calls = mockApi({
    [`POST /api/reports/${report.id}/retry`]: [
      "unreachable",
      { status: 202, body: created },
      { status: 202, body: buildReport({ id: "newer", status: "queued" }) },
    ],
    "GET /api/reports?status=open&limit=100": { body: { reports: [summaryOf(created)], next_cursor: null } },
  });
  renderWithProviders(<Buttons report={report} />);
  const retry = screen.getByRole("button", { name: "retry" });
  await userEvent.click(retry);
  const link = await screen.findByRole("link", { name: "Open" });
  expect(link.getAttribute("href")).toMatch(/^\/report\/?\?id=new$/);
  expect(await screen.findByText("3rd in line")).toBeDefined();
  await userEvent.click(retry);
  await waitFor(() => {
    expect(screen.getAllByRole("link", { name: "Open" })).toHaveLength(2);
  });
  const keys = calls.flatMap(({ headers }) => headers.get("Idempotency-Key") ?? []);
  expect(keys).toHaveLength(3);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});
