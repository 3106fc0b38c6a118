import { z } from 'zod';
import { documentId, entityId, memberId, prose } from './primitives.js';

/** What the service notices and an analyst decides about. */

export const suggestionKind = z
  .enum([
    'contradictory-figures',
    'one-quote-two-parties',
    'span-claimed-twice',
    'warning-without-link',
    'window-covers-attack',
  ])
  .meta({ id: 'SuggestionKind' });
export type SuggestionKind = z.infer<typeof suggestionKind>;

const bound = z.number().int().nullable();

/** What makes a suggestion true. With other facts it is another suggestion. */
export const suggestionFacts = z
  .strictObject({
    counts: z.string().optional().meta({ description: 'what contradictory figures count' }),
    figures: z
      .array(z.strictObject({ claimId: entityId, min: bound, max: bound }))
      .optional()
      .meta({ description: 'the contradictory figures' }),
    quote: z
      .string()
      .optional()
      .meta({ description: 'what is quoted, case, quotation marks and spacing aside' }),
    parties: z
      .array(z.strictObject({ claimId: entityId, name: z.string() }))
      .optional()
      .meta({ description: 'who is quoted with it' }),
    span: z
      .strictObject({ documentId, start: z.number().int(), end: z.number().int() })
      .optional()
      .meta({ description: 'what is claimed twice' }),
    issuedAt: z.string().optional().meta({ description: 'when the warning was issued (EDTF)' }),
    window: z.string().optional().meta({ description: 'when the foretold thing was to happen (EDTF)' }),
    occurredAt: z.string().optional().meta({ description: 'when the attack occurred (EDTF)' }),
  })
  .meta({ id: 'SuggestionFacts' });
export type SuggestionFacts = z.infer<typeof suggestionFacts>;

/** What was suggested, as it was when it was decided about: the decision stays readable when the facts have changed. */
export const suggested = z.strictObject({
  kind: suggestionKind,
  subjects: z
    .array(entityId)
    .min(1)
    .meta({ description: 'the annotations that it is about, in order of their ids' }),
  sentence: prose(),
  facts: suggestionFacts,
});
export type Suggested = z.infer<typeof suggested>;

/** `POST …/suggestions/{id}/acceptance` */
export const acceptSuggestion = z
  .strictObject({
    reason: prose().optional(),
    owner: memberId
      .optional()
      .meta({ description: 'who is to settle the dispute, where accepting raises one' }),
  })
  .meta({ id: 'AcceptSuggestion', example: { reason: 'Both figures are for the same day.' } });
export type AcceptSuggestion = z.infer<typeof acceptSuggestion>;

/** `POST …/suggestions/{id}/dismissal` */
export const dismissSuggestion = z
  .strictObject({ reason: prose() })
  .meta({ id: 'DismissSuggestion', example: { reason: 'The lower figure counts one hospital alone.' } });
export type DismissSuggestion = z.infer<typeof dismissSuggestion>;
