import edtf, { parse } from 'edtf';
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
