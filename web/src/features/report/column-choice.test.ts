import { afterEach, describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { arrange, currentChoice, DEFAULT_CHOICE, moveColumn, setChoice, toggleColumn } from "./column-choice";

const columns = (...names: string[]): Column[] => names.map((name) => ({ name, type: "string" }));
const namesOf = (arranged: readonly Column[]) => arranged.map(({ name }) => name);

afterEach(() => {
  localStorage.clear();
});

describe("the choice of columns", () => {
  it("moves a column, and keeps the places of columns that another report has", () => {
    const choice = moveColumn({ hidden: [], order: ["x", "b"] }, columns("a", "b", "c"), "c", -1);
    expect(choice.order).toEqual(["a", "c", "b", "x"]);
    expect(namesOf(arrange(columns("a", "b", "c", "x"), choice))).toEqual(["a", "c", "b", "x"]);
    expect(namesOf(arrange(columns("new", "b", "a"), choice))).toEqual(["a", "b", "new"]);
    expect(namesOf(arrange(columns("b", "a"), DEFAULT_CHOICE))).toEqual(["b", "a"]);
  });

  it("hides and shows a column", () => {
    const hidden = toggleColumn(DEFAULT_CHOICE, "a");
    expect(hidden.hidden).toEqual(["a"]);
    expect(toggleColumn(hidden, "a").hidden).toEqual([]);
  });

  it("is stored, and read as the same object until it changes", () => {
    setChoice({ hidden: ["a"], order: [] });
    expect(currentChoice()).toEqual({ hidden: ["a"], order: [] });
    expect(currentChoice()).toBe(currentChoice());
  });

  it.each(["nonsense", "[]", '{"hidden": 1}', "null"])(
    "ignores a stored value that it cannot read: %s",
    (text) => {
      localStorage.setItem("report-columns", text);
      expect(currentChoice()).toEqual(DEFAULT_CHOICE);
    },
  );
});
