import { parse } from 'edtf';
import { z } from 'zod';

/** Why a text is not EDTF: the fault's place in UTF-16 units from 0, where the parser knows it. */
export interface EdtfFault {
  readonly offset: number | null;
  readonly message: string;
}

/** `null` if `text` is EDTF (ISO 8601-2:2019, levels 0 to 2), else where and why it is not. */
export function edtfFault(text: string): EdtfFault | null {
  try {
    parse(text, { level: 2 });
    return null;
  } catch (error) {
    const offset = (error as { offset?: unknown }).offset;
    if (typeof offset === 'number') {
      return {
        offset,
        message: `is not an EDTF date (ISO 8601-2): ${JSON.stringify(text.slice(offset, offset + 1))} at character ${offset + 1} does not fit; write for instance 2019-12-27, 2019-12~, {2019-11,2019-12} or ../2015-11-13`,
      };
    }
    if (error instanceof RangeError) {
      return { offset: null, message: `is not an EDTF date (ISO 8601-2): ${error.message}` };
    }
    return {
      offset: text.length,
      message:
        text === ''
          ? 'is not an EDTF date (ISO 8601-2): it is empty; leave it out where no date is known'
          : 'is not an EDTF date (ISO 8601-2): it ends too early; write for instance 2019-12-27 or 2019-12~',
    };
  }
}

/** A date in EDTF, stored as written. */
export const edtfDate = z
  .string()
  .max(200)
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
