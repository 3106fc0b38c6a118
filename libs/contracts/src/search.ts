import { z } from 'zod';
import { annotationKind } from './kinds/index.js';
import { documentId, entityId, instant, memberId, position } from './primitives.js';
import { annotationStatus } from './views.js';

/** What can be searched: annotations of each kind, the incidents that they are in, and documents. */
export const searchedKind = z
  .enum(['document', 'incident', ...annotationKind.options])
  .meta({ id: 'SearchedKind' });
export type SearchedKind = z.infer<typeof searchedKind>;

/** An annotation's status, or an incident's. A document is active. */
export const searchedState = z.enum([...annotationStatus.exclude(['erased']).options, 'closed']);

const codePoint = z.number().int().min(0);

/** A part of what was found, as plain text. */
export const searchFragment = z
  .strictObject({
    field: z
      .string()
      .meta({ description: 'RFC 6901, into what was found: /anchor/exact, /asserters/0/name' }),
    start: codePoint.meta({
      description:
        'where the text begins in the field, in code points: in /text of a document, the unit of anchors',
    }),
    text: z.string().meta({
      description:
        'as recorded, character for character, and never markup: escape it before you put it into HTML',
    }),
    highlights: z.array(z.strictObject({ start: codePoint, end: codePoint })).meta({
      description: 'what was looked for, in code points of `text`, `end` exclusive; in order, apart',
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
    incidentId: entityId.optional().meta({ description: 'of an incident and of what is in it' }),
    documentId: documentId.optional().meta({ description: 'of a document, and of a claim that quotes it' }),
    title: z.string().meta({
      description:
        'what it is called by, cut after 200 characters: a title, a summary, a statement, a question',
    }),
    status: z.enum([...annotationStatus.options, 'closed']),
    revision: z.number().int().min(1),
    position: position.meta({ description: 'of the event that made it what was found' }),
    recordedBy: memberId,
    recordedAt: instant,
    revisedBy: memberId,
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
      .meta({ description: 'of the ledger: the answer says what was known up to here, and nothing later' }),
    counts: z
      .strictObject({
        found: z.number().int(),
        more: z.boolean().meta({ description: 'there may be more than these: they are the newest' }),
        kinds: z.partialRecord(searchedKind, z.number().int()),
      })
      .optional()
      .meta({ description: 'on the first page alone: what was found, up to the newest 1,000' }),
    items: z.array(searchHit),
    next: z.string().nullable(),
  })
  .meta({ id: 'SearchResults' });
export type SearchResults = z.infer<typeof searchResults>;
