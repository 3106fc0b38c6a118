import { after, before, codePoints } from './code-points.js';
import { graphemeEnd, graphemeStart } from './graphemes.js';

/** Code points of context stored on either side, by which a reader distinguishes equal passages. */
const CONTEXT = 32;

/** A passage of a document, in the form of an anchor. */
export interface Passage {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  readonly end: number;
}

export const passage = (text: string, at: number, length: number): Passage => {
  const exact = text.slice(at, at + length);
  const start = codePoints(text.slice(0, at));
  return {
    exact,
    prefix: contextBefore(text, at),
    suffix: contextAfter(text, at + length),
    start,
    end: start + codePoints(exact),
  };
};

/** The text directly before `at`: up to 32 code points, in whole characters. */
export function contextBefore(text: string, at: number): string {
  const from = at - before(text, at, CONTEXT).length;
  return text.slice(Math.min(at, graphemeEnd(text, from)), at);
}

/** The text directly after `at`: up to 32 code points, in whole characters. */
export function contextAfter(text: string, at: number): string {
  const to = at + after(text, at, CONTEXT).length;
  return text.slice(at, Math.max(at, graphemeStart(text, to)));
}
