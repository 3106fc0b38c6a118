import { EXAMPLE_ANNOTATION, EXAMPLE_ATTACK } from '../examples.js';
import { z } from 'zod';
import { origin } from '../origins.js';
import { entityId, prose, ofBoundedSize, TOO_LARGE } from '../primitives.js';
import { revisionOf } from '../revision.js';
import { assessment, confidence, relation } from '../vocabularies.js';
import { evidence } from './parts.js';
import type { KindDefinition } from './kind.js';

const linkShape = {
  warningId: entityId.optional().meta({ description: 'the warning; or give earlierAttackId' }),
  earlierAttackId: entityId.optional().meta({
    description:
      'in place of a warning, for relations between two attacks (retaliation-for, led-to, same-as, …)',
  }),
  attackId: entityId,
  relation: relation.optional(),
  assessment: assessment.optional(),
  confidence: confidence.optional(),
  grounds: prose().optional(),
  evidence: evidence.optional(),
  origin: origin.optional(),
};
/** `POST …/links`: links a warning, or an earlier attack, to an attack, with the analyst's assessment. */
export const linkFields = z
  .strictObject(linkShape)
  .refine((link) => (link.warningId === undefined) !== (link.earlierAttackId === undefined), {
    error: 'needs a warningId (or, between two attacks, an earlierAttackId in its place)',
    path: ['warningId'],
  })
  .refine((link) => link.earlierAttackId !== link.attackId, {
    error: 'is the attack itself; a link needs two different ends',
    path: ['earlierAttackId'],
  })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'LinkWarning',
    example: {
      warningId: EXAMPLE_ANNOTATION,
      attackId: EXAMPLE_ATTACK,
      relation: 'warned-of',
      assessment: 'likely',
      confidence: 'low',
      grounds: 'An officer remembers the name of the village.',
    },
  });
export type LinkFields = z.infer<typeof linkFields>;

export const reviseLink = revisionOf(
  {
    relation: linkShape.relation,
    assessment: linkShape.assessment,
    confidence: linkShape.confidence,
    grounds: linkShape.grounds,
    evidence: linkShape.evidence,
  },
  'ReviseLink',
  { assessment: 'very-likely', confidence: 'moderate', reason: 'A second source.' },
);

export const link = {
  withArticle: 'a link',
  path: 'links',
  about: 'Warnings linked to attacks, with the likelihood that they belong together.',
  verb: 'Make',
  commands: { record: 'link-warning', revise: 'revise-link', retract: 'retract-link' },
  events: {
    recorded: 'WarningLinked',
    revised: 'LinkRevised',
    retracted: 'LinkRetracted',
    reinstated: 'LinkReinstated',
  },
  request: linkFields,
  fields: linkFields,
  revise: reviseLink,
  fixed: ['warningId', 'earlierAttackId', 'attackId', 'origin'],
  sets: ['evidence'],
  parted: {},
  references: [
    { at: '/warningId', to: ['warning'] },
    { at: '/earlierAttackId', to: ['attack'] },
    { at: '/attackId', to: ['attack'] },
    { at: '/evidence/*', to: ['claim'] },
  ],
  calledBy: ['/relation'],
  searched: [{ at: '/grounds', weight: 'A' }],
} as const satisfies KindDefinition;
