import { expect, it } from "vitest";
import { localeOfPath, localPath, regionalTag } from "./locale";

it.each([
  ["/", "es", "/es/"],
  ["/report/?id=1#table-title", "es", "/es/report/?id=1#table-title"],
  ["/es/report/?id=1", "es", "/es/report/?id=1"],
  ["/es/report/?id=1", "en", "/report/?id=1"],
  ["/es/", "en", "/"],
  ["/es", "en", "/"],
  ["/es?status=open", "en", "/?status=open"],
  ["/estimates/", "es", "/es/estimates/"],
  ["/estimates/", "en", "/estimates/"],
  ["?a=1", "es", "?a=1"],
  ["#content", "es", "#content"],
] as const)("%s in %s is %s", (path, locale, expected) => {
  expect(localPath(path, locale)).toBe(expected);
});

it.each([
  ["/", "en"],
  ["/estimates/", "en"],
  ["/es", "es"],
  ["/es/report/", "es"],
])("the language of %s is %s", (path, expected) => {
  expect(localeOfPath(path)).toBe(expected);
});

it.each([
  ["en", ["fr-FR", "en-GB", "en"], "en-GB"],
  ["es", ["es-MX"], "es-MX"],
  ["es", ["en-GB"], "es"],
] as const)("formats dates in %s with browser languages %j as in %s", (locale, preferred, expected) => {
  expect(regionalTag(locale, preferred)).toBe(expected);
});
