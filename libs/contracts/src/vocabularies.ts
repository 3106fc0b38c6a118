import { z } from 'zod';

/**
 * The closed lists of the field, in their official words. The word is stored; numbers are derived from it.
 * Sources: ICD 203 (estimative words and analytic confidence), Admiralty scale (NATO STANAG 2511), FIRST TLP 2.0,
 * GTD codebook (attack types), ACLED codebook (geo-precision).
 */

/** ICD 203 §D.6.e.2.a: the seven steps, each with its probability range in percent. */
export const ESTIMATIVE_RANGES = {
  'almost-no-chance': [1, 5],
  'very-unlikely': [5, 20],
  unlikely: [20, 45],
  'roughly-even-chance': [45, 55],
  likely: [55, 80],
  'very-likely': [80, 95],
  'almost-certain': [95, 99],
} as const;

const keysOf = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as [K, ...K[]];

export const assessment = z.enum(keysOf(ESTIMATIVE_RANGES)).meta({ id: 'Assessment', example: 'likely' });

/** ICD 203: confidence in the judgement, not the probability of the event. */
export const confidence = z.enum(['low', 'moderate', 'high']).meta({ id: 'Confidence', example: 'moderate' });

/** Admiralty scale, first axis: the source. */
export const RELIABILITY_WORDS = {
  A: 'Completely reliable',
  B: 'Usually reliable',
  C: 'Fairly reliable',
  D: 'Not usually reliable',
  E: 'Unreliable',
  F: 'Reliability cannot be judged',
} as const;
export const reliability = z.enum(keysOf(RELIABILITY_WORDS)).meta({ id: 'Reliability', example: 'B' });

/** Admiralty scale, second axis: the information. 6 means that it cannot be judged, so it has no number on other scales. */
export const CREDIBILITY_WORDS = {
  1: 'Confirmed by other sources',
  2: 'Probably true',
  3: 'Possibly true',
  4: 'Doubtful',
  5: 'Improbable',
  6: 'Truth cannot be judged',
} as const;
export const credibility = z.literal([1, 2, 3, 4, 5, 6]).meta({
  id: 'Credibility',
  description: 'Admiralty scale, 1 (confirmed) to 6 (cannot be judged)',
  example: 2,
});

/** FIRST Traffic Light Protocol 2.0, from the widest audience to the narrowest. */
export const TLP_ORDER = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export const tlp = z.enum(TLP_ORDER).meta({ id: 'Tlp', example: 'clear' });
export type Tlp = z.infer<typeof tlp>;

/** 0 for clear and unmarked, up to 4 for red. */
export const tlpRank = (marking: Tlp | null | undefined): number =>
  marking == null ? 0 : TLP_ORDER.indexOf(marking);

export const asserterKind = z
  .enum(['named', 'anonymous', 'organisation', 'document'])
  .meta({ id: 'AsserterKind', description: '`document`: the document itself says it; nobody is named' });

export const quotation = z.enum(['verbatim', 'paraphrase']).meta({ id: 'Quotation' });

export const modality = z
  .enum(['stated', 'hedged', 'denied', 'question', 'speculation'])
  .meta({ id: 'Modality', description: 'how the source presents it' });

export const specificityLevel = z.enum(['none', 'vague', 'stated']).meta({ id: 'SpecificityLevel' });

export const disclosed = z.enum(['before', 'after', 'unknown']).meta({
  id: 'Disclosed',
  description: 'whether the warning became public before or after the event that it foretold',
});

export const relation = z
  .enum(['warned-of', 'context', 'retaliation-for', 'led-to', 'same-as', 'unrelated'])
  .meta({ id: 'Relation' });

/** GTD codebook, attack type. */
export const eventType = z
  .enum([
    'assassination',
    'armed-assault',
    'bombing-explosion',
    'hijacking',
    'hostage-taking-barricade',
    'hostage-taking-kidnapping',
    'facility-infrastructure-attack',
    'unarmed-assault',
    'unknown',
  ])
  .meta({ id: 'EventType', description: 'GTD attack type' });

/** ACLED geo-precision 1 to 3. */
export const geoPrecision = z
  .enum(['exact', 'near', 'region'])
  .meta({ id: 'GeoPrecision', description: 'ACLED geo-precision 1, 2 and 3' });

export const outcome = z
  .enum(['prevails', 'compatible', 'all-kept', 'unresolvable'])
  .meta({ id: 'Outcome', description: 'how a dispute was settled' });

/** The roles, from least to most privileged. The API's permission table says what each may do. */
export const role = z
  .enum(['reader', 'annotator', 'adjudicator', 'auditor', 'admin'])
  .meta({ id: 'Role', example: 'annotator' });
export type Role = z.infer<typeof role>;

/** The permissions. The API's table grants them to roles; a token may be narrowed to some. */
export const permission = z
  .enum(['read', 'propose', 'annotate', 'adjudicate', 'oversee', 'administer'])
  .meta({
    id: 'Permission',
    description:
      'propose: propose annotations for others to decide on; oversee: see incidents restricted to others; routes name the other permissions',
  });
export type Permission = z.infer<typeof permission>;
