import { z } from 'zod';
import { edtfDate } from './dates.js';
import {
  documentId,
  entityId,
  excerpt,
  instant,
  memberId,
  phrase,
  prose,
  QUOTE_LENGTH,
} from './primitives.js';
import { partsOf, requiredOf, revisionOf } from './revision.js';
import {
  assessment,
  asserterKind,
  confidence,
  credibility,
  disclosed,
  eventType,
  geoPrecision,
  modality,
  outcome,
  quotation,
  relation,
  specificityLevel,
} from './vocabularies.js';

/** The fields of each kind of annotation, as analysts state them. Everything that is not needed for sense is optional. */

const offset = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/**
 * Where a claim stands in its document, as a client states it: W3C Web Annotation TextQuoteSelector (exact, prefix,
 * suffix) and TextPositionSelector (start, end). Offsets count Unicode code points from 0, `end` is exclusive
 * (Web Annotation Data Model §4.2.5). Either the quote, or start and end, or both.
 */
export const anchorRequest = z
  .strictObject({
    documentId,
    exact: excerpt().optional(),
    prefix: excerpt(1000).optional(),
    suffix: excerpt(1000).optional(),
    start: offset.optional(),
    end: offset.optional(),
  })
  .refine(
    (anchor) => anchor.exact !== undefined || (anchor.start !== undefined && anchor.end !== undefined),
    {
      error: 'needs the quote (exact), or both start and end',
    },
  )
  .refine((anchor) => (anchor.start === undefined) === (anchor.end === undefined), {
    error: 'has one of start and end; send both or neither',
  })
  .refine((anchor) => anchor.start === undefined || anchor.end === undefined || anchor.start < anchor.end, {
    error: 'has start at or behind end; offsets count Unicode code points from 0, end is exclusive',
  })
  .refine(({ start = 0, end = 0 }) => end - start <= QUOTE_LENGTH, {
    error: `spans more than ${QUOTE_LENGTH} code points; tag the passage that matters`,
  })
  .meta({
    id: 'AnchorRequest',
    description:
      'start and end count Unicode code points from 0, end is exclusive (W3C Web Annotation §4.2.5)',
    example: {
      documentId: `sha256:${'9f86d081884c7d659a2feaa0c55ad015'.repeat(2)}`,
      exact: 'At least nine people were killed on Tuesday',
    },
  });
export type AnchorRequest = z.infer<typeof anchorRequest>;

/** An anchor that was proved against its document: every part is there and agrees with the text. */
export const anchor = z
  .strictObject({
    documentId,
    exact: z.string(),
    prefix: z.string(),
    suffix: z.string(),
    start: offset,
    end: offset,
  })
  .meta({ id: 'Anchor' });
export type Anchor = z.infer<typeof anchor>;

/** A date as the analyst reads it and as the source prints it. */
export const statedDate = z
  .strictObject({ edtf: edtfDate.optional(), asPrinted: phrase().optional() })
  .refine((date) => date.edtf !== undefined || date.asPrinted !== undefined, {
    error: 'is empty; give edtf, asPrinted or both',
  })
  .meta({ id: 'StatedDate', example: { edtf: '2019-12-27', asPrinted: 'December 27' } });

const count = z.number().int().min(0).max(1_000_000_000);

/** A number that a claim states. An open end is left out: "more than 80" is min 81. */
export const figure = z
  .strictObject({
    counts: phrase(100).meta({ description: 'what is counted: killed, wounded, attackers, arrests, …' }),
    min: count.nullish(),
    max: count.nullish(),
    asPrinted: phrase().optional(),
  })
  .refine((value) => value.min == null || value.max == null || value.min <= value.max, {
    error: 'has min above max',
  })
  .meta({ id: 'Figure', example: { counts: 'killed', min: 9, asPrinted: 'at least nine' } });
export type Figure = z.infer<typeof figure>;

/** One link of the chain of who said it: the first said it, the last printed it. */
export const asserter = z
  .strictObject({ name: phrase(), kind: asserterKind.optional() })
  .meta({ id: 'Asserter', example: { name: 'senior Iraqi intelligence officers', kind: 'anonymous' } });

/** A tag: a free word, kept as typed. */
export const tag = phrase(100).meta({ id: 'Tag', example: 'casualties' });

const unique = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((values) => new Set(values).size === values.length, { error: 'names one thing twice' });

const evidence = unique(entityId, 500).meta({ description: 'ids of claims of this incident' });

