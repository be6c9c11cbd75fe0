import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { FocusKeeper, LAYER } from "./focus-keeper";

afterEach(cleanup);

interface PageProps {
  items: readonly string[];
  layer?: boolean;
}

function Page({ items, layer = false }: PageProps) {
  return (
    <main>
      <FocusKeeper />
      <section aria-label="list">
        <ol>
          {items.map((item) => (
            <li key={item}>
              <input aria-label={`select ${item}`} type="checkbox" />
              <h3>
                <a href={`/${item}`}>{item}</a>
              </h3>
              <button type="button">{`delete ${item}`}</button>
            </li>
          ))}
        </ol>
      </section>
      {layer && (
        <div {...{ [LAYER]: "" }}>
          <button aria-label="confirm" type="button" />
        </div>
      )}
    </main>
  );
}

async function focusAndChange(name: string, before: PageProps, after: PageProps): Promise<Element | null> {
  const { rerender } = render(<Page {...before} />);
  screen.getByRole("button", { name }).focus();
  // The observer's callback is a microtask.
  // eslint-disable-next-line @typescript-eslint/require-await
  await act(async () => {
    rerender(<Page {...after} />);
  });
  return document.activeElement;
}

it.each([
  ["the next item", "delete b", ["a", "c"], "c"],
  ["the previous item after the last", "delete c", ["a", "b"], "b"],
] as const)("focuses %s", async (_, name, items, expected) => {
  const focused = await focusAndChange(name, { items: ["a", "b", "c"] }, { items });
  expect(focused).toBe(screen.getByRole("link", { name: expected }));
});

it("focuses the section if no item is left", async () => {
  expect(await focusAndChange("delete a", { items: ["a"] }, { items: [] })).toBe(screen.getByRole("region"));
});

it("returns from a layer to where the focus was, or to what took its place", async () => {
  const { rerender } = render(<Page layer items={["a", "b"]} />);
  screen.getByRole("button", { name: "delete a" }).focus();
  screen.getByRole("button", { name: "confirm" }).focus();
  // eslint-disable-next-line @typescript-eslint/require-await
  await act(async () => {
    rerender(<Page items={["b"]} />);
  });
  expect(document.activeElement).toBe(screen.getByRole("link", { name: "b" }));
});
