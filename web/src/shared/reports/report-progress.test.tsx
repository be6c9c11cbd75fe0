import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { buildReport } from "@/testing/build-report";
import { renderWithProviders } from "@/testing/render-with-providers";
import { ReportProgress } from "./report-progress";

const unplanned = { total: 0, done: 0, failed: 0 };

it.each([
  ["Waiting to start…", { status: "queued", progress: unplanned }],
  ["Next in line", { status: "queued", progress: unplanned, queue_position: 1 }],
  [
    "3rd in line, about 40 sec left",
    { status: "queued", progress: unplanned, queue_position: 3, estimated_seconds_left: 40 },
  ],
  ["22nd in line", { status: "queued", progress: unplanned, queue_position: 22 }],
  ["111th in line", { status: "queued", progress: unplanned, queue_position: 111 }],
  ["Selecting Pokémon…", { status: "running", progress: unplanned }],
  [
    "50 of 150, about 2 min 5 sec left",
    { status: "running", progress: { total: 150, done: 50, failed: 0 }, estimated_seconds_left: 125 },
  ],
] as const)("shows %s", (text, changes) => {
  renderWithProviders(<ReportProgress report={buildReport(changes)} />);
  expect(screen.getByText(text)).toBeDefined();
  expect(screen.getByRole("progressbar").getAttribute("aria-valuetext")).toBe(text);
});
