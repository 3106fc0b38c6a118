import { EXAMPLE_ANNOTATION } from './examples.js';
import { z } from 'zod';
import { phrase, position, prose } from './primitives.js';

/** Maximum number of payloads that one event erases; a larger erasure records several events. */
export const MAX_ERASED = 1_000;

const positions = z
  .array(position)
  .min(1)
  .max(MAX_ERASED)
  .refine((given) => new Set(given).size === given.length, { error: 'names a position twice' });
const subject = phrase(255).meta({
  description: 'the id of an annotation, incident, document, member or token: erases every event about it',
});
const legalBasis = phrase().meta({
  description: 'the law or decision that requires it',
  example: 'GDPR Art. 17(1)(d)',
});

/** `POST …/erasures` */
export const erasePayloads = z
  .strictObject({
    positions: positions.optional(),
    subject: subject.optional(),
    includeQuotes: z.boolean().optional().meta({
      description:
        'also erase the events that hold a copy: claims that quote an erased document, decisions on suggestions about an erased thing, and events that repeat an erased one, such as an undo',
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

/** The payload of PayloadErased. */
export const erasedPayloads = z.strictObject({
  positions,
  subject: subject.optional(),
  quotedAt: z
    .array(position)
    .optional()
    .meta({ description: 'events that still hold a copy of the erased content, found by their ids' }),
  reason: prose(),
  legalBasis,
});
