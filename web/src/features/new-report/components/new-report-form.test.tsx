import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { buildReport } from "@/testing/build-report";
import { mockApi } from "@/testing/mock-api";
import { renderWithProviders } from "@/testing/render-with-providers";
import { NewReportForm } from "./new-report-form";

function generations(first: number, second: number) {
  const counts = [
    { name: "generation-i", pokemon_count: first },
    { name: "generation-ii", pokemon_count: second },
  ];
  return { body: { generations: counts } };
}

const COUNTS = {
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
const ACCEPTED = { status: 202, body: buildReport({ status: "queued", result: null }) };

const button = () => screen.getByRole("button", { name: /^Creat/ });

it("the button describes the report", async () => {
  mockApi(COUNTS);
  renderWithProviders(<NewReportForm />);
  const electric = await screen.findByRole("radio", { name: "Electric 114" });
  expect(button().textContent).toBe("Create report: 12 of 258 Pokémon");

  await userEvent.click(electric);
  await screen.findByRole("button", { name: "Create report: 12 of 114 Electric-type Pokémon" });
  await userEvent.click(screen.getByRole("radio", { name: "All" }));
  expect(button().textContent).toBe("Create report: all 114 Electric-type Pokémon");
  await userEvent.click(screen.getByRole("checkbox", { name: "Include other forms" }));
  await screen.findByRole("button", {
    name: "Create report: all 69 Electric-type Pokémon, default forms only",
  });
  await userEvent.click(screen.getByRole("radio", { name: "Generation II: 9 Pokémon" }));
  expect(button().textContent).toBe(
    "Create report: all 9 Electric-type Pokémon from Generation II, default forms only",
  );
});

it("says that a sample of the population's size or more is the whole population", async () => {
  const calls = mockApi({ ...COUNTS, "POST /api/reports": ACCEPTED });
  renderWithProviders(<NewReportForm />);
  const size = await screen.findByRole("spinbutton", { name: "Sample size" });
  await userEvent.clear(size);
  await userEvent.type(size, "100");
  await userEvent.click(screen.getByRole("radio", { name: "Generation II: 20 Pokémon" }));
  expect(button().textContent).toBe("Create report: all 20 Pokémon from Generation II");
  const note = "Only 20 Pokémon match, so the report includes all of them.";
  expect(screen.getByRole("spinbutton", { name: "Sample size", description: note })).toBe(size);
  await userEvent.click(button());
  await waitFor(() => {
    expect(calls.findLast(({ method }) => method === "POST")?.body).toMatchObject({
      sample_size: null,
      generation: "generation-ii",
    });
  });
  await userEvent.click(await screen.findByRole("radio", { name: "All generations" }));
  expect(screen.queryByText(note)).toBeNull();
  expect(size).toHaveProperty("value", "100");
});

it("does not count an invalid sample, and asks for a seed only for a sample", async () => {
  mockApi(COUNTS);
  renderWithProviders(<NewReportForm />);
  const size = await screen.findByRole("spinbutton", { name: "Sample size" });
  await userEvent.clear(size);
  expect(button().textContent).toBe("Create report");
  await userEvent.type(size, "0");
  expect(button().textContent).toBe("Create report");
  expect(screen.getByRole("textbox", { name: "Seed (optional)" })).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "All" }));
  expect(screen.queryByRole("textbox", { name: "Seed (optional)" })).toBeNull();
});

it("retries a request with the same idempotency key", async () => {
  const calls = mockApi({ ...COUNTS, "POST /api/reports": ["unreachable", ACCEPTED] });
  renderWithProviders(<NewReportForm />);
  await userEvent.click(await screen.findByRole("radio", { name: "Electric 114" }));
  await userEvent.click(button());
  await screen.findByText("Queued: 2 Electric-type Pokémon", {}, { timeout: 5000 });
  const posts = calls.filter((call) => call.method === "POST");
  expect(posts).toHaveLength(2);
  expect(new Set(posts.map((call) => call.headers.get("Idempotency-Key"))).size).toBe(1);
});

