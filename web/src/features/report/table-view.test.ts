import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { INITIAL_VIEW, readView, writeView } from "./table-view";

const COLUMNS: Column[] = (["id", "types", "speed", "is_baby"] as const).map((name) => ({
  name,
  type: "string",
}));
const view = (query: string) => readView(new URLSearchParams(query), COLUMNS);
const written = (query: string, from = "") =>
  writeView(new URLSearchParams(from || query), view(query)).toString();

describe("the view in the URL", () => {
  it("reads what it has written, and keeps other parameters", () => {
    const query = "id=7&q=fire&type=bug&category=is_baby&speed=50-99&sort=-speed&size=100&page=3";
    expect(written(query)).toBe(query);
    expect(view(query)).toEqual({
      search: "fire",
      filters: {
        type: "bug",
        generation: null,
        category: "is_baby",
        ranges: { speed: { min: 50, max: 99 } },
      },
      order: { column: "speed", descending: true },
      pageSize: 100,
      page: 2,
    });
  });

  it("writes nothing for the initial view, and removes what is no longer set", () => {
    expect(written("id=7")).toBe("id=7");
    expect(writeView(new URLSearchParams("id=7&q=a&page=2&speed=1-"), INITIAL_VIEW).toString()).toBe("id=7");
  });

  it("reads ranges that are open at one end", () => {
    expect(view("speed=50-").filters.ranges).toEqual({ speed: { min: 50, max: null } });
    expect(view("speed=-50").filters.ranges).toEqual({ speed: { min: null, max: 50 } });
  });

  it.each([
    "page=0",
    "page=-1",
    "page=x",
    "page=1.5",
    "size=7",
    "sort=nothing",
    "sort=-",
    "speed=-",
    "speed=fast",
    "category=speed",
    "generation=generation-i",
    "hp=1-2",
  ])("ignores what makes no sense or is no column of the report: %s", (query) => {
    expect(view(query)).toEqual(INITIAL_VIEW);
  });
});
