import { z } from 'zod';
import {
  annotationKind,
  asserter,
  attackFields,
  figure,
  linkFields,
  statedDate,
  warningFields,
} from './kinds/index.js';
import { dateBounds } from './dates.js';
import { documentId, entityId, instant, knownMemberId, position } from './primitives.js';
import { suggested } from './suggestions.js';
import { writeAnswer } from './views.js';
import { disclosed, modality, specificityLevel } from './vocabularies.js';

/** Analyses of an incident. docs/analysis.md explains how and why. */

const count = z.number().int().min(0);
/** The incident and the position of its latest change: the answer is a function of both. */
const ofIncident = { incidentId: entityId, position };

// ---- sources ----

/** Claims, their documents, and how many independent sources those come down to. */
export const supportView = z
  .strictObject({
    claimCount: count,
    documentCount: count,
    sourceCount: count.meta({ description: 'independent upstream sources; never more than documents' }),
    voiceCount: count.meta({
      description: 'different parties quoted at first hand; a document speaking for itself counts as one',
    }),
    sources: z.array(
      z.strictObject({
        name: z
          .string()
          .meta({ description: 'the upstream report, agency, publisher or title, whichever is known first' }),
        documents: z.array(documentId),
        claims: z.array(entityId),
      }),
    ),
    voices: z.array(z.string()),
  })
  .meta({ id: 'Support' });
export type SupportView = z.infer<typeof supportView>;

export const supportReason = z
  .enum(['itself', 'same-position', 'same-figure', 'same-words'])
  .meta({ id: 'SupportReason', description: 'why a claim supports another' });

/** `GET …/incidents/{id}/sources` */
export const sourcesView = z
  .strictObject({
    ...ofIncident,
    claims: z.array(
      z.strictObject({
        claimId: entityId,
        words: z.string().meta({ description: 'the statement, or the quote' }),
        support: supportView,
        because: z.array(
          z.strictObject({
            claimId: entityId,
            reason: supportReason,
            through: entityId
              .optional()
              .meta({ description: 'the dispute or the attack that holds both claims' }),
          }),
        ),
      }),
    ),
    positions: z.array(
      z.strictObject({
        disputeId: entityId,
        index: count,
        statement: z.string(),
        support: supportView,
      }),
    ),
    evidence: z.array(
      z.strictObject({
        annotationId: entityId,
        kind: annotationKind,
        words: z.string(),
        support: supportView,
      }),
    ),
  })
  .meta({ id: 'Sources' });
export type SourcesView = z.infer<typeof sourcesView>;

// ---- casualties ----

const number = z.number().int().nullable();

export const statedFigureView = z
  .strictObject({
    claimId: entityId,
    ...figure.shape,
    min: number,
    max: number,
    documentId,
    exact: z.string(),
    start: z.number().int(),
    end: z.number().int(),
    asserters: z.array(asserter),
    modality: modality.optional(),
    counted: z.boolean().meta({
      description:
        'counts towards low, high and best; a figure that is denied, asked or speculated is only listed',
    }),
  })
  .meta({ id: 'StatedFigure' });
export type StatedFigureView = z.infer<typeof statedFigureView>;

export const tollView = z
  .strictObject({
    counts: z.string().meta({ description: 'what is counted: killed, wounded, missing, …' }),
    low: number.meta({ description: 'the lowest number stated' }),
    high: number.meta({ description: 'the highest number stated' }),
    openBelow: z.boolean().meta({ description: 'the source of the lowest number says it may be lower' }),
    openAbove: z.boolean().meta({ description: 'the source of the highest number says it may be higher' }),
    best: z
      .strictObject({
        min: number,
        max: number,
        basis: z.enum(['analyst', 'derived']),
        claims: z.array(entityId).meta({ description: 'the claims that state it' }),
        sourceCount: count,
      })
      .nullable(),
    analyst: z
      .strictObject({ best: count.optional(), low: count.optional(), high: count.optional() })
      .optional()
      .meta({ description: 'the figures recorded on the attack itself' }),
    support: supportView,
    figures: z.array(statedFigureView),
    retracted: z.array(statedFigureView),
  })
  .meta({ id: 'TollLedger' });
