import { z } from 'zod';
import { activityKind, suggestionState } from './analysis.js';
import { annotationStatus } from './views.js';
import { EVENT_TYPES } from './events.js';
import { tag } from './kinds/index.js';
import { anyInstant, documentId, entityId, knownMemberId, phrase } from './primitives.js';
import { searchedKind, searchedState } from './search.js';
import { modality } from './vocabularies.js';

/** The query parameters of lists and reads. */

/** A whole number within bounds, from a query string. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .refine((digits) => /^\d{1,16}$/.test(digits) && Number(digits) >= min && Number(digits) <= max, {
      error: `must be a whole number from ${min} to ${max}, given once`,
    })
    .transform(Number);

const cursor = z.string().max(2000).optional().meta({ description: '`next` of the previous page' });
const page = {
  limit: whole(1, 500).optional().meta({ description: 'maximum number of items; default 100' }),
  cursor,
};
/** Default number of items of a page. */
export const PAGE_SIZE = 100;

/** A time with an offset whose + was not encoded: in a query string that is a space. */
const withPlus = (text: string): string => text.replace(/(?<=T[\d:.]+) (?=\d{2}:\d{2}$)/, '+');
const timeInQuery = z.string().overwrite(withPlus).pipe(anyInstant);

/** A moment: a position of the ledger, or a time. */
export type Moment = { readonly position: number } | { readonly time: string };
const POSITION = whole(0, Number.MAX_SAFE_INTEGER);
const NO_MOMENT =
  'must be a position of the ledger, such as 42, an RFC 3339 time, such as 2026-01-31T09:30:00Z, or a day, such as 2026-01-31, which means its end in UTC';
const anyMoment = z.string({ error: NO_MOMENT }).transform((text, context): Moment => {
  const position = POSITION.safeParse(text);
  if (position.success) return { position: position.data };
  if (z.iso.date().safeParse(text).success) return { time: `${text}T23:59:59.999Z` };
  const time = timeInQuery.safeParse(text);
  if (time.success) return { time: time.data };
  context.addIssue({ code: 'custom', message: NO_MOMENT });
  return z.NEVER;
});
const asOf = anyMoment.optional().meta({
  description:
    'the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head',
});

export const momentQuery = z.strictObject({ asOf });
export const pageQuery = z.strictObject({ ...page, asOf });
const twoMoments = {
  from: anyMoment.meta({ description: 'the earlier position or time; 0 is before the first event' }),
  to: anyMoment.optional().meta({ description: 'the later position or time; default: now' }),
};
export const differenceQuery = z.strictObject(twoMoments);
export const workspaceDifferenceQuery = z.strictObject({
  ...twoMoments,
  limit: whole(1, 100).optional().meta({ description: 'maximum number of items; default 20' }),
  cursor,
});
export const DIFFERENCE_PAGE_SIZE = 20;

const wordsOfTitle = phrase(200).optional().meta({
  description:
    'words of the title in any order, folded as in search; warn* for any ending, "words in a row", -word',
});

export const documentsQuery = z.strictObject({
  ...page,
  asOf,
  q: wordsOfTitle,
  publisher: phrase().optional(),
  language: phrase(100).optional(),
});
export const incidentsQuery = z.strictObject({
  ...page,
  asOf,
  q: wordsOfTitle,
  status: z.enum(['open', 'closed']).optional(),
});
export const annotationsQuery = z.strictObject({
  ...page,
  asOf,
  status: annotationStatus.optional(),
  recordedBy: knownMemberId.optional(),
  tag: tag.optional(),
  documentId: documentId.optional(),
  targetId: entityId
    .optional()
    .meta({ description: 'only comments on this annotation, and links and disputes about it' }),
  modality: modality.optional(),
});
export const tagsQuery = z.strictObject({
  ...page,
  asOf,
  incidentId: entityId.optional(),
  prefix: phrase(100).optional(),
});

/** Lists in ledger order accept a position as a cursor too. */
const byPosition = {
  limit: page.limit,
  after: whole(0, Number.MAX_SAFE_INTEGER).optional().meta({ description: 'items above this position' }),
  cursor: whole(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: '`next` of the previous page, or a position; takes precedence over `after`' }),
};

const changes = {
  ...byPosition,
  actor: knownMemberId.optional(),
  annotationId: entityId.optional(),
  incidentId: entityId.optional(),
  type: z
    .enum(EVENT_TYPES, { error: `must be an event type: ${EVENT_TYPES.join(', ')}` })
    .optional()
    .meta({ description: 'the event type, such as ClaimTagged' }),
  from: timeInQuery.optional(),
  to: timeInQuery.optional(),
};
export const timemapQuery = z.strictObject(byPosition);
export const historyQuery = z.strictObject({ ...byPosition, asOf, annotationId: changes.annotationId });
export const auditQuery = z.strictObject({ ...changes, asOf });

