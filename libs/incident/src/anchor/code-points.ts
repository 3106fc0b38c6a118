import { STEP_UNITS, type Steps } from './steps.js';

/* JavaScript strings count UTF-16 units; anchors count Unicode code points. */

const HIGH_SURROGATE = /[\ud800-\udbff]$/;
const LOW_SURROGATE = /[\udc00-\udfff]/;

/** The number of code points in `text`. */
export const codePoints = (text: string): number => counted(text, 0, text.length);

/** The number of code points from one index to another, in steps. Neither index splits a pair. */
export function* codePointsBetween(text: string, from: number, to: number): Steps<number> {
  let count = 0;
  for (let at = from; at < to;) {
    let end = Math.min(to, at + STEP_UNITS);
    if (end < to && isHigh(text.charCodeAt(end - 1))) end += 1;
    count += counted(text, at, end);
    at = end;
    yield 1;
  }
  return count;
}

function counted(text: string, from: number, to: number): number {
  let count = to - from;
  for (let i = from; i < to - 1; i += 1) {
    if (isHigh(text.charCodeAt(i))) {
      count -= 1;
      i += 1;
    }
  }
  return count;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** The UTF-16 index of code point `offset`, in steps; `undefined` past the end. */
export function* unitsAt(text: string, offset: number): Steps<number | undefined> {
  let at = 0;
  for (let seen = 0; seen < offset; seen += 1) {
    if (at >= text.length) return undefined;
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    if (seen % STEP_UNITS === STEP_UNITS - 1) yield 1;
  }
  return at;
}

/** The last `count` code points of `text` before `at`. */
export function before(text: string, at: number, count: number): string {
  let from = at;
  for (let taken = 0; taken < count && from > 0; taken += 1) {
    from -= 1;
    if (from > 0 && HIGH_SURROGATE.test(text.charAt(from - 1)) && LOW_SURROGATE.test(text.charAt(from)))
      from -= 1;
  }
  return text.slice(from, at);
}

/** The first `count` code points of `text` from `at`. */
export function after(text: string, at: number, count: number): string {
  return Array.from(text.slice(at, at + 2 * count))
    .slice(0, count)
    .join('')
    .replace(HIGH_SURROGATE, '');
}
