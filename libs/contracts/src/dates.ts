import type { EdtfNode } from 'edtf';
import { z } from 'zod';
import { daysOf, isDate, isNode, leavesOf, parsed, spanOf, WRITTEN } from './date-spans.js';

export { boundTime } from './date-spans.js';

/** Why a text is not EDTF. `offset` is in UTF-16 units from 0; `null` if the fault has no place. */
export interface EdtfFault {
  readonly offset: number | null;
  readonly message: string;
}

/** The greatest year accepted, with either sign. */
export const FARTHEST_YEAR = 1e15;

const NOT_EDTF = 'is not an EDTF date (ISO 8601-2)';
const EXAMPLES = 'write, for example, 2019-12-27, 2019-12~, {2019-11,2019-12} or ../2015-11-13';

/**
 * `null` if `text` is EDTF (ISO 8601-2:2019, levels 0 to 2), otherwise the fault. A day that does not exist, an interval or
 * range that ends before it begins, and a year beyond ±{@link FARTHEST_YEAR} are refused. The parser's time grows with the square of the
 * text's length, so callers must bound the length.
 */
export function edtfFault(text: string): EdtfFault | null {
  if (text === '') {
    return { offset: 0, message: `${NOT_EDTF}: it is empty; leave it out if no date is known` };
  }
  try {
    return faultOf(parsed(text), text);
  } catch (error) {
    const { offset } = error as { offset?: unknown };
    if (typeof offset !== 'number') {
      return {
        offset: text.length,
        message: `${NOT_EDTF}: it ends too early, after character ${text.length}; ${EXAMPLES}`,
      };
    }
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0xfffd);
    return {
      offset,
      message: `${NOT_EDTF}: ${JSON.stringify(character)} at character ${offset + 1} does not fit; ${EXAMPLES}`,
    };
  }
}

/** The fault of a text that the parser accepts. */
function faultOf(root: EdtfNode, text: string): EdtfFault | null {
  for (const leaf of leavesOf(root)) {
    if (leaf.type === 'Year' && Math.abs(leaf.values[0] as number) > FARTHEST_YEAR) {
      return { offset: null, message: `${NOT_EDTF}: its year is beyond ${FARTHEST_YEAR}` };
    }
    const written = WRITTEN.get(leaf) ?? '';
    const fault = isDate(leaf) ? dayFault(written.slice(0, written.startsWith('-') ? 11 : 10)) : null;
    if (fault !== null) {
      const at = text.indexOf(written);
      return { offset: at < 0 ? null : at + 'YYYY-MM-'.length, message: `${NOT_EDTF}: ${fault}` };
    }
  }
  return isInOrder(root)
    ? null
    : {
        offset: root.type === 'Interval' ? text.indexOf('/') + 1 : null,
        message: `${NOT_EDTF}: the ${root.type === 'Interval' ? 'interval' : 'range'} ends before it begins`,
      };
}

/** A day that does not exist, or unspecified digits that only one day fits. */
function dayFault(written: string): string | null {
  const days = daysOf(written);
  if (days === null) return `${written} is not a day of the calendar`;
  const [first, last] = days.map(({ text }) => text?.split('T', 1)[0]);
  return written.includes('X') && first === last
    ? `only ${first} matches ${written}; write that day if you mean it`
    : null;
}

/** Whether an interval, and each range in a list or set, ends no earlier than it begins. */
function isInOrder(root: EdtfNode): boolean {
  const pairs = root.type === 'Interval' ? [root.values] : root.values.filter((each) => Array.isArray(each));
  return pairs.every(
    ([from, to]) => !isNode(from) || !isNode(to) || spanOf(from)[0].time <= spanOf(to)[1].time,
  );
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
 * The earliest and the latest instant that a date can mean: ISO 8601, UTC, milliseconds, both inclusive; `null` if open or
 * unknown on that side. Years beyond 9999 have a sign and at least six digits (ISO 8601 expanded). Days are UTC days.
 *
 * The bounds are those of the text: `approximate` (`~`, `%`) and `uncertain` (`?`, `%`, one of a set) mean that the true date may
 * lie outside, or at one of several places within. The bounds of a list (`{}`) span all of it.
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
    description: 'the earliest and latest instants that an EDTF date allows, inclusive; null if open',
    example: {
      earliest: '2019-12-01T00:00:00.000Z',
      latest: '2019-12-31T23:59:59.999Z',
      approximate: true,
      uncertain: false,
    },
  });
export type DateBounds = z.infer<typeof dateBounds>;

/** The bounds of an EDTF date; `null` for any other text. */
export function edtfBounds(text: string): DateBounds | null {
  const known = KNOWN_BOUNDS.get(text);
  if (known !== undefined) return known;
  const bounds = boundsOf(text);
  if (KNOWN_BOUNDS.size === MOST_KNOWN) KNOWN_BOUNDS.clear();
  KNOWN_BOUNDS.set(text, bounds);
  return bounds;
}

/** A cache of bounded size: parsing takes some 100 µs, and an incident has few dates that are read often. */
const KNOWN_BOUNDS = new Map<string, DateBounds | null>();
const MOST_KNOWN = 10_000;

function boundsOf(text: string): DateBounds | null {
  if (edtfFault(text) !== null) return null;
  const root = parsed(text);
  const [earliest, latest] = spanOf(root);
  const leaves = leavesOf(root);
  return Object.freeze({
    earliest: earliest.text,
    latest: latest.text,
    approximate: leaves.some(({ approximate }) => Boolean(approximate)),
    uncertain: root.type === 'Set' || leaves.some(({ uncertain }) => Boolean(uncertain)),
  });
}
