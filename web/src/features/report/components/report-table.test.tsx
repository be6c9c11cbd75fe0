import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Column } from "@/shared/api/types";
import { readTable, type Table } from "@/shared/report-table/table";
import { saveFile } from "@/shared/reports/save-file";
import type { Locale } from "@/shared/i18n/locale";
import { renderWithProviders } from "@/testing/render-with-providers";
import { useTableRows } from "../use-table-rows";
import { useTableView } from "../use-table-view";
import { ReportTable } from "./report-table";

vi.mock("@/shared/reports/save-file");

const COLUMNS: Column[] = [
  { name: "id", type: "integer" },
  { name: "name", type: "string" },
  { name: "types", type: "list" },
  { name: "speed", type: "integer" },
  { name: "is_baby", type: "boolean" },
  { name: "sprite_url", type: "string" },
];

function rowsOf(count: number) {
  const lines = Array.from(
    { length: count },
    (_, index) => `${count - index},mon-${index},fire,${index},false,https://sprites.test/${index}.png`,
  );
  return readTable(["id,name,types,speed,is_baby,sprite_url", ...lines].join("\r\n"), COLUMNS);
}

function TableUnderTest({ table }: { table: Table }) {
  const [view, change] = useTableView(table);
  const rows = useTableRows(table, view);
  return (
    <ReportTable fileName="some.csv" name="some" rows={rows} table={table} view={view} onChange={change} />
  );
}

const renderTable = (count: number, language?: Locale) =>
  renderWithProviders(<TableUnderTest table={rowsOf(count)} />, language);
const names = () => screen.queryAllByRole("rowheader").map((cell) => /Mon \d+/.exec(cell.textContent)?.[0]);
const titles = () => screen.getAllByRole("columnheader").map((cell) => cell.textContent);
const press = async (name: string, index = 0) => {
  const button = screen.getAllByRole("button", { name })[index];
  await userEvent.click(button ?? document.body);
};

beforeEach(() => {
  window.history.replaceState(null, "", "/report/?id=1");
});

it("sorts by a column ascending, descending, and in the order of the CSV", async () => {
  renderTable(3);
  const header = screen.getByRole("columnheader", { name: "No." });
  const button = within(header).getByRole("button");
  expect(names()).toEqual(["Mon 0", "Mon 1", "Mon 2"]);
  await userEvent.click(button);
  expect(header.getAttribute("aria-sort")).toBe("ascending");
  expect(names()).toEqual(["Mon 2", "Mon 1", "Mon 0"]);
  await userEvent.click(button);
  expect(header.getAttribute("aria-sort")).toBe("descending");
  expect(names()).toEqual(["Mon 0", "Mon 1", "Mon 2"]);
  await userEvent.click(button);
  expect(header.getAttribute("aria-sort")).toBe("none");
});

it("has pagers above and below that keep the focus", async () => {
  renderTable(60);
  expect(screen.getAllByText("1–25 of 60")).toHaveLength(2);
  await press("Last page");
  expect(screen.getAllByText("51–60 of 60")).toHaveLength(2);
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Last page");
  await press("Next page");
  await press("Previous page", 1);
  expect(names()[0]).toBe("Mon 25");
  await userEvent.selectOptions(screen.getByLabelText("Rows per page"), "100");
  expect(names()).toHaveLength(60);
  expect(screen.getAllByRole("navigation")).toHaveLength(1);
});

it("a search returns to the first page and shows the number of matches", async () => {
  renderTable(60);
  await press("Next page");
  await userEvent.type(screen.getByRole("searchbox"), "mon-1");
  // Also mon-10 to mon-19, and number 1.
  expect(await screen.findByText("12 of 60 rows")).toBeTruthy();
  expect(names()[0]).toBe("Mon 1");
  await userEvent.type(screen.getByRole("searchbox"), "nothing");
  expect(await screen.findByText("No matching rows")).toBeTruthy();
  await press("Clear search and filters");
  expect(names()).toHaveLength(25);
});

it("finds types by their localized names", async () => {
  renderTable(2, "es");
  await userEvent.type(screen.getByRole("searchbox"), "FUEGO");
  expect(await screen.findByText("2 filas")).toBeTruthy();
});

it("hides and moves columns, in this browser's next report too", async () => {
  const { unmount } = renderTable(1);
  expect(titles()).toEqual(["No.", "Name", "Types", "Speed", "Baby"]);
  await press("Columns");
  await userEvent.click(await screen.findByRole("checkbox", { name: "Types" }));
  await press("Move Speed up");
  await press("Move Speed up");
  expect(titles()).toEqual(["No.", "Speed", "Name", "Baby"]);
  expect(screen.getByText(/4 of 5 columns/)).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Name" }).disabled).toBe(true);
  unmount();
  renderTable(1);
  expect(titles()).toEqual(["No.", "Speed", "Name", "Baby"]);
  await press("Columns");
  await userEvent.click(await screen.findByRole("button", { name: "Reset" }));
  expect(titles()).toEqual(["No.", "Name", "Types", "Speed", "Baby"]);
});

it("filters by ranges, says when a range is empty, and removes filters", async () => {
  renderTable(60);
  await press("Filters");
  await userEvent.type(await screen.findByLabelText("Minimum Speed"), "50");
  expect(await screen.findByText("10 of 60 rows")).toBeTruthy();
  await userEvent.type(screen.getByLabelText("Maximum Speed"), "5");
  expect(screen.getByText("The minimum is above the maximum.").role).toBe("alert");
  await userEvent.type(screen.getByLabelText("Maximum Speed"), "1");
  expect(await screen.findByText("2 of 60 rows")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Filters (1)" })).toBeTruthy();
  await press("Remove filter: Speed 50–51");
  expect(await screen.findByText("60 rows")).toBeTruthy();
});

it("saves the rows that the search and the filters leave", async () => {
  renderTable(60);
  await userEvent.type(screen.getByRole("searchbox"), "mon-7");
  await screen.findByText("2 of 60 rows");
  await press("Download these rows");
  const [content, name] = vi.mocked(saveFile).mock.calls[0] ?? [];
  expect(name).toBe("some-2-rows.csv");
  expect(new TextDecoder().decode(content)).toBe(
    "id,name,types,speed,is_baby,sprite_url\r\n53,mon-7,fire,7,false,https://sprites.test/7.png\r\n" +
      "7,mon-53,fire,53,false,https://sprites.test/53.png\r\n",
  );
});

it("writes the view to the URL and reads it from there", async () => {
  const { unmount } = renderTable(60);
  await userEvent.click(screen.getByRole("button", { name: "Speed" }));
  await press("Next page");
  await vi.waitFor(() => {
    expect(window.location.search).toBe("?id=1&sort=speed&page=2");
  });
  unmount();
  renderTable(60);
  expect(names()[0]).toBe("Mon 25");
});

it("prints every row", () => {
  renderTable(60);
  act(() => {
    window.dispatchEvent(new Event("beforeprint"));
  });
  expect(names()).toHaveLength(60);
  act(() => {
    window.dispatchEvent(new Event("afterprint"));
  });
  expect(names()).toHaveLength(25);
});

it("replaces a sprite that fails to load with the initial", () => {
  const { container } = renderTable(1);
  const sprite = screen.getByAltText("");
  expect(sprite.getAttribute("loading")).toBe("lazy");
  fireEvent.error(sprite);
  expect(container.querySelector("img")).toBeNull();
  expect(screen.getByText("M")).toBeTruthy();
});
