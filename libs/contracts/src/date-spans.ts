import edtf, { type EdtfNode, parse } from 'edtf';

/*
 * The span of instants that a node of a parsed EDTF date can mean. Days are looked up digit by digit, because the parser
 * accepts days that do not exist and reads them as days of the next month.
 */

/** Each date of a parsed text as written, without qualifiers: of `X0` the parser keeps only that there is an X. */
export const WRITTEN = new WeakMap<EdtfNode, string>();

/** @throws Error of the parser */
export function parsed(text: string): EdtfNode {
  const root = parse(text, { level: 2 });
  const dates = text
    .replace(/[?~%]/g, '')
    .split(/\.\.|[/,{}[\]]/)
    .filter((each) => each !== '');
  for (const [index, leaf] of leavesOf(root).entries()) WRITTEN.set(leaf, dates[index]?.trim() ?? '');
  return root;
}

/**
 * A bound as a number that orders like time: milliseconds since 1970; of years beyond JavaScript's calendar (±271,821) by the mean
 * length of a year. `open` is given for `null`.
 */
export function boundTime(bound: string | null, open: number): number {
  if (bound === null) return open;
  const time = Date.parse(bound);
  return Number.isNaN(time) ? farTime(Number.parseInt(bound, 10), bound.includes('-12-31T')) : time;
}

export interface Point {
  readonly time: number;
  readonly text: string | null;
}
type Span = readonly [earliest: Point, latest: Point];

const OPEN_PAST: Point = { time: -Infinity, text: null };
const OPEN_FUTURE: Point = { time: Infinity, text: null };

export const isNode = (value: unknown): value is EdtfNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The parser sets no type for an interval's end with unspecified digits. */
export const isDate = ({ type }: EdtfNode): boolean => type === 'Date' || type === undefined;

export const leavesOf = (node: EdtfNode): EdtfNode[] => {
  const parts = node.values.flat().filter(isNode);
  return parts.length === 0 ? [node] : parts.flatMap(leavesOf);
};

/**
 * Does not use the parser's bounds: the parser assumes that a list is sorted, ignores the end of a range in it, calls January to March spring, and
 * reads a day that does not exist as one of the next month.
 */
export function spanOf(node: EdtfNode): Span {
  switch (node.type ?? 'Date') {
    case 'Interval': {
      const [from, to] = node.values;
      return [isNode(from) ? spanOf(from)[0] : OPEN_PAST, isNode(to) ? spanOf(to)[1] : OPEN_FUTURE];
    }
    case 'List':
    case 'Set': {
      const members = node.values.flat().filter(isNode).map(spanOf);
      return [
        node.earlier === true ? OPEN_PAST : sooner(members.map(([earliest]) => earliest)),
        node.later === true ? OPEN_FUTURE : later(members.map(([, latest]) => latest)),
      ];
    }
    case 'Season': {
      const [year, season] = node.values as [number, number];
      const [first, months] = SEASONS[season] ?? [0, 12];
      return [pointAt(monthStart(year, first)), pointAt(monthStart(year, first + months) - 1)];
    }
    case 'Year': {
      const [year] = node.values as [number];
      const unit =
        10 ** (node.significant === undefined ? 0 : String(Math.abs(year)).length - node.significant);
      const first = Math.floor(year / unit) * unit;
      return [yearPoint(first, false), yearPoint(first + unit - 1, true)];
    }
    default: {
      const written = WRITTEN.get(node) ?? '';
      const days = written.includes('T') ? null : daysOf(written);
      if (days !== null) return days;
      const { min, max } = edtf(node);
      return [min === null ? OPEN_PAST : pointAt(min), max === null ? OPEN_FUTURE : pointAt(max)];
    }
  }
}

const sooner = (points: readonly Point[]): Point => points.reduce((a, b) => (b.time < a.time ? b : a));
const later = (points: readonly Point[]): Point => points.reduce((a, b) => (b.time > a.time ? b : a));