const claimShape = {
  statement: prose().optional().meta({ description: 'what is claimed, in the words of the analyst' }),
  asserters: z
    .array(asserter)
    .max(20)
    .optional()
    .meta({ description: 'who said it, through whom, to who printed it' }),
  quotation: quotation.optional(),
  modality: modality.optional(),
  estimative: phrase(100)
    .optional()
    .meta({ description: 'the estimative word as printed: likely, unlikely, …' }),
  credibility: credibility.optional(),
  tags: unique(tag, 50).optional(),
  figure: figure.optional(),
};
/** `POST …/claims` */
export const tagClaim = z.strictObject({ anchor: anchorRequest, ...claimShape }).meta({
  id: 'TagClaim',
  example: {
    anchor: {
      documentId: `sha256:${'9f86d081884c7d659a2feaa0c55ad015'.repeat(2)}`,
      exact: 'At least nine people were killed on Tuesday',
    },
    statement: 'Nine or more died.',
    asserters: [
      { name: 'the regional governor', kind: 'named' },
      { name: 'The Harbour Courier', kind: 'organisation' },
    ],
    quotation: 'paraphrase',
    modality: 'stated',
    credibility: 2,
    tags: ['casualties'],
    figure: { counts: 'killed', min: 9, asPrinted: 'At least nine' },
  },
});
export type TagClaim = z.infer<typeof tagClaim>;
/** A claim's fields as they are stored: the anchor proved. */
export const claimFields = z.strictObject({ anchor, ...claimShape });
export type ClaimFields = z.infer<typeof claimFields>;

/** How exactly a warning foretold each of four things: four judgements, which may come from four hands. */
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
    window: statedDate.optional().meta({ description: 'when the foretold thing was to happen' }),
    specificity: z.strictObject(specificityShape).optional().meta({ id: 'Specificity' }),
    disclosed: disclosed.optional(),
    evidence: evidence.optional(),
  })
  .meta({
    id: 'RecordWarning',
    example: {
      summary: 'Intelligence officers told the capital of bombings "in the coming days"',
      issuedBy: 'Iraqi intelligence',
      issuedTo: ['France'],
      issuedAt: { edtf: '2015-11-12', asPrinted: 'on Thursday' },
      specificity: { when: 'vague', where: 'vague', who: 'stated', how: 'stated' },
      disclosed: 'after',
    },
  });
export type WarningFields = z.infer<typeof warningFields>;

/** Killed or wounded: best, low and high, and the claims that carry each figure. */
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
  })
  .meta({
    id: 'RecordAttack',
    example: {
      summary: 'Rocket attack on K-1',
      occurredAt: { edtf: '2019-12-27', asPrinted: 'December 27' },
      place: { name: 'K-1 base, Kirkuk province', latitude: 35.51, longitude: 44.21 },
    },
  });
export type AttackFields = z.infer<typeof attackFields>;

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
};
/** `POST …/links`: a warning tied to an attack, with the analyst's assessment; or one attack tied to another. */
export const linkFields = z
  .strictObject(linkShape)
  .refine((link) => (link.warningId === undefined) !== (link.earlierAttackId === undefined), {
    error: 'needs a warningId (or, between two attacks, an earlierAttackId in its place)',
    path: ['warningId'],
  })
  .refine((link) => link.earlierAttackId !== link.attackId, {
    error: 'is the attack itself; a link ties two different things',
    path: ['earlierAttackId'],
  })
  .meta({
    id: 'LinkWarning',
    example: {
      warningId: '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d',
      attackId: '01990f3e-8d2b-7c63-8e6f-7a2d3b4c5d6e',
      relation: 'warned-of',
      assessment: 'likely',
      confidence: 'low',
      grounds: 'One anonymous official, through one agency.',
    },
  });
export type LinkFields = z.infer<typeof linkFields>;

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
    owner: memberId.optional().meta({ description: 'the member who is to settle it' }),
  })
  .meta({
    id: 'RaiseDispute',
    example: {
      question: 'How many people did the bomb kill?',
      targets: ['01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d'],
      positions: [
        {
          statement: '38.',
          heldBy: 'Ministry of Health',
          evidence: ['01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d'],
        },
        { statement: '44.', heldBy: 'The traders' },
      ],
      grounds: 'The traders have not opened their list.',
    },
  });
export type DisputeFields = z.infer<typeof disputeFields>;

/** `POST …/comments`: on an annotation of this incident, or on the incident itself. */
export const commentFields = z
  .strictObject({ targetId: entityId, body: prose(), replyTo: entityId.optional() })
  .meta({
    id: 'MakeComment',
    example: { targetId: '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d', body: 'One agency, two papers?' },
  });
export type CommentFields = z.infer<typeof commentFields>;

/** `POST …/disputes/{id}/resolution` */
export const settleDispute = z
  .strictObject({
    outcome,
    prevailing: z
      .number()
      .int()
      .min(0)
      .optional()
      .meta({ description: 'index of the position that prevails, from 0' }),
    reason: prose(),
  })
  .refine((resolution) => (resolution.outcome === 'prevails') === (resolution.prevailing !== undefined), {
    error: 'goes with the outcome prevails, and only with it',
    path: ['prevailing'],
  })
  .meta({
    id: 'SettleDispute',
    example: { outcome: 'prevails', prevailing: 1, reason: 'Two independent sources agree.' },
  });
