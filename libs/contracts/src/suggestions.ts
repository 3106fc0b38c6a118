import { z } from 'zod';
import { documentId, entityId, memberId, prose } from './primitives.js';

/** Observations of the service that an analyst decides about. */

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

/** The facts behind a suggestion. Other facts make another suggestion. */
export const suggestionFacts = z
  .strictObject({
    counts: z.string().optional().meta({ description: 'what the contradictory figures count' }),
    figures: z
      .array(z.strictObject({ claimId: entityId, min: bound, max: bound }))
      .optional()
      .meta({ description: 'the contradictory figures' }),
    quote: z
      .string()
      .optional()
      .meta({ description: 'the quote, ignoring case, quotation marks and spacing' }),
    parties: z
      .array(z.strictObject({ claimId: entityId, name: z.string() }))
      .optional()
      .meta({ description: 'the quoted person' }),
    span: z
      .strictObject({ documentId, start: z.number().int(), end: z.number().int() })
      .optional()
      .meta({ description: 'the claim made twice' }),
    issuedAt: z.string().optional().meta({ description: 'when the warning was issued (EDTF)' }),
    window: z.string().optional().meta({ description: 'when the foretold event was to happen (EDTF)' }),
    occurredAt: z.string().optional().meta({ description: 'when the attack occurred (EDTF)' }),
  })
  .meta({ id: 'SuggestionFacts' });
export type SuggestionFacts = z.infer<typeof suggestionFacts>;

/** A suggestion as it was when decided: the decision stays readable after the facts change. */
export const suggested = z.strictObject({
  kind: suggestionKind,
  subjects: z.array(entityId).min(1).meta({ description: 'its annotations, by id' }),
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
      .meta({ description: 'the member who should settle the dispute, if accepting raises one' }),
  })
  .meta({ id: 'AcceptSuggestion', example: { reason: 'Both figures are for the same day.' } });
export type AcceptSuggestion = z.infer<typeof acceptSuggestion>;

/** `POST …/suggestions/{id}/dismissal` */
export const dismissSuggestion = z
  .strictObject({ reason: prose() })
  .meta({ id: 'DismissSuggestion', example: { reason: 'The lower figure counts one hospital alone.' } });
export type DismissSuggestion = z.infer<typeof dismissSuggestion>;
