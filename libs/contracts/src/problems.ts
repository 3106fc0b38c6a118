import { z } from 'zod';

/**
 * The refusals of the domain, as data: a code and facts. The HTTP status of each is in the API's problem filter alone.
 */
export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence: what is wrong and what to do. */
  readonly detail: string;
  /** Facts for programs: ids, occurrences, the nearest text, the changes in between. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export const REFUSAL_CODES = [
  'incident-unknown',
  'incident-closed',
  'restriction-without-you',
  'clearance-beyond-yours',
  'document-unknown',
  'document-not-attached',
  'document-in-use',
  'document-erased',
  'annotation-unknown',
  'annotation-retracted',
  'reference-unknown',
  'reference-of-wrong-kind',
  'reference-retracted',
  'quote-not-found',
  'quote-ambiguous',
  'quote-mismatch',
  'position-unknown',
  'dispute-not-open',
  'dispute-not-settled',
  'suggestion-unknown',
  'field-required',
  'revision-mismatch',
  'precondition-required',
  'undo-conflict',
  'member-unknown',
  'member-exists',
  'member-last-admin',
  'token-unknown',
  'token-expired',
  'event-unknown',
  'event-not-erasable',
  'not-permitted',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** RFC 9457 problem details; `errors` names each fault in the request by JSON Pointer (RFC 6901). */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z
      .array(
        z.strictObject({
          detail: z.string(),
          pointer: z.string().optional(),
          parameter: z.string().optional(),
          header: z.string().optional(),
        }),
      )
      .optional(),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457 problem details',
    example: {
      type: 'urn:casebook:problem:quote-not-found',
      title: 'The quote is not in the document',
      status: 422,
      detail: 'The document does not contain this text; the nearest passage begins at code point 103.',
    },
  });
export type Problem = z.infer<typeof problem>;
