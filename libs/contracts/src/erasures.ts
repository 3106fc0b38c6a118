import { EXAMPLE_ANNOTATION } from './examples.js';
import { z } from 'zod';
import { phrase, position, prose } from './primitives.js';

/** How many payloads one event erases at most; an erasure of more records several. */
export const MAX_ERASED = 1_000;

const positions = z
  .array(position)
  .min(1)
  .max(MAX_ERASED)
  .refine((given) => new Set(given).size === given.length, { error: 'names a position twice' });
const subject = phrase(255).meta({
  description: 'the id of an annotation, an incident, a document, a member or a token: every event about it',
});
const legalBasis = phrase().meta({
  description: 'the law or the decision that demands it',
  example: 'GDPR Art. 17(1)(d)',
});

/** `POST …/erasures` */
export const erasePayloads = z
  .strictObject({
    positions: positions.optional(),
    subject: subject.optional(),
    includeQuotes: z.boolean().optional().meta({
      description:
        'erase also the events that hold a copy: of a document the claims that quote it, of any of them the suggestions that were decided about it, of single positions the events that say the same of the same thing, as an undo does',
    }),
    reason: prose(),
    legalBasis,
  })
  .refine((given) => (given.positions === undefined) !== (given.subject === undefined), {
    error: 'name either positions or a subject',
  })
  .meta({
    id: 'ErasePayloads',
    example: {
      subject: EXAMPLE_ANNOTATION,
      reason: 'The witness asked for it.',
      legalBasis: 'GDPR Art. 17(1)(d)',
    },
  });
export type ErasePayloads = z.infer<typeof erasePayloads>;

/** What an event of type PayloadErased says. */
export const erasedPayloads = z.strictObject({
  positions,
  subject: subject.optional(),
  quotedAt: z
    .array(position)
    .optional()
    .meta({ description: 'events that still hold a copy of what was erased, as far as ids tell' }),
  reason: prose(),
  legalBasis,
});
