import { configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { mockFetch, resetMockApi } from "./mock-api";

// A busy machine takes its time.
configure({ asyncUtilTimeout: 5_000 });

// The API client reads both once, when it is created, so they are replaced before that.
globalThis.fetch = mockFetch;
// Only a browser's Request resolves a relative URL against the site's address.
globalThis.Request = class extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, "http://site.test") : input, { ...init, signal: null });
  }
};
// jsdom has no modal dialogs and does no layout.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
};
Object.assign(globalThis, {
  ResizeObserver: class {
    observe = () => undefined;
    disconnect = () => undefined;
  },
});
Element.prototype.scrollIntoView = () => undefined;

afterEach(resetMockApi);
