import { expect, it } from "vitest";
import { uniqueName } from "./zip-csvs";

it("names in a ZIP file are unique", () => {
  const names = new Set<string>();
  const added = ["a.csv", "a.csv", "a-2.csv", "a.csv", "b.csv", "none", "none"].map((name) =>
    uniqueName(name, names),
  );
  expect(added).toEqual(["a.csv", "a-2.csv", "a-2-2.csv", "a-3.csv", "b.csv", "none", "none-2"]);
});
