import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { renderWithProviders } from "@/testing/render-with-providers";
import { readTable } from "../table";
import { ReportTable } from "./report-table";

const COLUMNS: Column[] = [
  { name: "id", type: "integer" },
  { name: "name", type: "string" },
  { name: "types", type: "list" },
  { name: "is_baby", type: "boolean" },
  { name: "sprite_url", type: "string" },
];

function rowsOf(count: number) {
  const lines = Array.from(
    { length: count },
    (_, index) => `${count - index},mon-${index},fire,false,https://sprites.test/${index}.png`,
  );
  return readTable(["id,name,types,is_baby,sprite_url", ...lines].join("\r\n"), COLUMNS);
}

const firstNames = () =>
  screen
    .getAllByRole("rowheader")
    .slice(0, 2)
    .map((cell) => /mon-\d+/.exec(cell.textContent)?.[0]);

it("sorts by a column ascending, descending, and in the order of the CSV", async () => {
  renderWithProviders(<ReportTable name="some" table={rowsOf(3)} />);
  const header = screen.getByRole("columnheader", { name: "No." });
  const button = within(header).getByRole("button");
  expect(firstNames()).toEqual(["mon-0", "mon-1"]);
  await userEvent.click(button);
  expect(header.getAttribute("aria-sort")).toBe("ascending");
  expect(firstNames()).toEqual(["mon-2", "mon-1"]);
  await userEvent.click(button);
  expect(header.getAttribute("aria-sort")).toBe("descending");
  expect(firstNames()).toEqual(["mon-0", "mon-1"]);
  await userEvent.click(button);
  expect(header.getAttribute("aria-sort")).toBe("none");
});

it("a search returns to the first page and shows the number of matches", async () => {
  renderWithProviders(<ReportTable name="some" table={rowsOf(60)} />);
  await userEvent.click(screen.getByRole("button", { name: "Next page" }));
  expect(screen.getByText("Page 2 of 3")).toBeTruthy();
  expect(firstNames()[0]).toBe("mon-25");
  await userEvent.type(screen.getByRole("searchbox"), "mon-1");
  expect(await screen.findByText("11 of 60 rows")).toBeTruthy();
  expect(firstNames()[0]).toBe("mon-1");
  await userEvent.type(screen.getByRole("searchbox"), "nothing");
  expect(await screen.findByText("No matching rows")).toBeTruthy();
});

it("finds types by their localized names", async () => {
  renderWithProviders(<ReportTable name="some" table={rowsOf(2)} />, "es");
  await userEvent.type(screen.getByRole("searchbox"), "FUEGO");
  expect(await screen.findByText("2 filas")).toBeTruthy();
});

it("replaces a sprite that fails to load with the initial", () => {
  const { container } = renderWithProviders(<ReportTable name="some" table={rowsOf(1)} />);
  const sprite = screen.getByAltText("");
  expect(sprite.getAttribute("loading")).toBe("lazy");
  fireEvent.error(sprite);
  expect(container.querySelector("img")).toBeNull();
  expect(screen.getByText("M")).toBeTruthy();
});
