import { afterEach } from "vitest";
import { answer, forget } from "./api";

// Both are taken by the API's client once, when it is made; so they are there before it.
globalThis.fetch = answer;
// Addresses are relative to the site, which only a browser's Request knows.
globalThis.Request = class extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, "http://site.test") : input, { ...init, signal: null });
  }
};

afterEach(forget);
