import { z } from 'zod';
import { origin } from '../origins.js';
import { phrase, prose, ofBoundedSize, TOO_LARGE } from '../primitives.js';
import { partsOf, revisionOf } from '../revision.js';
import { eventType, geoPrecision } from '../vocabularies.js';
import { count, evidence, statedDate } from './parts.js';
import type { KindDefinition } from './kind.js';

/** Killed or wounded: best, low and high, with the claims behind each figure. */
const toll = z
  .strictObject({
    best: count.optional(),
    low: count.optional(),
    high: count.optional(),
    evidence: evidence.optional(),
  })
  .refine(
    ({ low, best, high }) =>
      (low ?? 0) <= (best ?? high ?? Infinity) && (best ?? low ?? 0) <= (high ?? Infinity),
    { error: 'must keep low at or below best, and best at or below high' },
  )
  .meta({ id: 'Toll' });
const casualtiesShape = { killed: toll.optional(), wounded: toll.optional() };

/** `POST …/attacks`: what happened, when, where, to whom. */
export const attackFields = z
  .strictObject({
    summary: prose(),
    occurredAt: statedDate.optional(),
    eventType: eventType.optional(),
    place: z
      .strictObject({
        name: phrase().optional(),
        country: phrase(200).optional(),
        latitude: z.number().min(-90).max(90).optional(),
        longitude: z.number().min(-180).max(180).optional(),
        geoPrecision: geoPrecision.optional(),
      })
      .refine((place) => (place.latitude === undefined) === (place.longitude === undefined), {
        error: 'has one of latitude and longitude; send both or neither',
      })
      .optional()
      .meta({ id: 'Place' }),
    actors: z.array(phrase()).max(50).optional(),
    claimedBy: phrase().optional(),
    weapons: z.array(phrase()).max(50).optional(),
    casualties: z.strictObject(casualtiesShape).optional().meta({ id: 'Casualties' }),
    evidence: evidence.optional(),
    origin: origin.optional(),
  })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'RecordAttack',
    example: {
      summary: 'Rockets strike the airfield at Tarrick.',
      occurredAt: { edtf: '2024-01-18', asPrinted: 'January 18' },
      place: { name: 'Tarrick airfield, Cassorine', latitude: -49.0213, longitude: -121.7702 },
    },
  });
export type AttackFields = z.infer<typeof attackFields>;

const { origin: _origin, ...revisable } = attackFields.shape;
export const reviseAttack = revisionOf(
  { ...revisable, casualties: partsOf(casualtiesShape, 'ReviseCasualties') },
  'ReviseAttack',
  { claimedBy: 'Ember Circle', reason: 'The film of 3 February.' },
);

export const attack = {
  withArticle: 'an attack',
  path: 'attacks',
  about: 'What happened: when, where, to whom, and who claims it.',
  verb: 'Record',
  commands: { record: 'record-attack', revise: 'revise-attack', retract: 'retract-attack' },
  events: {
    recorded: 'AttackRecorded',
    revised: 'AttackRevised',
    retracted: 'AttackRetracted',
    reinstated: 'AttackReinstated',
  },
  request: attackFields,
  fields: attackFields,
  revise: reviseAttack,
  revised: { casualties: attackFields.shape.casualties.nullish() },
  fixed: ['origin'],
  sets: ['evidence'],
  parted: { casualties: Object.keys(casualtiesShape) },
  references: [
    { at: '/evidence/*', to: ['claim'] },
    { at: '/casualties/killed/evidence/*', to: ['claim'] },
    { at: '/casualties/wounded/evidence/*', to: ['claim'] },
  ],
  calledBy: ['/summary'],
  searched: [
    { at: '/summary', weight: 'A' },
    { at: '/place/name', weight: 'C', names: 'place' },
    { at: '/place/country', weight: 'C', names: 'place' },
    { at: '/actors/*', weight: 'B', names: 'person' },
    { at: '/claimedBy', weight: 'B', names: 'person' },
    { at: '/weapons/*', weight: 'D' },
    { at: '/occurredAt/asPrinted', weight: 'D' },
  ],
} as const satisfies KindDefinition;
