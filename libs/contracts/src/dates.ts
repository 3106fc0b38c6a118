import edtf, { type EdtfNode, parse } from 'edtf';
import { z } from 'zod';

/** Why a text is not EDTF: the fault's place in UTF-16 units from 0, where it has one. */
export interface EdtfFault {
  readonly offset: number | null;
  readonly message: string;
}

const NOT_EDTF = 'is not an EDTF date (ISO 8601-2)';
const EXAMPLES = 'write for instance 2019-12-27, 2019-12~, {2019-11,2019-12} or ../2015-11-13';

/**
 * `null` if `text` is EDTF (ISO 8601-2:2019, levels 0 to 2), else where and why it is not. An interval whose end lies before
 * its start is not. The parser's time grows with the square of the text's length: callers bound the length.
 */
export function edtfFault(text: string): EdtfFault | null {
  if (text === '') {
    return { offset: 0, message: `${NOT_EDTF}: it is empty; leave it out where no date is known` };
  }
  try {
    parse(text, { level: 2 });
    edtf(text);
    return null;
  } catch (error) {
    // The parser throws Errors of its own with an offset; only the bounds of an interval give a RangeError.
    const { offset } = error as { offset?: unknown };
    if (typeof offset === 'number') {
      const character = String.fromCodePoint(text.codePointAt(offset) ?? 0xfffd);
      return {
        offset,
        message: `${NOT_EDTF}: ${JSON.stringify(character)} at character ${offset + 1} does not fit; ${EXAMPLES}`,
      };
    }
    if (error instanceof RangeError && endsInTime(text)) return null;
    return error instanceof RangeError
      ? {
          offset: text.includes('/') ? text.indexOf('/') + 1 : null,
          message: `${NOT_EDTF}: the interval ends before it begins`,
        }
      : {
          offset: text.length,
          message: `${NOT_EDTF}: it ends too early, after character ${text.length}; ${EXAMPLES}`,
        };
  }
}

/** The parser refuses an interval whose ends are one day, or whose later end holds the earlier; only one that ends before is wrong. */
function endsInTime(interval: string): boolean {
  const [from = '', to = ''] = interval.split('/');
  return (edtf(from).min ?? -Infinity) <= (edtf(to).max ?? Infinity);
}

/** A date in EDTF, stored as written. */
export const edtfDate = z
  .string()
  .max(200, { abort: true })
  .superRefine((value, context) => {
    const fault = edtfFault(value);
    if (fault !== null) {
      context.addIssue({ code: 'custom', message: fault.message, params: { offset: fault.offset } });
    }
  })
  .meta({
    id: 'EdtfDate',
    description: 'Extended Date/Time Format, ISO 8601-2:2019 levels 0 to 2',
    example: '2019-12~',
  });

/**
 * The earliest and the latest instant that a date can mean, in ISO 8601, UTC, milliseconds, both inclusive; `null` where it is open or
 * unknown on that side, or beyond what a calendar of ±271,821 years can say. Days are read as days of UTC.
 *
 * The bounds are those of what is written: `approximate` (`~`, `%`) and `uncertain` (`?`, `%`, one of a set) say that the truth may
 * lie outside of them, or at one of several places within. Of a list (`{}`: all of them) they are those of the whole.
 */
export const dateBounds = z
  .strictObject({
    earliest: z.string().nullable(),
    latest: z.string().nullable(),
    approximate: z.boolean(),
    uncertain: z.boolean(),
  })
  .meta({
    id: 'DateBounds',
    description: 'what an EDTF date can mean at the earliest and at the latest, inclusive; null where open',
    example: {
      earliest: '2019-12-01T00:00:00.000Z',
      latest: '2019-12-31T23:59:59.999Z',
      approximate: true,
      uncertain: false,
    },
  });
export type DateBounds = z.infer<typeof dateBounds>;

/** The bounds of an EDTF date; `null` for a text that is none. */
export function edtfBounds(text: string): DateBounds | null {
  const known = KNOWN_BOUNDS.get(text);
  if (known !== undefined) return known;
  const bounds = boundsOf(text);
  if (KNOWN_BOUNDS.size === MOST_KNOWN) KNOWN_BOUNDS.clear();
  KNOWN_BOUNDS.set(text, bounds);
  return bounds;
}

/** Parsing takes some 100 µs, and the dates of an incident are few and asked for often. What is kept is bounded. */
const KNOWN_BOUNDS = new Map<string, DateBounds | null>();
const MOST_KNOWN = 10_000;

function boundsOf(text: string): DateBounds | null {
  const root = parsed(text);
  if (root === null) return null;
  const [earliest, latest] = spanOf(root);
  const leaves = leavesOf(root);
  return Object.freeze({
    earliest: instantAt(earliest),
    latest: instantAt(latest),
    approximate: leaves.some(({ approximate }) => Boolean(approximate)),
    uncertain: root.type === 'Set' || leaves.some(({ uncertain }) => Boolean(uncertain)),
  });
}

/** `null` for what {@link edtfFault} finds fault with. */
function parsed(text: string): EdtfNode | null {
  return edtfFault(text) === null ? parse(text, { level: 2 }) : null;
}

type Span = readonly [earliest: number, latest: number];

const isNode = (value: unknown): value is EdtfNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const leavesOf = (node: EdtfNode): EdtfNode[] => {
  const parts = node.values.flat().filter(isNode);
  return parts.length === 0 ? [node] : parts.flatMap(leavesOf);
};

/** Not the parser's own bounds of the whole: it takes a list for sorted, overlooks where a range in it ends, and calls January to March the spring. */
function spanOf(node: EdtfNode): Span {
  switch (node.type) {
    case 'Interval': {
      const [from, to] = node.values;
      return [isNode(from) ? spanOf(from)[0] : -Infinity, isNode(to) ? spanOf(to)[1] : Infinity];
    }
    case 'List':
    case 'Set': {
      const members = node.values.flat().filter(isNode).map(spanOf);
      return [
        node.earlier === true ? -Infinity : Math.min(...members.map(([earliest]) => earliest)),
        node.later === true ? Infinity : Math.max(...members.map(([, latest]) => latest)),
      ];
    }
    case 'Season': {
      const [year, season] = node.values as [number, number];
      const [first, months] = SEASONS[season] ?? [0, 12];
      return [monthStart(year, first), monthStart(year, first + months) - 1];
    }
    case 'Year': {
      const [year] = node.values as [number];
      const unit =
        10 ** (node.significant === undefined ? 0 : String(Math.abs(year)).length - node.significant);
      const first = Math.floor(year / unit) * unit;
      return [monthStart(first, 0), monthStart(first + unit, 0) - 1];
    }
    default: {
      const { min, max } = edtf(node);
      return [min ?? -Infinity, max ?? Infinity];
    }
  }
}

/** The first instant of a month counted from January of `year`; NaN beyond the calendar. Unlike `Date.UTC` it knows the years 0 to 99. */
const monthStart = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1);

const instantAt = (time: number): string | null =>
  Number.isFinite(time) ? new Date(time).toISOString() : null;

/**
 * ISO 8601-2 §4.8.1: the first month (from 0) and the number of months of each division of a year. Where the hemisphere is not given
 * (21 to 24), those of either; a winter or a summer goes on into the next year.
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
