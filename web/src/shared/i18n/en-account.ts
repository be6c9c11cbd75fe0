import { countsIn } from "./counts";

const { number, plural } = countsIn("en");

/** Sign-in, and the reports from before it. */
export const account = {
  signIn: "Sign in",
  signInWith: (provider: string) => `Sign in with ${provider}`,
  signOut: "Sign out",
  signedInAs: (name: string) => `Signed in as ${name}`,
  unavailable: "You can sign in when the connection is back.",
  keptForThisBrowser: "Your reports are kept for this browser. Sign in to move them to your account.",
  keptForThisBrowserOnly: "Your reports are kept for this browser only.",
  visitorReports: "Reports from before you signed in",
  offer: (count: number) =>
    `You created ${plural(count, "report", "reports")} in this browser before you signed in.`,
  move: (count: number) => `Move ${plural(count, "report", "reports")} to your account`,
  moving: (done: number, total: number) => `Moving… ${number(done)} of ${number(total)}`,
  moved: (count: number) => `${plural(count, "report", "reports")} moved to your account`,
  notMoved: "Couldn't move your reports.",
  stillOpen: (count: number) =>
    count === 1
      ? "1 report is still in progress. You can move it when it has ended."
      : `${number(count)} reports are still in progress. You can move them when they have ended.`,
  notNow: "Not now",
};
