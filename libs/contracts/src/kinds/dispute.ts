import { EXAMPLE_ANNOTATION } from '../examples.js';
import { z } from 'zod';
import { origin } from '../origins.js';
import { entityId, instant, memberId, phrase, prose, ofBoundedSize, TOO_LARGE } from '../primitives.js';
import { revisionOf } from '../revision.js';
import { outcome } from '../vocabularies.js';
import { evidence, unique } from './parts.js';
import type { KindDefinition } from './kind.js';

/** One side of a dispute. */
const disputePosition = z
  .strictObject({ statement: prose(), heldBy: phrase().optional(), evidence: evidence.optional() })
  .meta({ id: 'DisputePosition' });

/** `POST …/disputes`: a challenge to annotations, with positions that each have their evidence. */
export const disputeFields = z
  .strictObject({
    question: prose(),
    targets: unique(entityId, 100).min(1, {
      error: 'is empty; name the annotation or annotations in dispute',
    }),
    positions: z.array(disputePosition).max(50).optional(),
    grounds: prose().optional(),
    owner: memberId.optional().meta({ description: 'the member who should settle it' }),
    origin: origin.optional(),
  })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'RaiseDispute',
    example: {
      question: 'Who fired on Tarrick?',
      targets: [EXAMPLE_ANNOTATION],
      positions: [
        {
          statement: 'The Ember Circle.',
          heldBy: 'Cassorine intelligence',
          evidence: [EXAMPLE_ANNOTATION],
        },
        { statement: 'The Two Rivers Guard.', heldBy: 'Government of Halvane' },
      ],
      grounds: 'Halvane’s evidence has not been shown.',
    },
  });
export type DisputeFields = z.infer<typeof disputeFields>;

/** `POST …/disputes/{id}/resolution` */
export const settleDispute = z
  .strictObject({
    outcome,
    prevailing: z
      .number()
      .int()
      .min(0)
      .optional()
      .meta({ description: 'index of the prevailing position, from 0' }),
    reason: prose(),
  })
  .refine((resolution) => (resolution.outcome === 'prevails') === (resolution.prevailing !== undefined), {
    error: 'is required for the outcome prevails, and only allowed there',
    path: ['prevailing'],
  })
  .meta({
    id: 'SettleDispute',
    example: { outcome: 'prevails', prevailing: 1, reason: 'Two independent sources agree.' },
  });
export type SettleDispute = z.infer<typeof settleDispute>;
/** A settlement with its member and time. */
export const settledResolution = settleDispute.safeExtend({ decidedBy: memberId, decidedAt: instant });
export const disputeStanding = z.enum(['open', 'resolved', 'reopened', 'withdrawn']);
export type DisputeStanding = z.infer<typeof disputeStanding>;

const { origin: _origin, ...revisable } = disputeFields.shape;
export const reviseDispute = revisionOf(revisable, 'ReviseDispute', {
  owner: 'alice',
  reason: 'She has read the note.',
});

export const dispute = {
  withArticle: 'a dispute',
  path: 'disputes',
  about: 'Contradictory positions, and their settlement.',
  verb: 'Raise',
  commands: { record: 'raise-dispute', revise: 'revise-dispute', retract: 'retract-dispute' },
  events: {
    recorded: 'DisputeRaised',
    revised: 'DisputeRevised',
    retracted: 'DisputeRetracted',
    reinstated: 'DisputeReinstated',
  },
  request: disputeFields,
  fields: disputeFields,
  revise: reviseDispute,
  fixed: ['origin'],
  sets: ['targets'],
  parted: {},
  references: [
    { at: '/targets/*', to: ['claim', 'warning', 'attack', 'link', 'comment', 'dispute', 'item'] },
    { at: '/positions/*/evidence/*', to: ['claim'] },
  ],
  calledBy: ['/question'],
  searched: [
    { at: '/question', weight: 'A' },
    { at: '/positions/*/statement', weight: 'D' },
    { at: '/positions/*/heldBy', weight: 'B', names: 'person' },
    { at: '/grounds', weight: 'D' },
  ],
} as const satisfies KindDefinition;
