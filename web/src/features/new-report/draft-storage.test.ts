import { afterEach, expect, it, vi } from "vitest";
import { INITIAL_DRAFT, type Draft } from "./draft";
import { storedDraft } from "./draft-storage";
import { storedPresets } from "./presets";

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

const DRAFT: Draft = {
  name: "My team",
  type: "fire",
  generation: "generation-i",
  includeForms: false,
  isSample: false,
  sampleSize: "7",
  seed: "x",
  columns: ["name", "id"],
};

it("reads the draft that was written, as the same object until it changes", () => {
  storedDraft.write(DRAFT);
  expect(storedDraft.read()).toEqual(DRAFT);
  expect(storedDraft.read()).toBe(storedDraft.read());
});

it.each(["", "nonsense", "[]", "7", "null", '{"columns": 1, "type": 2, "seed": null}'])(
  "reads the initial draft where %j is stored",
  (text) => {
    sessionStorage.setItem("new-report", text);
    expect(storedDraft.read()).toEqual(INITIAL_DRAFT);
  },
);

it("ignores what it does not know in a stored draft", () => {
  sessionStorage.setItem("new-report", JSON.stringify({ ...DRAFT, columns: ["mood", "id"], mood: 1 }));
  expect(storedDraft.read()).toEqual({ ...DRAFT, columns: ["id"] });
});

it("reads the presets that can be read", () => {
  const stored = [{ name: "Fire", choices: DRAFT }, { name: 1 }, null, { name: "Empty" }];
  localStorage.setItem("report-presets", JSON.stringify(stored));
  expect(storedPresets.read()).toEqual([
    { name: "Fire", choices: DRAFT },
    { name: "Empty", choices: INITIAL_DRAFT },
  ]);
  localStorage.setItem("report-presets", '{"a": 1}');
  expect(storedPresets.read()).toEqual([]);
});

it("keeps a value as long as the page if the browser stores nothing", () => {
  const setItem = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  storedDraft.write(DRAFT);
  expect(storedDraft.read()).toEqual(DRAFT);
  setItem.mockRestore();
  storedDraft.write(INITIAL_DRAFT);
  expect(storedDraft.read()).toEqual(INITIAL_DRAFT);
});
