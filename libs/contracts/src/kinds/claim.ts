import { EXAMPLE_DOCUMENT, EXAMPLE_QUOTE } from '../examples.js';
import { z } from 'zod';
import { anchor, anchorRequest } from '../anchors.js';
import { origin } from '../origins.js';
import { ofBoundedSize, phrase, prose, TOO_LARGE, unseenIn } from '../primitives.js';
import { revisionOf } from '../revision.js';
import { asserterKind, credibility, modality, quotation } from '../vocabularies.js';
import { count, unique } from './parts.js';
import type { KindDefinition } from './kind.js';

/** A number stated by a claim. An open end is left out: "more than 80" is min 81. */
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

/** One link of the chain of attribution: the first said it, the last printed it. */
export const asserter = z
  .strictObject({ name: phrase(), kind: asserterKind.optional() })
  .meta({ id: 'Asserter', example: { name: 'two soldiers at the base', kind: 'anonymous' } });

/**
 * A tag: a free word. Two tags that look the same are the same: a tag is kept in composed form (NFC) with single spaces between
 * its words and none around them, and other invisible characters are refused.
 */
export const tag = phrase(100)
  .overwrite((value) =>
    value
      .normalize('NFC')
      .replace(/\p{White_Space}+/gu, ' ')
      .trim(),
  )
  .refine((value) => unseenIn(value) === undefined, {
    error: ({ input }) => `contains an invisible character (${unseenIn(String(input))}); remove it`,
  })
  .meta({ id: 'Tag', example: 'casualties' });

const claimShape = {
  statement: prose().optional().meta({ description: 'the claim in the analyst’s own words' }),
  asserters: z
    .array(asserter)
    .max(20)
    .optional()
    .meta({ description: 'the chain of attribution, from the speaker to the publisher' }),
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
export const tagClaim = z
  .strictObject({ anchor: anchorRequest, ...claimShape, origin: origin.optional() })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'TagClaim',
    example: {
      anchor: {
        documentId: EXAMPLE_DOCUMENT,
        exact: EXAMPLE_QUOTE,
      },
      statement: 'The Two Rivers Guard denies that it fired.',
      asserters: [
        { name: 'Remy Castelane', kind: 'named' },
        { name: 'Stenlock Examiner', kind: 'organisation' },
      ],
      quotation: 'verbatim',
      modality: 'denied',
      credibility: 2,
      tags: ['attribution'],
    },
  });
export type TagClaim = z.infer<typeof tagClaim>;
/** A claim's stored fields, with the proved anchor. */
export const claimFields = z.strictObject({ anchor, ...claimShape, origin: origin.optional() });
export type ClaimFields = z.infer<typeof claimFields>;

export const reviseClaim = revisionOf({ anchor: anchorRequest, ...claimShape }, 'ReviseClaim', {
  tags: ['attribution', 'denial'],
  credibility: null,
  reason: 'Nobody has judged the message yet.',
});

export const claim = {
  withArticle: 'a claim',
  path: 'claims',
  about: 'What a document says: where, by whom, and how.',
  verb: 'Tag',
  commands: { record: 'tag-claim', revise: 'revise-claim', retract: 'retract-claim' },
  events: {
    recorded: 'ClaimTagged',
    revised: 'ClaimRevised',
    retracted: 'ClaimRetracted',
    reinstated: 'ClaimReinstated',
  },
  request: tagClaim,
  fields: claimFields,
  revise: reviseClaim,
  revised: { anchor: anchor.optional() },
  fixed: ['origin'],
  sets: ['tags'],
  parted: {},
  references: [{ at: '/anchor/documentId', to: ['document'] }],
  calledBy: ['/statement', '/anchor/exact'],
  searched: [
    { at: '/statement', weight: 'A' },
    { at: '/anchor/exact', weight: 'D' },
    { at: '/asserters/*/name', weight: 'B', names: 'person' },
    { at: '/tags/*', weight: 'C' },
    { at: '/figure/counts', weight: 'D' },
    { at: '/figure/asPrinted', weight: 'D' },
    { at: '/estimative', weight: 'D' },
  ],
} as const satisfies KindDefinition;
