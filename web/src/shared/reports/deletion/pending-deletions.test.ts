import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forget, hold, pendingIds, release, takeOver } from "./pending-deletions";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  localStorage.clear();
});

it("a deletion is left alone while a page looks after it, and then completed by one page", () => {
  hold(["a", "b"]);
  expect(takeOver()).toEqual([]);
  vi.advanceTimersByTime(60_000);
  hold(["b"]);
  vi.advanceTimersByTime(60_000);
  expect(takeOver()).toEqual(["a"]);
  expect(takeOver()).toEqual([]);
  expect(pendingIds()).toEqual(["a", "b"]);
});

it("a page that is left releases its deletions at once", () => {
  hold(["a"]);
  release(["a"]);
  expect(takeOver()).toEqual(["a"]);
  forget(["a"]);
  expect(pendingIds()).toEqual([]);
  expect(localStorage.length).toBe(0);
});

it("deletions work without storage", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  hold(["a", "b"]);
  forget(["b"]);
  expect(pendingIds()).toEqual(["a"]);
  vi.restoreAllMocks();
  forget(["a"]);
  expect(pendingIds()).toEqual([]);
});
