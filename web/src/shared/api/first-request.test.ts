import { beforeEach, expect, it, vi } from "vitest";

const URL_OF_REPORTS = "http://localhost/api/reports";

let sent: { url: string; respond: () => void; fail: () => void }[] = [];
let fetchInTurn: (request: Request) => Promise<Response>;

beforeEach(async () => {
  sent = [];
  vi.stubGlobal(
    "fetch",
    (request: Request) =>
      new Promise<Response>((resolve, reject) => {
        sent.push({
          url: request.url,
          respond: () => {
            resolve(new Response());
          },
          fail: () => {
            reject(new TypeError("fetch failed"));
          },
        });
      }),
  );
  vi.resetModules();
  ({ fetchInTurn } = await import("./first-request"));
});

it("waits for the first response that gives an identity, and no longer", async () => {
  const list = fetchInTurn(new Request(`${URL_OF_REPORTS}?limit=20`));
  const create = fetchInTurn(new Request(URL_OF_REPORTS, { method: "POST" }));
  void fetchInTurn(new Request("http://localhost/api/types"));
  expect(sent.map(({ url }) => url)).toEqual([`${URL_OF_REPORTS}?limit=20`, "http://localhost/api/types"]);
  sent[0]?.respond();
  await list;
  await vi.waitFor(() => {
    expect(sent).toHaveLength(3);
  });
  sent[2]?.respond();
  await create;
  void fetchInTurn(new Request(URL_OF_REPORTS));
  void fetchInTurn(new Request(URL_OF_REPORTS));
  await vi.waitFor(() => {
    expect(sent).toHaveLength(5);
  });
});

it("a failed request gives no identity, and does not stop the next", async () => {
  const list = fetchInTurn(new Request(URL_OF_REPORTS));
  const create = fetchInTurn(new Request(URL_OF_REPORTS, { method: "POST" }));
  sent[0]?.fail();
  await expect(list).rejects.toThrow("fetch failed");
  await vi.waitFor(() => {
    expect(sent).toHaveLength(2);
  });
  sent[1]?.respond();
  await create;
});
