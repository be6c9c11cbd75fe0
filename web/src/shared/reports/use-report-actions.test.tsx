import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Report } from "@/shared/api/names";
import { reportLike } from "@/testing/reports";
import { serve } from "@/testing/api";
import { show } from "@/testing/show";
import { DeleteDialog } from "./delete-dialog";
import { useReportActions } from "./use-report-actions";

function Buttons({ report }: { report: Report }) {
  const { cancel, again } = useReportActions();
  return (
    <>
      <button aria-label="cancel" type="button" onClick={() => void cancel(report)} />
      <button aria-label="again" type="button" onClick={() => void again(report)} />
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

it("says what the server made of a cancellation, not what was hoped for", async () => {
  const report = reportLike({ status: "running" });
  serve({
    [`POST /api/reports/${report.id}/cancel`]: [
      { status: 202, body: reportLike({ status: "canceling" }) },
      problem("already-ended", 409),
      "unreachable",
    ],
  });
  show(<Buttons report={report} />);
  const cancel = screen.getByRole("button", { name: "cancel" });
  await userEvent.click(cancel);
  expect(await screen.findByText("Being canceled: 2 electric Pokémon.")).toBeTruthy();
  await userEvent.click(cancel);
  expect(await screen.findByText("Not canceled: 2 electric Pokémon. It has ended already.")).toBeTruthy();
  expect(screen.getByText("The detail.").lang).toBe("en");
  await userEvent.click(cancel);
  expect(await screen.findByText(/^Not canceled: .* The server cannot be reached\.$/)).toBeTruthy();
});

it("leads to the report that is made again", async () => {
  const report = reportLike();
  serve({ [`POST /api/reports/${report.id}/retry`]: { status: 202, body: reportLike({ id: "new" }) } });
  show(<Buttons report={report} />);
  await userEvent.click(screen.getByRole("button", { name: "again" }));
  const link = await screen.findByRole("link", { name: "Open" });
  expect(link.getAttribute("href")).toMatch(/^\/report\/?\?id=new$/);
});

it("tells how many of several reports are gone, and why the others are not", async () => {
  const reports = ["a", "b", "c"].map((id) => reportLike({ id }));
  serve({
    "DELETE /api/reports/a": { status: 204 },
    "DELETE /api/reports/b": problem("no-such-report", 404),
    "DELETE /api/reports/c": problem("dependency-unavailable", 503),
  });
  let gone: string[] = [];
  show(
    <DeleteDialog
      reports={reports}
      onClose={(ids) => {
        gone = ids;
      }}
    />,
  );
  await userEvent.click(screen.getByRole("button", { name: "Delete 3 reports" }));
  expect(
    await screen.findByText(/^2 reports are gone; 1 could not be deleted\. Something that the server needs/),
  ).toBeTruthy();
  expect(gone.sort()).toEqual(["a", "b"]);
});