it("shows each error from the server beside its field", async () => {
  const problem = {
    type: "urn:poke-queue:problem:invalid-request",
    title: "The request is not valid",
    status: 400,
    detail: "The request has 3 errors.",
    errors: [
      { pointer: "/sample_size", detail: "It must be even." },
      { pointer: "/columns/3", detail: "There is no such column." },
      { pointer: "/color", detail: "There is no such field." },
    ],
  };
  mockApi({ ...COUNTS, "POST /api/reports": { status: 400, body: problem } });
  renderWithProviders(<NewReportForm />);
  await screen.findByRole("radio", { name: "Electric 114" });
  await userEvent.click(button());
  const size = await screen.findByRole("spinbutton", {
    name: "Sample size",
    description: "It must be even.",
  });
  expect(size.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(size);
  expect(screen.getByText("There is no such column.")).toBeTruthy();
  expect(screen.getByText("/color: There is no such field.").closest("[role=alert]")).toBeTruthy();

  await userEvent.click(screen.getByRole("radio", { name: "Electric 114" }));
  expect(screen.queryByText("It must be even.")).toBeNull();
});

it("validates the fields before it sends the request", async () => {
  const calls = mockApi(COUNTS);
  renderWithProviders(<NewReportForm />, "es");
  const size = await screen.findByRole("spinbutton", { name: "Tamaño de la muestra" });
  await screen.findByText("de 258");
  await userEvent.clear(size);
  await userEvent.click(screen.getByRole("button", { name: /^Crear informe/ }));
  expect(await screen.findByText("Introduce un número entero del 1 al 258.")).toBeTruthy();
  expect(calls.some((call) => call.method === "POST")).toBe(false);
});

it("moves the focus to a group without an invalid control, not to its radio buttons", async () => {
  const problem = {
    type: "urn:poke-queue:problem:invalid-request",
    title: "The request is not valid",
    status: 400,
    detail: "The request has 1 error.",
    errors: [{ pointer: "/generation", detail: "There is no such generation." }],
  };
  mockApi({ ...COUNTS, "POST /api/reports": { status: 400, body: problem } });
  renderWithProviders(<NewReportForm />);
  await screen.findByRole("radio", { name: "Electric 114" });
  await userEvent.click(button());
  await screen.findByText("There is no such generation.");
  expect(document.activeElement).toBe(screen.getByRole("group", { name: "Generation" }));
});

it("says when a refused request can be repeated", async () => {
  const problem = {
    type: "urn:poke-queue:problem:too-many-reports-per-hour",
    title: "Too many reports in an hour",
    status: 429,
    detail: "At most 20 reports can be requested per hour. Try again in 12 min.",
  };
  const refusal = { status: 429, body: problem, headers: { "Retry-After": "705" } };
  mockApi({ ...COUNTS, "POST /api/reports": refusal });
  renderWithProviders(<NewReportForm />);
  await screen.findByRole("radio", { name: "Electric 114" });
  await userEvent.click(button());
  const message = await screen.findByText(/Try again in 12 minutes\.$/);
  expect(message.closest("form [role=alert]")).toBeTruthy();
  expect(document.activeElement).toBe(button());
});

it("does not offer types that no Pokémon has, unless one is selected", async () => {
  mockApi(COUNTS);
  sessionStorage.setItem("new-report", JSON.stringify({ type: "shadow" }));
  renderWithProviders(<NewReportForm />);
  await userEvent.click(await screen.findByRole("radio", { name: "Electric 114" }));
  expect(screen.queryByRole("radio", { name: /^Shadow/ })).toBeNull();
});

it("cannot create a report without Pokémon", async () => {
  mockApi(COUNTS);
  sessionStorage.setItem("new-report", JSON.stringify({ type: "shadow" }));
  renderWithProviders(<NewReportForm />);
  expect(await screen.findByRole("radio", { name: "Shadow 0" })).toHaveProperty("checked", true);
  expect(await screen.findByText(/^No Pokémon match/)).toBeTruthy();
  expect(button()).toHaveProperty("disabled", true);
});

it("keeps the options, without counts, if the counts cannot be loaded", async () => {
  const calls = mockApi({ ...COUNTS, "GET /api/generations?type=electric": "unreachable" });
  renderWithProviders(<NewReportForm />);
  await userEvent.click(await screen.findByRole("radio", { name: "Electric 114" }));
  expect(await screen.findByText("Can't reach the server.")).toBeTruthy();
  expect(screen.getByRole("radio", { name: "Generation II" })).toBeTruthy();
  // The counts of the types are still valid.
  expect(button().textContent).toBe("Create report: 12 of 114 Electric-type Pokémon");
  await userEvent.click(screen.getByRole("radio", { name: "All types" }));
  expect(await screen.findByRole("radio", { name: "Generation II: 20 Pokémon" })).toBeTruthy();
  expect(calls.some((call) => call.path === "/api/generations?type=electric")).toBe(true);
});

it("can create a report on all Pokémon while PokéAPI is unavailable", async () => {
  const unavailable = {
    type: "urn:poke-queue:problem:dependency-unavailable",
    title: "PokéAPI cannot be reached",
    status: 503,
    detail: "PokéAPI did not answer.",
  };
  const calls = mockApi({
    "GET /api/types": { status: 503, body: unavailable },
    "GET /api/generations": { status: 503, body: unavailable },
    "POST /api/reports": ACCEPTED,
  });
  renderWithProviders(<NewReportForm />);
  expect(await screen.findByText(/^PokéAPI is unavailable/)).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "All" }));
  await userEvent.click(button());
  await waitFor(() => {
    expect(calls.findLast(({ method }) => method === "POST")?.body).toMatchObject({
      type: null,
      sample_size: null,
    });
  });
});
