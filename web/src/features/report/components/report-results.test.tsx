import { screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { buildReport } from "@/testing/build-report";
import { renderWithProviders } from "@/testing/render-with-providers";
import ReportResults from "./report-results";

vi.mock("@/shared/reports/api/fetch-csv", () => ({
  fetchCsv: () =>
    Promise.resolve({
      bytes: new TextEncoder().encode("id,name,types,hp\r\n25,pikachu,electric,35\r\n").buffer,
      fileName: "pokemon.csv",
    }),
}));
vi.mock("./statistics-chart", () => ({
  StatisticsChart: () => {
    throw new Error("broken");
  },
}));

const report = buildReport({
  result: {
    rows: 1,
    bytes: 50,
    sha256: "0".repeat(64),
    columns: [
      { name: "id", type: "integer" },
      { name: "name", type: "string" },
      { name: "types", type: "list" },
      { name: "hp", type: "integer" },
    ],
  },
});

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

it("a chart that fails leaves the rest of the page", async () => {
  renderWithProviders(<ReportResults name="some" report={report} />);
  expect(await screen.findByText("This part can't be shown")).toBeTruthy();
  expect(screen.getByRole("rowheader", { name: "Pikachu" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /^Electric ?1 ?Pokémon$/ })).toBeTruthy();
});
