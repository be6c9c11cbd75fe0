import { expect, it } from "vitest";
import { chooseLocale } from "./locale";

it.each([
  [null, ["es-MX", "en"], "es"],
  [null, ["fr-FR", "es"], "es"],
  [null, ["fr"], "en"],
  [null, [], "en"],
  ["es", ["en-GB"], "es"],
  ["en", ["es"], "en"],
  ["klingon", ["es"], "es"],
])("gives whoever chose %j and reads %j %s", (stored, preferred, expected) => {
  expect(chooseLocale(stored, preferred)).toBe(expected);
});
