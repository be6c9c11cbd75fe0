import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Report } from "@/shared/api/types";
import { buildReport } from "@/testing/build-report";
import { mockApi } from "@/testing/mock-api";
import { renderWithProviders } from "@/testing/render-with-providers";
import { DeleteDialog } from "./delete-dialog";
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

HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

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

it("links to the new report after a retry", async () => {
  const report = buildReport();
  mockApi({ [`POST /api/reports/${report.id}/retry`]: { status: 202, body: buildReport({ id: "new" }) } });
  renderWithProviders(<Buttons report={report} />);
  await userEvent.click(screen.getByRole("button", { name: "retry" }));
  const link = await screen.findByRole("link", { name: "Open" });
  expect(link.getAttribute("href")).toMatch(/^\/report\/?\?id=new$/);
});

it("shows how many of several reports were deleted, and why the others were not", async () => {
  const reports = ["a", "b", "c"].map((id) => buildReport({ id }));
  mockApi({
    "DELETE /api/reports/a": { status: 204 },
    "DELETE /api/reports/b": problem("no-such-report", 404),
    "DELETE /api/reports/c": problem("dependency-unavailable", 503),
  });
  let deletedIds: string[] = [];
  renderWithProviders(
    <DeleteDialog
      reports={reports}
      onClose={(ids) => {
        deletedIds = ids;
      }}
    />,
  );
  await userEvent.click(screen.getByRole("button", { name: "Delete 3 reports" }));
  expect(
    await screen.findByText(/^2 reports deleted; 1 couldn't be deleted\. A service we depend on/),
  ).toBeTruthy();
  expect(deletedIds.sort()).toEqual(["a", "b"]);
});
