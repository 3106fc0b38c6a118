/** RFC 9457 problem details, as the service gives them; facts about the case stand beside the standard members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly {
    readonly detail: string;
    readonly pointer?: string;
    readonly parameter?: string;
    readonly header?: string;
  }[];
  readonly [fact: string]: unknown;
}

const PREFIX = 'urn:casebook:problem:';

/** A request was answered with a problem: refused, in conflict, or failed. */
export class ProblemAnswer extends Error {
  override readonly name = 'ProblemAnswer';
  readonly status: number;
  /** The last part of the problem's type, such as `quote-not-found`; docs/problems.md lists them. */
  readonly code: string;

  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail ?? problem.type}`);
    this.status = problem.status;
    this.code = problem.type.startsWith(PREFIX) ? problem.type.slice(PREFIX.length) : problem.type;
  }
}

/** The problem in an answer's body; one made of the status where the body is none (a proxy's page, say). */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'type' in body && 'title' in body) return body as Problem;
  return { type: 'about:blank', title: `HTTP ${status}`, status };
}
