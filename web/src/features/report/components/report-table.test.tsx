import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Column } from "@/shared/api/names";
import { show } from "@/testing/show";
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

it("sorts by a column up, down, and as it came", async () => {
  show(<ReportTable name="some" table={rowsOf(3)} />);
  const header = screen.getByRole("columnheader", { name: "Id" });
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

it("goes back to the first page for a search, and says how many were found", async () => {
  show(<ReportTable name="some" table={rowsOf(60)} />);
  await userEvent.click(screen.getByRole("button", { name: "Next" }));
  expect(screen.getByText("2 of 3")).toBeTruthy();
  expect(firstNames()[0]).toBe("mon-25");
  await userEvent.type(screen.getByRole("searchbox"), "mon-1");
  expect(await screen.findByText("11 of 60 rows")).toBeTruthy();
  expect(firstNames()[0]).toBe("mon-1");
  await userEvent.type(screen.getByRole("searchbox"), "nothing");
  expect(await screen.findByText("No row has that text.")).toBeTruthy();
});

it("finds types by the words of the visitor's language", async () => {
  show(<ReportTable name="some" table={rowsOf(2)} />, "es");
  await userEvent.type(screen.getByRole("searchbox"), "FUEGO");
  expect(await screen.findByText("2 filas")).toBeTruthy();
});

it("does without a sprite whose host cannot be reached", () => {
  const { container } = show(<ReportTable name="some" table={rowsOf(1)} />);
  const sprite = screen.getByAltText("");
  expect(sprite.getAttribute("loading")).toBe("lazy");
  fireEvent.error(sprite);
  expect(container.querySelector("img")).toBeNull();
  expect(screen.getByText("M")).toBeTruthy();
});
