import { expect, it } from "vitest";
import type { ReportRequest } from "@/shared/api/types";
import { commandOf } from "./commands";

const SITE = "https://reports.example.org";
const REQUEST: ReportRequest = {
  type: "electric",
  generation: null,
  include_forms: false,
  sample_size: 5,
  seed: 7,
  columns: ["name", "hp"],
  name: "It's $HOME",
};

it("curl sends the same body", () => {
  expect(commandOf("curl", REQUEST, SITE)).toBe(
    [
      "curl https://reports.example.org/api/reports \\",
      "  --header 'Content-Type: application/json' \\",
      `  --data '{"type":"electric","generation":null,"include_forms":false,"sample_size":5,"seed":7,` +
        `"columns":["name","hp"],"name":"It'\\''s $HOME"}'`,
    ].join("\n"),
  );
});

it("poke has an option for each choice that is not the default", () => {
  expect(commandOf("poke", REQUEST, SITE)).toBe(
    `poke report --url ${SITE} --type electric --sample 5 --seed 7 --columns name,hp --name 'It'\\''s $HOME' --no-forms`,
  );
  const nothing = { type: null, generation: null, sample_size: null, seed: null, columns: null, name: null };
  expect(commandOf("poke", { ...nothing, include_forms: true }, SITE)).toBe(`poke report --url ${SITE}`);
});
