import { expect, it } from "vitest";
import { normalize } from "./normalize";

it("normalizes accents and punctuation", () => {
  expect(normalize(" Eléctrico,  Farfetch’d-Galar ")).toBe("electrico farfetchd galar");
});