/** The first and the last day that a calendar date can mean; `null` if there is none. `X` is any digit. */
export function daysOf(written: string): Span | null {
  const [, sign = '', year = '', month = 'XX', day = 'XX'] =
    /^(-?)([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?/.exec(written) ?? [];
  const months = agreeing(ANY_MONTH, month);
  const days = agreeing(ANY_DAY, day);
  const inYear = [false, true].map((leap) => {
    const possible = months.flatMap((each) => {
      const last = each === 2 && leap ? 29 : DAYS_OF_MONTH[each - 1]!;
      return days.filter((one) => one <= last).map((one) => [each, one] as const);
    });
    return possible.length === 0 ? null : { first: possible[0]!, last: possible.at(-1)! };
  });
  const years = yearsAgreeing(year).filter((each) => inYear[Number(isLeap(each))] != null);
  if (years.length === 0) return null;
  const signed = sign === '-' ? years.map((each) => -each).reverse() : years;
  const [first, last] = [signed[0]!, signed.at(-1)!];
  const from = inYear[Number(isLeap(first))]!.first;
  const to = inYear[Number(isLeap(last))]!.last;
  return [
    pointAt(new Date(0).setUTCFullYear(first, from[0] - 1, from[1])),
    pointAt(new Date(0).setUTCFullYear(last, to[0] - 1, to[1] + 1) - 1),
  ];
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const ANY_MONTH = Array.from({ length: 12 }, (_, index) => index + 1);
const ANY_DAY = Array.from({ length: 31 }, (_, index) => index + 1);
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The two-digit numbers that match the pattern. */
const agreeing = (numbers: readonly number[], written: string): number[] =>
  numbers.filter((each) =>
    [...twoDigits(each)].every((digit, at) => written[at] === 'X' || written[at] === digit),
  );

/** The years that match the pattern of four digits, in order; 10,000 at most. */
const yearsAgreeing = (written: string): number[] =>
  [...written].reduce<number[]>(
    (years, place) =>
      years.flatMap((so) => (place === 'X' ? ANY_DIGIT : [Number(place)]).map((digit) => so * 10 + digit)),
    [0],
  );
const ANY_DIGIT = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The first instant of a month counted from January of `year`. Unlike `Date.UTC` it knows the years 0 to 99. */
const monthStart = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1);

const pointAt = (time: number): Point => ({ time, text: new Date(time).toISOString() });

/** The years that lie wholly within JavaScript's calendar. */
const LAST_CALENDAR_YEAR = 271_820;
const MEAN_YEAR_MS = 365.2425 * 24 * 60 * 60 * 1000;

/** The first instant of a year, or its last. */
function yearPoint(year: number, isEnd: boolean): Point {
  if (Math.abs(year) <= LAST_CALENDAR_YEAR)
    return pointAt(isEnd ? monthStart(year, 12) - 1 : monthStart(year, 0));
  const digits = `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
  return {
    time: farTime(year, isEnd),
    text: `${digits}-${isEnd ? '12-31T23:59:59.999Z' : '01-01T00:00:00.000Z'}`,
  };
}

const farTime = (year: number, isEnd: boolean): number => (year - 1970 + (isEnd ? 1 : 0)) * MEAN_YEAR_MS;

/**
 * ISO 8601-2 §4.8.1: the first month (from 0) and the number of months of each division of a year. Without a hemisphere
 * (21 to 24), the months of either; a winter or a summer may extend into the next year.
 */
const SEASONS: Readonly<Record<number, readonly [first: number, months: number]>> = {
  21: [2, 9],
  22: [0, 14],
  23: [2, 9],
  24: [0, 14],
  25: [2, 3],
  26: [5, 3],
  27: [8, 3],
  28: [11, 3],
  29: [8, 3],
  30: [11, 3],
  31: [2, 3],
  32: [5, 3],
  33: [0, 3],
  34: [3, 3],
  35: [6, 3],
  36: [9, 3],
  37: [0, 4],
  38: [4, 4],
  39: [8, 4],
  40: [0, 6],
  41: [6, 6],
};
