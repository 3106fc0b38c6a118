import { ProblemAnswer } from '@casebook/client';
import { strings } from '../strings/problems.js';

/** A fault of a field, as located by the API. */
export interface FieldFault {
  /** The first step of the JSON pointer, such as `anchor`. */
  readonly field: string;
  readonly detail: string;
}

/** The message for a failure: what happened, and what to do. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ProblemAnswer) {
    const { title, detail } = error.problem;
    return detail ?? title;
  }
  if (error instanceof TypeError) return strings.unreachable;
  return strings.unexpected(error instanceof Error ? error.message : String(error));
}

/** The service's decision is final: the same request would be refused again. */
export const isRefusal = (error: unknown): boolean => error instanceof ProblemAnswer && error.status < 500;

/** The problem's code, such as `quote-not-found`; none if the service did not answer. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof ProblemAnswer ? error.code : undefined;

/** A fact of a problem beyond its standard members. */
export const factOf = <T>(error: unknown, name: string): T | undefined =>
  error instanceof ProblemAnswer ? (error.problem[name] as T | undefined) : undefined;

export function faultsOf(error: unknown): readonly FieldFault[] {
  if (!(error instanceof ProblemAnswer)) return [];
  return (error.problem.errors ?? []).map(({ pointer = '', parameter, detail }) => ({
    field: parameter ?? pointer.split('/')[1] ?? '',
    detail,
  }));
}
