import { strings } from '../../strings/compare.js';

export interface Moments {
  readonly from: string;
  /** Undefined: now. */
  readonly to: string | undefined;
  /** Explains the replacement of a moment in the address that is invalid or in the wrong order. */
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

/** The moments to compare from an address; an invalid one becomes the nearest end of the ledger, and crossed ones are swapped. */
export function momentsIn(from: string | undefined, to: string | undefined): Moments {
  const wrong = [from, to].find((each) => each !== undefined && !isMoment(each));
  const start = from !== undefined && isMoment(from) ? from : '0';
  const end = to !== undefined && isMoment(to) ? to : undefined;
  const moved = wrong === undefined ? undefined : strings.noMoment(wrong);
  return end !== undefined && isLater(start, end)
    ? { from: end, to: start, moved: moved ?? strings.crossed }
    : { from: start, to: end, moved };
}
