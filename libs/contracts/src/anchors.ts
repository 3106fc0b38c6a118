import { EXAMPLE_DOCUMENT, EXAMPLE_QUOTE } from './examples.js';
import { z } from 'zod';
import { documentId, excerpt, QUOTE_LENGTH } from './primitives.js';

const offset = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** The text directly before or after a quote. An empty one constrains nothing, as at an edge of the text. */
const context = excerpt(1000, 0);

/**
 * The place of a claim in its document, as a client states it: W3C Web Annotation TextQuoteSelector (exact, prefix,
 * suffix) and TextPositionSelector (start, end). Offsets count Unicode code points from 0, `end` is exclusive
 * (Web Annotation Data Model §4.2.5). Either the quote, or start and end, or both.
 */
export const anchorRequest = z
  .strictObject({
    documentId,
    exact: excerpt().optional(),
    prefix: context.optional(),
    suffix: context.optional(),
    start: offset.optional(),
    end: offset.optional(),
  })
  .refine(
    (anchor) => anchor.exact !== undefined || (anchor.start !== undefined && anchor.end !== undefined),
    {
      error: 'needs the quote (exact), or both start and end',
    },
  )
  .refine((anchor) => (anchor.start === undefined) === (anchor.end === undefined), {
    error: 'has one of start and end; send both or neither',
  })
  .refine((anchor) => anchor.start === undefined || anchor.end === undefined || anchor.start < anchor.end, {
    error: 'has start at or behind end; offsets count Unicode code points from 0, end is exclusive',
  })
  .refine(({ start = 0, end = 0 }) => end - start <= QUOTE_LENGTH, {
    error: `spans more than ${QUOTE_LENGTH} code points; tag a shorter passage`,
  })
  .meta({
    id: 'AnchorRequest',
    description:
      'start and end count Unicode code points from 0, end is exclusive (W3C Web Annotation §4.2.5)',
    example: {
      documentId: EXAMPLE_DOCUMENT,
      exact: EXAMPLE_QUOTE,
    },
  });
export type AnchorRequest = z.infer<typeof anchorRequest>;

/** An anchor proved against its document: every part is present and agrees with the text. */
export const anchor = z
  .strictObject({
    documentId,
    exact: z.string(),
    prefix: z.string(),
    suffix: z.string(),
    start: offset,
    end: offset,
  })
  .meta({ id: 'Anchor' });
export type Anchor = z.infer<typeof anchor>;
