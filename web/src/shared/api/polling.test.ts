import { expect, it } from "vitest";
import { pollInterval } from "./polling";

it("asks less often as a report ages", () => {
  expect([0, 29_999, 30_000, 119_999, 120_000].map(pollInterval)).toEqual([
    1_000, 1_000, 2_000, 2_000, 5_000,
  ]);
  expect(pollInterval(-60_000)).toBe(1_000);
});