export type TollView = z.infer<typeof tollView>;

/** `GET …/incidents/{id}/casualties` */
export const casualtiesView = z
  .strictObject({
    ...ofIncident,
    attacks: z.array(
      z.strictObject({
        attackId: entityId,
        summary: z.string(),
        occurredAt: statedDate.optional(),
        tolls: z.array(tollView),
      }),
    ),
    ofNoAttack: z.array(statedFigureView).meta({
      description:
        'figures of claims that are not evidence of any current attack: not part of a toll, and not compared',
    }),
  })
  .meta({ id: 'CasualtyLedger' });
export type CasualtiesView = z.infer<typeof casualtiesView>;

// ---- warnings ----

/** Whole calendar days (UTC) from a warning to an attack. Negative if the warning may have come after it. */
export const leadTimeView = z
  .strictObject({
    minDays: number.meta({ description: 'null: unbounded below' }),
    maxDays: number.meta({ description: 'null: unbounded above' }),
    order: z
      .enum(['before', 'same-day', 'after', 'undetermined'])
      .meta({ description: 'whether the warning came before or after the attack, if the dates show it' }),
    certain: z
      .boolean()
      .meta({ description: 'a single number of days, with neither date approximate or uncertain' }),
  })
  .meta({ id: 'LeadTime' });
export type LeadTimeView = z.infer<typeof leadTimeView>;

const level = specificityLevel.nullable().meta({ description: 'null: not judged yet' });

/** `GET …/incidents/{id}/scorecard` */
export const scorecardView = z
  .strictObject({
    ...ofIncident,
    warnings: z.array(
      z.strictObject({
        warningId: entityId,
        summary: z.string(),
        issuedBy: z.string().optional(),
        told: z.array(z.string()),
        issuedAt: statedDate.optional(),
        channel: z.string().optional(),
        specificity: z.strictObject({ when: level, where: level, who: level, how: level }),
        stated: count.max(4).meta({ description: 'how many of the four parts are stated' }),
        disclosed: disclosed.nullable(),
        links: z.array(
          z.strictObject({
            linkId: entityId,
            attackId: entityId,
            attack: z.string(),
            relation: linkFields.shape.relation,
            assessment: linkFields.shape.assessment,
            confidence: linkFields.shape.confidence,
            leadTime: leadTimeView
              .nullable()
              .meta({ description: 'null: at least one of the two has no date' }),
          }),
        ),
        contested: z.enum(['uncontested', 'contested', 'settled']).meta({
          description: 'whether a dispute about it is open, all are settled or withdrawn, or there is none',
        }),
        disputes: z.array(
          z.strictObject({
            disputeId: entityId,
            question: z.string(),
            state: z.enum(['open', 'resolved', 'reopened', 'withdrawn']),
            through: z.array(entityId).meta({
              description: 'the disputed annotation: the warning, one of its links, or evidence of either',
            }),
          }),
        ),
        support: supportView,
      }),
    ),
  })
  .meta({ id: 'WarningScorecard' });
export type ScorecardView = z.infer<typeof scorecardView>;

// ---- suggestions ----

export const suggestionState = z.enum(['open', 'accepted', 'dismissed']).meta({ id: 'SuggestionState' });
export const suggestionView = z
  .strictObject({
    id: entityId.meta({ description: 'the same for the same facts, for every caller and at any time' }),
    ...suggested.shape,
    state: suggestionState,
    holds: z.boolean().meta({ description: 'the suggestion is still true' }),
    decision: z
      .strictObject({
        by: knownMemberId,
        at: instant,
        reason: z.string().optional(),
        disputeId: entityId.optional(),
        position,
      })
      .optional(),
  })
  .meta({ id: 'Suggestion' });
