import { z } from 'zod';
import { origin } from '../origins.js';
import { phrase, prose, ofBoundedSize, TOO_LARGE } from '../primitives.js';
import { partsOf, revisionOf } from '../revision.js';
import { disclosed, specificityLevel } from '../vocabularies.js';
import { evidence, statedDate } from './parts.js';
import type { KindDefinition } from './kind.js';

/** How specifically a warning foretold each of four things: four judgements, possibly by different analysts. */
const specificityShape = {
  when: specificityLevel.optional(),
  where: specificityLevel.optional(),
  who: specificityLevel.optional(),
  how: specificityLevel.optional(),
};

/** `POST …/warnings`: what was foretold, by whom, to whom, when and how specifically. */
export const warningFields = z
  .strictObject({
    summary: prose(),
    issuedBy: phrase().optional(),
    issuedTo: z.array(phrase()).max(50).optional(),
    issuedAt: statedDate.optional(),
    channel: phrase().optional(),
    threatActor: phrase().optional(),
    targets: z.array(phrase()).max(50).optional(),
    method: z.array(phrase()).max(50).optional(),
    window: statedDate.optional().meta({ description: 'when the foretold event was to happen' }),
    specificity: z.strictObject(specificityShape).optional().meta({ id: 'Specificity' }),
    disclosed: disclosed.optional(),
    evidence: evidence.optional(),
    origin: origin.optional(),
  })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'RecordWarning',
    example: {
      summary: 'A third note, nine days before the rockets.',
      issuedBy: 'Cassorine intelligence',
      issuedTo: ['Halvanian contingent'],
      issuedAt: { edtf: '2024-01-09', asPrinted: 'dated January 9' },
      specificity: { when: 'vague', where: 'stated', who: 'stated', how: 'none' },
      disclosed: 'after',
    },
  });
export type WarningFields = z.infer<typeof warningFields>;

const { origin: _origin, ...revisable } = warningFields.shape;
export const reviseWarning = revisionOf(
  { ...revisable, specificity: partsOf(specificityShape, 'ReviseSpecificity') },
  'ReviseWarning',
  { channel: 'typed page, by courier', specificity: { how: 'vague' } },
);

export const warning = {
  withArticle: 'a warning',
  path: 'warnings',
  about: 'What was foretold: by whom, to whom, when and how specifically.',
  verb: 'Record',
  commands: { record: 'record-warning', revise: 'revise-warning', retract: 'retract-warning' },
  events: {
    recorded: 'WarningRecorded',
    revised: 'WarningRevised',
    retracted: 'WarningRetracted',
    reinstated: 'WarningReinstated',
  },
  request: warningFields,
  fields: warningFields,
  revise: reviseWarning,
  revised: { specificity: warningFields.shape.specificity.nullish() },
  fixed: ['origin'],
  sets: ['targets', 'evidence'],
  parted: { specificity: Object.keys(specificityShape) },
  references: [{ at: '/evidence/*', to: ['claim'] }],
  calledBy: ['/summary'],
  searched: [
    { at: '/summary', weight: 'A' },
    { at: '/issuedBy', weight: 'B', names: 'person' },
    { at: '/issuedTo/*', weight: 'B', names: 'person' },
    { at: '/threatActor', weight: 'B', names: 'person' },
    { at: '/targets/*', weight: 'D' },
    { at: '/method/*', weight: 'D' },
    { at: '/channel', weight: 'D' },
    { at: '/issuedAt/asPrinted', weight: 'D' },
    { at: '/window/asPrinted', weight: 'D' },
  ],
} as const satisfies KindDefinition;
