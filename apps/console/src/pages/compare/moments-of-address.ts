import { strings } from '../../strings/compare.js';

export interface Moments {
  readonly from: string;
  /** Undefined: now. */
  readonly to: string | undefined;
  /** Says what was put in place of a moment of the address that is none, or is in the wrong order. */
  readonly moved: string | undefined;
}

const isPosition = (text: string): boolean => /^\d{1,15}$/.test(text);
const isMoment = (text: string): boolean =>
  isPosition(text) || (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)));

/** Whether the first of two moments of the same form is the later one. */
const isLater = (a: string, b: string): boolean =>
  isPosition(a) && isPosition(b)
    ? Number(a) > Number(b)
    : !isPosition(a) && !isPosition(b) && Date.parse(a) > Date.parse(b);

/** The moments that an address asks to compare; one that is no moment is the nearest end of the ledger, and two that are crossed change places. */
export function momentsIn(from: string | undefined, to: string | undefined): Moments {
  const wrong = [from, to].find((each) => each !== undefined && !isMoment(each));
  const start = from !== undefined && isMoment(from) ? from : '0';
  const end = to !== undefined && isMoment(to) ? to : undefined;
  const moved = wrong === undefined ? undefined : strings.noMoment(wrong);
  return end !== undefined && isLater(start, end)
    ? { from: end, to: start, moved: moved ?? strings.crossed }
    : { from: start, to: end, moved };
}
