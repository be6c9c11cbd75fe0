import type { Problem } from "./names";

/** The server said no, in its own words (RFC 9457). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }

  /** The end of the problem type's URN, such as `no-such-report`. */
  get kind(): string {
    return this.problem.type.split(":").at(-1) ?? "";
  }
}

/** No answer came, or none of ours: the network, or something in front of a server that is away. */
export class UnreachableError extends Error {
  constructor(cause?: unknown) {
    super("The server cannot be reached", { cause });
    this.name = "UnreachableError";
  }
}

/** The platform wants to know who asks. */
export class SignInError extends Error {
  constructor() {
    super("Sign in");
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

/** What an answer that is no success means. */
export function faultOf(status: number, body: unknown): Error {
  if (isProblem(body)) {
    return new ProblemError({ ...body, status });
  }
  return status === 401 || status === 403 ? new SignInError() : new UnreachableError(status);
}
