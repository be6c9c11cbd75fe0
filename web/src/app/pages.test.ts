import { glob } from "node:fs/promises";
import { expect, it } from "vitest";
import { LOCALES } from "@/shared/i18n/locale";

const FILES = ["error.tsx", "layout.tsx"];

async function pagesIn(folder: string): Promise<string[]> {
  const pages = await Array.fromAsync(glob("**/page.tsx", { cwd: `src/app/${folder}` }));
  return pages.sort();
}

it.each(LOCALES.filter((locale) => locale !== "en"))("every page is exported in %s", async (locale) => {
  const english = await pagesIn("(en)");
  expect(english).toContain("report/page.tsx");
  expect(await pagesIn(`(${locale})`)).toEqual(english.map((page) => `${locale}/${page}`).sort());
  for (const file of FILES) {
    expect(await Array.fromAsync(glob(`src/app/(${locale})/${file}`))).toHaveLength(1);
  }
});
