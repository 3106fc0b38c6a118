import { after, before, codePoints, codePointsBetween } from './code-points.js';
import { graphemeEnd, graphemeStart } from './graphemes.js';
import type { Steps } from './steps.js';

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

export function* passage(text: string, at: number, length: number): Steps<Passage> {
  return passageFrom(text, at, length, yield* codePointsBetween(text, 0, at));
}

/** Passages of one length at places in the order of the text. */
export function* passages(text: string, places: readonly number[], length: number): Steps<Passage[]> {
  const found: Passage[] = [];
  let [counted, start] = [0, 0];
  for (const at of places) {
    start += yield* codePointsBetween(text, counted, at);
    counted = at;
    found.push(passageFrom(text, at, length, start));
  }
  return found;
}

function passageFrom(text: string, at: number, length: number, start: number): Passage {
  const exact = text.slice(at, at + length);
  return {
    exact,
    prefix: contextBefore(text, at),
    suffix: contextAfter(text, at + length),
    start,
    end: start + codePoints(exact),
  };
}

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
