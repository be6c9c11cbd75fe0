import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Column } from "@/shared/api/types";
import { readTable, type Table } from "@/shared/report-table/table";
import { renderWithProviders } from "@/testing/render-with-providers";
import { useOpenedPokemon } from "../use-opened-pokemon";
import PokemonDialog from "./pokemon-dialog";

const COLUMNS: Column[] = [
  { name: "id", type: "integer" },
  { name: "name", type: "string" },
  { name: "species", type: "string" },
  { name: "types", type: "list" },
  { name: "hp", type: "integer" },
  { name: "attack", type: "integer" },
  { name: "speed", type: "integer" },
  { name: "abilities", type: "list" },
  { name: "weak_to", type: "list" },
  { name: "immune_to", type: "list" },
  { name: "is_default", type: "boolean" },
  { name: "evolves_from", type: "string" },
];
const table = readTable(
  [
    COLUMNS.map(({ name }) => name).join(","),
    "172,pichu,pichu,electric,20,40,60,static,ground,,true,",
    "25,pikachu,pikachu,electric,35,55,90,static,ground,,true,pichu",
    "26,raichu,raichu,electric,60,90,110,static,ground,,true,pikachu",
    "10100,raichu-alola,raichu,electric|psychic,60,85,110,surge-surfer,ground|dark,,false,pikachu",
    "10250,gastly,gastly,ghost|poison,30,35,80,levitate,dark,normal,true,missingno",
  ].join("\r\n"),
  COLUMNS,
);

function DialogUnderTest({ table }: { table: Table }) {
  const opened = useOpenedPokemon(table);
  return opened.rows.length > 0 && <PokemonDialog opened={opened} table={table} />;
}

function renderDialog(pokemon: string, content = table) {
  window.history.replaceState(null, "", `/report/?id=1&pokemon=${pokemon}`);
  renderWithProviders(<DialogUnderTest table={content} />);
}

const dialog = () => screen.getByRole("dialog");
const row = (name: string) => screen.getByRole("row", { name });

beforeEach(() => {
  window.history.replaceState(null, "", "/report/?id=1");
});

it("shows a Pokémon beside the report's medians, with its match-ups", async () => {
  renderDialog("raichu-alola");
  expect(await screen.findByRole("dialog", { name: "Alolan Raichu" })).toBeTruthy();
  expect(row("HP 60 35")).toBeTruthy();
  expect(row("Speed 110 90")).toBeTruthy();
  expect(row("Dark Weak")).toBeTruthy();
  expect(row("Normal Neutral")).toBeTruthy();
  expect(within(dialog()).getByText("Surge Surfer")).toBeTruthy();
});

it("opens what it evolves from, if the report has it", async () => {
  renderDialog("raichu-alola");
  await userEvent.click(await screen.findByRole("button", { name: "Pikachu" }));
  expect(await screen.findByRole("dialog", { name: "Pikachu" })).toBeTruthy();
  expect(window.location.search).toBe("?id=1&pokemon=pikachu");
});

it("names what it evolves from, if the report does not have it", async () => {
  renderDialog("gastly");
  expect(await screen.findByText("Missingno")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Missingno" })).toBeNull();
});

it("compares up to four, and explains a name that it does not have", async () => {
  renderDialog("pichu");
  const field = await screen.findByLabelText("Compare with");
  await userEvent.type(field, "Agumon{Enter}");
  expect(screen.getByText(/no Pokémon named “Agumon”/)).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.type(field, "pichu{Enter}");
  expect(screen.getByText("Pichu is already shown.")).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.type(field, "alolan raichu{Enter}");
  expect(await screen.findByRole("dialog", { name: "Compare 2 Pokémon" })).toBeTruthy();
  expect(row("Attack 40 85 55")).toBeTruthy();
  await userEvent.type(field, "Pikachu{Enter}");
  await userEvent.type(field, "Gastly{Enter}");
  expect(await screen.findByText("You can compare up to four Pokémon.")).toBeTruthy();
  expect(new URLSearchParams(window.location.search).get("pokemon")).toBe(
    "pichu,raichu-alola,pikachu,gastly",
  );
  await userEvent.click(screen.getByRole("button", { name: "Remove Pichu" }));
  expect(await screen.findByRole("dialog", { name: "Compare 3 Pokémon" })).toBeTruthy();
});

it("closes, and ignores Pokémon that the report does not have", async () => {
  renderDialog("agumon,pichu,pichu");
  expect(await screen.findByRole("dialog", { name: "Pichu" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(window.location.search).toBe("?id=1");
});

it("says so if the report has none of the columns", async () => {
  const columns: Column[] = [{ name: "name", type: "string" }];
  renderDialog("mew", readTable("name\r\nmew\r\n", columns));
  expect(await screen.findByText(/no columns for stats/)).toBeTruthy();
  await vi.waitFor(() => {
    expect(screen.queryByLabelText("Compare with")).toBeNull();
  });
});
