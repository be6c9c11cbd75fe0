import { afterEach } from "vitest";
import { mockFetch, resetMockApi } from "./mock-api";

// The API client reads both once, when it is created, so they are replaced before that.
globalThis.fetch = mockFetch;
// Only a browser's Request resolves a relative URL against the site's address.
globalThis.Request = class extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, "http://site.test") : input, { ...init, signal: null });
  }
};

afterEach(resetMockApi);
