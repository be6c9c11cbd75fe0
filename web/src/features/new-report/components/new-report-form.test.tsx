import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { reportLike } from "@/testing/reports";
import { serve } from "@/testing/api";
import { show } from "@/testing/show";
import { AskForm } from "./ask-form";

function generations(one: number, two: number) {
  const counts = [
    { name: "generation-i", pokemon_count: one },
    { name: "generation-ii", pokemon_count: two },
  ];
  return { body: { generations: counts } };
}

const CATALOGUE = {
  "GET /api/types": {
    body: {
      types: [
        { name: "electric", pokemon_count: 114 },
        { name: "shadow", pokemon_count: 0 },
      ],
    },
  },
  "GET /api/generations": generations(238, 20),
  "GET /api/generations?type=electric": generations(100, 14),
  "GET /api/generations?type=electric&include_forms=false": generations(60, 9),
  "GET /api/generations?type=shadow": generations(0, 0),
};
const ACCEPTED = { status: 202, body: reportLike({ status: "queued", result: null }) };

const button = () => screen.getByRole("button", { name: /^(Make a report|Asking)/ });

it("says on its button what would be made", async () => {
  serve(CATALOGUE);
  show(<AskForm />);
  const electric = await screen.findByRole("radio", { name: "electric 114" });
  expect(button().textContent).toBe("Make a report of 12 of 258 Pokémon");

  await userEvent.click(electric);
  await screen.findByRole("button", { name: "Make a report of 12 of 114 electric Pokémon" });
  await userEvent.click(screen.getByRole("radio", { name: "All of them" }));
  expect(button().textContent).toBe("Make a report of all 114 electric Pokémon");
  await userEvent.click(screen.getByRole("checkbox", { name: "Other forms too" }));
  await screen.findByRole("button", {
    name: "Make a report of all 69 electric Pokémon, default forms only",
  });
  await userEvent.click(screen.getByRole("radio", { name: "generation II, 9" }));
  expect(button().textContent).toBe(
    "Make a report of all 9 electric Pokémon of generation II, default forms only",
  );
});

it("keeps the sample within the population as that changes", async () => {
  const calls = serve({ ...CATALOGUE, "POST /api/reports": ACCEPTED });
  show(<AskForm />);
  const size = await screen.findByRole("spinbutton", { name: "Sample size" });
  await userEvent.clear(size);
  await userEvent.type(size, "100");
  await userEvent.click(screen.getByRole("radio", { name: "generation II, 20" }));
  expect(button().textContent).toBe("Make a report of 20 of 20 Pokémon of generation II");
  expect(size).toHaveProperty("value", "20");
  await userEvent.click(button());
  await waitFor(() => {
    expect(calls.at(-1)?.body).toMatchObject({ sample_size: 20, generation: "generation-ii" });
  });
});

it("asks with one key for one request, whatever gets lost", async () => {
  const calls = serve({ ...CATALOGUE, "POST /api/reports": ["unreachable", ACCEPTED] });
  show(<AskForm />);
  await userEvent.click(await screen.findByRole("radio", { name: "electric 114" }));
  await userEvent.click(button());
  await screen.findByText("Accepted: 2 electric Pokémon.", {}, { timeout: 5000 });
  const posts = calls.filter((call) => call.method === "POST");
  expect(posts).toHaveLength(2);
  expect(new Set(posts.map((call) => call.headers.get("Idempotency-Key"))).size).toBe(1);
});

it("shows each fault that the server found beside its field", async () => {
  const problem = {
    type: "urn:poke-queue:problem:invalid-request",
    title: "The request is not valid",
    status: 400,
    detail: "2 things are wrong with the request.",
    errors: [
      { pointer: "/sample_size", detail: "It must be even." },
      { pointer: "/columns/3", detail: "There is no such column." },
      { pointer: "/mood", detail: "There is no such field." },
    ],
  };
  serve({ ...CATALOGUE, "POST /api/reports": { status: 400, body: problem } });
  show(<AskForm />);
  await screen.findByRole("radio", { name: "electric 114" });
  await userEvent.click(button());
  const size = await screen.findByRole("spinbutton", {
    name: "Sample size",
    description: "It must be even.",
  });
  expect(size.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("There is no such column.")).toBeTruthy();
  expect(screen.getByText("/mood: There is no such field.").closest("[role=alert]")).toBeTruthy();

  await userEvent.click(screen.getByRole("radio", { name: "electric 114" }));
  expect(screen.queryByText("It must be even.")).toBeNull();
});

it("says what is wrong before it asks", async () => {
  const calls = serve(CATALOGUE);
  show(<AskForm />, "es");
  const size = await screen.findByRole("spinbutton", { name: "Tamaño de la muestra" });
  await screen.findByText("de 258");
  await userEvent.clear(size);
  await userEvent.click(screen.getByRole("button", { name: /^Hacer un informe/ }));
  expect(await screen.findByText("Un número entero del 1 al 258.")).toBeTruthy();
  expect(calls.some((call) => call.method === "POST")).toBe(false);
});

it("does not ask for nobody", async () => {
  serve(CATALOGUE);
  show(<AskForm />);
  await userEvent.click(await screen.findByRole("radio", { name: "shadow 0" }));
  expect(await screen.findByText(/^No Pokémon is of that kind/)).toBeTruthy();
  expect(button()).toHaveProperty("disabled", true);
});

it("keeps the choices, without their counts, where these cannot be had", async () => {
  const calls = serve({ ...CATALOGUE, "GET /api/generations?type=electric": "unreachable" });
  show(<AskForm />);
  await userEvent.click(await screen.findByRole("radio", { name: "electric 114" }));
  expect(await screen.findByText("The server cannot be reached.")).toBeTruthy();
  expect(screen.getByRole("radio", { name: "generation II" })).toBeTruthy();
  // What the types were counted for is still so.
  expect(button().textContent).toBe("Make a report of 12 of 114 electric Pokémon");
  await userEvent.click(screen.getByRole("radio", { name: "Every type" }));
  expect(await screen.findByRole("radio", { name: "generation II, 20" })).toBeTruthy();
  expect(calls.some((call) => call.path === "/api/generations?type=electric")).toBe(true);
});

it("can ask for every Pokémon while PokéAPI is away", async () => {
  const away = {
    type: "urn:poke-queue:problem:dependency-unavailable",
    title: "PokéAPI cannot be reached",
    status: 503,
    detail: "PokéAPI did not answer.",
  };
  const calls = serve({
    "GET /api/types": { status: 503, body: away },
    "GET /api/generations": { status: 503, body: away },
    "POST /api/reports": ACCEPTED,
  });
  show(<AskForm />);
  expect(await screen.findByText(/^PokéAPI cannot be reached just now/)).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "All of them" }));
  await userEvent.click(button());
  await waitFor(() => {
    expect(calls.at(-1)?.body).toMatchObject({ type: null, sample_size: null });
  });
});
