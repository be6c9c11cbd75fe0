import { expect, it } from "vitest";
import { chooseLocale, regionalTag } from "./locale";

it.each([
  [null, ["es-MX", "en"], "es"],
  [null, ["fr-FR", "es"], "es"],
  [null, ["fr"], "en"],
  [null, [], "en"],
  ["es", ["en-GB"], "es"],
  ["en", ["es"], "en"],
  ["klingon", ["es"], "es"],
])("with a stored choice of %j and browser languages %j chooses %s", (stored, preferred, expected) => {
  expect(chooseLocale(stored, preferred)).toBe(expected);
});

it.each([
  ["en", ["fr-FR", "en-GB", "en"], "en-GB"],
  ["es", ["es-MX"], "es-MX"],
  ["es", ["en-GB"], "es"],
] as const)("formats dates in %s with browser languages %j as in %s", (locale, preferred, expected) => {
  expect(regionalTag(locale, preferred)).toBe(expected);
});
