import { z } from 'zod';
import { exchangeFormat, foreignName, keptJson, origin } from '../origins.js';
import { ofBoundedSize, phrase, TOO_LARGE } from '../primitives.js';
import { revisionOf } from '../revision.js';
import type { KindDefinition } from './kind.js';

/**
 * `POST …/items`: something of another tool that Casebook has no kind for, or whose target is no document of the library: an annotation
 * of a web page, a STIX indicator. It is kept as it came, so that it can be read, discussed and given out again.
 */
export const itemFields = z
  .strictObject({
    format: exchangeFormat,
    type: phrase(100).optional().meta({ description: 'its type in its own format: Annotation, indicator' }),
    title: phrase().optional().meta({ description: 'one line for readers' }),
    about: z
      .array(foreignName)
      .max(100)
      .optional()
      .meta({ description: 'the IRIs of the resources it is about; their texts are not stored' }),
    content: keptJson,
    origin: origin.optional(),
  })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'KeepItem',
    example: {
      format: 'web-annotation',
      type: 'Annotation',
      title: 'I like this page!',
      about: ['http://www.example.com/index.html'],
      content: {
        type: 'Annotation',
        body: { type: 'TextualBody', value: 'I like this page!' },
        target: 'http://www.example.com/index.html',
      },
    },
  });
export type ItemFields = z.infer<typeof itemFields>;

const { type, title, about, content } = itemFields.shape;
export const reviseItem = revisionOf({ type, title, about, content }, 'ReviseItem', {
  title: 'The page of the governor',
});

export const item = {
  withArticle: 'an item',
  path: 'items',
  about: 'Annotations from other tools that fit no other kind, kept as they came.',
  verb: 'Keep',
  commands: { record: 'keep-item', revise: 'revise-item', retract: 'retract-item' },
  events: {
    recorded: 'ItemKept',
    revised: 'ItemRevised',
    retracted: 'ItemRetracted',
    reinstated: 'ItemReinstated',
  },
  request: itemFields,
  fields: itemFields,
  revise: reviseItem,
  fixed: ['format', 'origin'],
  sets: ['about'],
  parted: {},
  references: [],
  calledBy: ['/title', '/type'],
  searched: [
    { at: '/title', weight: 'A' },
    { at: '/about/*', weight: 'D' },
  ],
} as const satisfies KindDefinition;