export type SuggestionView = z.infer<typeof suggestionView>;

/** `GET …/incidents/{id}/suggestions` */
export const suggestionsView = z
  .strictObject({ ...ofIncident, suggestions: z.array(suggestionView) })
  .meta({ id: 'Suggestions' });
export type SuggestionsView = z.infer<typeof suggestionsView>;

/** The answer to accepting or dismissing. */
export const decidedSuggestion = writeAnswer
  .extend({ disputeId: entityId.optional().meta({ description: 'the dispute that the acceptance raised' }) })
  .meta({ id: 'DecidedSuggestion' });

// ---- timeline and graph ----

const drawn = {
  id: entityId,
  kind: z.enum(['warning', 'attack']),
  summary: z.string(),
  date: statedDate.optional().meta({ description: 'issued at, occurred at' }),
  bounds: dateBounds.nullable(),
};

/** `GET …/incidents/{id}/timeline` */
export const timelineView = z
  .strictObject({
    ...ofIncident,
    entries: z.array(
      z.strictObject({
        ...drawn,
        window: statedDate.optional(),
        windowBounds: dateBounds.optional(),
        place: attackFields.shape.place,
      }),
    ),
  })
  .meta({
    id: 'Timeline',
    description: 'by the earliest date, then the latest; undated ones last',
  });
export type TimelineView = z.infer<typeof timelineView>;

/** `GET …/incidents/{id}/graph` */
export const graphView = z
  .strictObject({
    ...ofIncident,
    nodes: z.array(
      z.strictObject({
        ...drawn,
        parties: z
          .array(z.string())
          .meta({ description: 'the issuer of the warning, or the actors of the attack' }),
        threat: warningFields.shape.threatActor,
      }),
    ),
    edges: z.array(
      z.strictObject({
        id: entityId,
        source: entityId,
        target: entityId,
        relation: linkFields.shape.relation,
        assessment: linkFields.shape.assessment,
        confidence: linkFields.shape.confidence,
        contested: z
          .boolean()
          .meta({ description: 'a dispute about the link, or about a claim that is its evidence, is open' }),
      }),
    ),
  })
  .meta({ id: 'IncidentGraph' });
export type GraphView = z.infer<typeof graphView>;

// ---- across the workspace ----

/** One line of `GET …/disputes` */
export const boardEntryView = z
  .strictObject({
    disputeId: entityId,
    incidentId: entityId,
    incidentTitle: z.string().optional(),
    question: z.string(),
    state: z.enum(['open', 'resolved', 'reopened', 'withdrawn']),
    owner: knownMemberId.nullable(),
    raisedBy: knownMemberId,
    raisedAt: instant,
    changedAt: instant,
    ageDays: count.meta({
      description: 'whole days since it was raised, or from then to its settlement',
    }),
    targets: z.array(entityId),
    positions: z
      .array(
        z.strictObject({
          index: count,
          statement: z.string(),
          heldBy: z.string().optional(),
          prevails: z.boolean(),
          support: supportView,
        }),
      )
      .meta({ description: 'most independent sources first, then most documents' }),
  })
  .meta({ id: 'DisputeBoardEntry' });
export type BoardEntryView = z.infer<typeof boardEntryView>;

export const activityKind = z
  .enum([...annotationKind.options, 'incident', 'suggestion', 'document', 'member', 'token', 'other'])
  .meta({ id: 'ActivityKind' });
export type ActivityKind = z.infer<typeof activityKind>;

/** One line of `GET …/activity`: the number of one member's actions of one kind, in one incident, on one day. */
export const activityView = z
  .strictObject({
    day: z.iso.date().meta({ description: 'of UTC' }),
    member: knownMemberId,
    incidentId: entityId.nullable(),
    kind: activityKind,
    changes: count,
  })
  .meta({ id: 'Activity' });
export type ActivityView = z.infer<typeof activityView>;
