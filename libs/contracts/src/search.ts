import { z } from 'zod';
import { annotationKind } from './kinds/index.js';
import { documentId, entityId, instant, knownMemberId, position } from './primitives.js';
import { annotationStatus } from './views.js';

/** What can be searched: annotations of every kind, incidents and documents. */
export const searchedKind = z
  .enum(['document', 'incident', ...annotationKind.options])
  .meta({ id: 'SearchedKind' });
export type SearchedKind = z.infer<typeof searchedKind>;

/** An annotation's status, or an incident's. A document is active. */
export const searchedState = z.enum([...annotationStatus.exclude(['erased']).options, 'closed']);

const codePoint = z.number().int().min(0);

/** An excerpt of a result, as plain text. */
export const searchFragment = z
  .strictObject({
    field: z
      .string()
      .meta({ description: 'JSON Pointer (RFC 6901) into the result: /anchor/exact, /asserters/0/name' }),
    start: codePoint.meta({
      description: 'start of the text in the field, in code points, the unit of anchors',
    }),
    text: z.string().meta({
      description: 'as recorded, not markup: escape it for HTML',
    }),
    highlights: z.array(z.strictObject({ start: codePoint, end: codePoint })).meta({
      description: 'the matches, in code points of `text`, `end` exclusive; in order, not overlapping',
    }),
  })
  .meta({
    id: 'SearchFragment',
    example: {
      field: '/anchor/exact',
      start: 0,
      text: '“When we strike, we sign,”',
      highlights: [{ start: 9, end: 15 }],
    },
  });
export type SearchFragment = z.infer<typeof searchFragment>;

export const searchHit = z
  .strictObject({
    kind: searchedKind,
    id: z.union([entityId, documentId]),
    incidentId: entityId.optional().meta({ description: 'for incidents and annotations' }),
    documentId: documentId.optional().meta({ description: 'for documents and claims' }),
    title: z.string().meta({
      description: 'its title, summary, statement or question, cut after 200 characters',
    }),
    status: z.enum([...annotationStatus.options, 'closed']),
    revision: z.number().int().min(1),
    position: position.meta({ description: 'position of its latest event' }),
    recordedBy: knownMemberId,
    recordedAt: instant,
    revisedBy: knownMemberId,
    revisedAt: instant,
    fragments: z.array(searchFragment),
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof searchHit>;

export const searchResults = z
  .strictObject({
    position: z
      .number()
      .int()
      .min(0)
      .meta({ description: 'the position of the ledger that the answer reflects' }),
    counts: z
      .strictObject({
        found: z.number().int(),
        more: z.boolean().meta({ description: 'there may be more; these are the newest' }),
        kinds: z.partialRecord(searchedKind, z.number().int()),
      })
      .optional()
      .meta({ description: 'only on the first page: the number of results among the newest 1,000' }),
    items: z.array(searchHit),
    next: z.string().nullable(),
  })
  .meta({ id: 'SearchResults' });
export type SearchResults = z.infer<typeof searchResults>;
