import type { Problem } from "./types";

/** The API returned problem details (RFC 9457). */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** In seconds, or null if the API does not say when a new attempt can succeed. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The end of the problem type's URN, such as `no-such-report`. */
  get kind(): string {
    return this.problem.type.split(":").at(-1) ?? "";
  }
}

/** There was no response, or one that is not the API's: a network error or a gateway error. */
export class UnreachableError extends Error {
  constructor(cause?: unknown) {
    super("The server is unreachable", { cause });
    this.name = "UnreachableError";
  }
}

/** The platform requires the user to sign in. */
export class SignInError extends Error {
  constructor() {
    super("Sign-in is required");
    this.name = "SignInError";
  }
}

export function isProblem(body: unknown): body is Problem {
  return (
    typeof body === "object" &&
    body !== null &&
    typeof (body as Partial<Problem>).type === "string" &&
    typeof (body as Partial<Problem>).detail === "string"
  );
}

/** Returns the error that an unsuccessful response stands for. */
export function errorFor(response: Response, body: unknown): Error {
  const { status, headers } = response;
  if (isProblem(body)) {
    // An absent header and a date, which the API does not send, are no numbers.
    const seconds = Number(headers.get("Retry-After") ?? NaN);
    return new ProblemError({ ...body, status }, Number.isFinite(seconds) ? seconds : null);
  }
  return status === 401 || status === 403 ? new SignInError() : new UnreachableError(status);
}