/** Where a member is in the workspace: nowhere in particular, at an incident, or at a document of it. */
export interface Place {
  readonly incidentId?: string;
  readonly documentId?: string;
}
const PLACE =
  /^(?:incidents\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/documents\/(sha256:[0-9a-f]{64}))?)?$/;
const here = z
  .string()
  .refine((text) => PLACE.test(text), {
    error: 'is not a place: empty, incidents/{id}, or incidents/{id}/documents/{id}',
  })
  .transform((text): Place => {
    const [, incidentId, documentId] = PLACE.exec(text) ?? [];
    return {
      ...(incidentId !== undefined && { incidentId }),
      ...(documentId !== undefined && { documentId }),
    };
  })
  .optional()
  .meta({
    description:
      'for the live feed: where its reader is (`incidents/{id}`, `incidents/{id}/documents/{id}`, or empty for nowhere in particular). It is shown to other readers who give theirs, and the feed then sends the readers present, in events named `present` without an id',
  });
export const eventsQuery = z.strictObject({
  ...byPosition,
  incidentId: changes.incidentId,
  type: changes.type,
  here,
});

/** Filters suggestions by their decision; default: the open ones. */
export const suggestionsQuery = z.strictObject({ asOf, state: suggestionState.optional() });
export const sourcesQuery = z.strictObject({
  asOf,
  annotationId: entityId
    .optional()
    .meta({ description: 'only about this claim, dispute, warning, attack or link' }),
});
export const disputeBoardQuery = z.strictObject({
  ...page,
  asOf,
  state: z.enum(['open', 'resolved', 'reopened', 'withdrawn']).optional(),
  owner: knownMemberId.optional(),
  incidentId: entityId.optional(),
});
export const activityQuery = z.strictObject({
  ...page,
  asOf,
  member: knownMemberId.optional(),
  incidentId: entityId.optional(),
  kind: activityKind.optional(),
  from: timeInQuery.optional(),
  to: timeInQuery.optional(),
});

export const searchQuery = z.strictObject({
  q: z.string().max(500).optional().meta({
    description: 'words that must all occur, "words in a row", warn* for any ending, -word to exclude',
    example: 'rockets "two rivers" warn* -drill',
  }),
  person: phrase(200).optional().meta({
    description: 'the same, in names only: asserters, publishers, issuers, recipients, actors, claimants',
  }),
  place: phrase(200).optional().meta({ description: 'the same, in the places of attacks only' }),
  kind: searchedKind.optional(),
  tag: tag.optional().meta({ description: 'for claims, in the letters as typed' }),
  member: knownMemberId.optional().meta({ description: 'recorded or last changed by this member' }),
  state: searchedState.optional(),
  incidentId: entityId
    .optional()
    .meta({ description: 'the incident and its annotations, without its documents' }),
  from: timeInQuery.optional().meta({ description: 'last changed at this time or later' }),
  to: timeInQuery.optional().meta({ description: 'last changed at this time or before' }),
  sort: z
    .enum(['relevance', 'newest'])
    .optional()
    .meta({ description: 'default: relevance; without words, the order is always newest' }),
  asOf,
  limit: whole(1, 100).optional().meta({ description: 'maximum number of items; default 20' }),
  cursor: page.cursor,
});
export const SEARCH_PAGE_SIZE = 20;

export const positionParameter = whole(1, Number.MAX_SAFE_INTEGER);
export const inclusionQuery = z.strictObject({
  size: whole(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'size of the tree; default: the latest' }),
});
export const checkpointQuery = z.strictObject({
  witnessed: z
    .literal('true')
    .optional()
    .meta({ description: 'true: the latest checkpoint that enough witnesses have cosigned' }),
});
export const consistencyQuery = z.strictObject({
  from: whole(0, Number.MAX_SAFE_INTEGER),
  to: whole(0, Number.MAX_SAFE_INTEGER).optional().meta({ description: 'default: the latest' }),
});
export const exportQuery = z.strictObject({
  after: whole(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'the position of the last event received before the export broke off' }),
  to: whole(0, Number.MAX_SAFE_INTEGER).optional().meta({
    description: 'a size of the ledger at which a checkpoint was signed; default: the latest',
  }),
});
