import type { Status } from "@/shared/api/types";

/** What happens after an action: a report on its way, a deletion that can be undone. */
export const following = {
  queued: (name: string) => `Queued: ${name}`,
  running: (name: string) => `In progress: ${name}`,
  succeeded: (name: string) => `Ready: ${name}`,
  partial: (name: string) => `Ready, but incomplete: ${name}`,
  failed: (name: string) => `Failed: ${name}`,
  canceling: (name: string) => `Canceling: ${name}`,
  canceled: (name: string) => `Canceled: ${name}`,
  notifyMe: "Notify me",
  undo: "Undo",
  editAndRun: "Edit and run again",
  retryMissing: "Retry only what is missing",
} satisfies Record<Status, (name: string) => string> & Record<string, unknown>;