export type SettleDispute = z.infer<typeof settleDispute>;
/** A settlement, and who made it when. */
export const settledResolution = settleDispute.safeExtend({ decidedBy: memberId, decidedAt: instant });
export const disputeStanding = z.enum(['open', 'resolved', 'reopened', 'withdrawn']);
export type DisputeStanding = z.infer<typeof disputeStanding>;

/** `POST …/retraction`: nothing is removed; the annotation says that it no longer stands, and why. */
export const retraction = z
  .strictObject({ reason: prose() })
  .meta({ id: 'Retraction', example: { reason: 'Misread the date.' } });
export type Retraction = z.infer<typeof retraction>;
/** `POST …/withdrawal` and `…/reopening`, and the closing of an incident. */
export const optionalReason = z
  .strictObject({ reason: prose().optional() })
  .meta({ id: 'OptionalReason', example: { reason: 'The traders opened their list.' } });

export type OptionalReason = z.infer<typeof optionalReason>;

/** `POST /incidents` */
export const openIncident = z.strictObject({ title: phrase(1000), summary: prose().optional() }).meta({
  id: 'OpenIncident',
  example: { title: 'Rockets at K-1', summary: 'Who fired, and who was told before.' },
});
export type OpenIncident = z.infer<typeof openIncident>;

export const reviseClaim = revisionOf({ anchor: anchorRequest, ...claimShape }, 'ReviseClaim', {
  tags: ['casualties', 'early-toll'],
  figure: null,
  reason: 'The figure is the other paper’s.',
});
export const reviseWarning = revisionOf(
  { ...warningFields.shape, specificity: partsOf(specificityShape, 'ReviseSpecificity') },
  'ReviseWarning',
  { channel: 'typed page, by courier', specificity: { how: 'stated' } },
);
export const reviseAttack = revisionOf(
  { ...attackFields.shape, casualties: partsOf(casualtiesShape, 'ReviseCasualties') },
  'ReviseAttack',
  { claimedBy: null },
);
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
export const reviseDispute = revisionOf(disputeFields.shape, 'ReviseDispute', {
  owner: 'alice',
  reason: 'She has the registers.',
});
export const reviseComment = revisionOf({ body: commentFields.shape.body }, 'ReviseComment', {
  body: 'One agency, three papers?',
});
export const reviseIncident = revisionOf(openIncident.shape, 'ReviseIncident', {
  title: 'Rockets at K-1, and what followed',
});
export type ReviseIncident = z.infer<typeof reviseIncident>;

/** The kinds of annotation, as the paths and the views name them. */
export const annotationKind = z
  .enum(['claim', 'warning', 'attack', 'link', 'dispute', 'comment'])
  .meta({ id: 'AnnotationKind' });
export type AnnotationKind = z.infer<typeof annotationKind>;

/** A kind with its article, for sentences. */
export const aKind = (kind: AnnotationKind): string => `${kind === 'attack' ? 'an' : 'a'} ${kind}`;

/** The stored fields of each kind. */
export interface FieldsOf {
  claim: ClaimFields;
  warning: WarningFields;
  attack: AttackFields;
  link: LinkFields;
  dispute: DisputeFields;
  comment: CommentFields;
}
/** What a link ties and what a comment is on: never revised; another link, another comment takes its place. */
type FixedField = 'warningId' | 'earlierAttackId' | 'attackId' | 'targetId' | 'replyTo';
/** What a revision changes: a value sets the field, `null` clears it. */
export type ChangesOf<K extends AnnotationKind> = {
  [F in Exclude<keyof FieldsOf[K], FixedField>]?: FieldsOf[K][F] | null;
};

/**
 * The fields that are changed part by part, each with its parts: what a revision does not say of one stays, `null` clears it. The parts of
 * every other object say one thing together (a quote and where it stands, a date and its words, a place and its coordinates), so a revision
 * gives those whole.
 */
export const PARTED_FIELDS = {
  specificity: Object.keys(specificityShape),
  casualties: Object.keys(casualtiesShape),
} as const satisfies Record<string, readonly string[]>;
/** A revision as it is asked for: of a field with parts, those that change. Recorded, it says the field whole. */
export type RequestedChangesOf<K extends AnnotationKind> = {
  [F in keyof ChangesOf<K>]: F extends keyof typeof PARTED_FIELDS
    ? { [P in keyof NonNullable<ChangesOf<K>[F]>]: NonNullable<ChangesOf<K>[F]>[P] | null } | null
    : ChangesOf<K>[F];
};

/** The fields that each kind is meaningless without: set by a revision, never cleared. */
export const REQUIRED_FIELDS: Readonly<Record<AnnotationKind, ReadonlySet<string>>> = {
  claim: requiredOf(claimFields.shape),
  warning: requiredOf(warningFields.shape),
  attack: requiredOf(attackFields.shape),
  link: requiredOf(linkFields.shape),
  dispute: requiredOf(disputeFields.shape),
  comment: requiredOf(commentFields.shape),
};
