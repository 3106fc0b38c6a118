import { EXAMPLE_ANNOTATION } from '../examples.js';
import { z } from 'zod';
import { origin } from '../origins.js';
import { entityId, prose, ofBoundedSize, TOO_LARGE } from '../primitives.js';
import { revisionOf } from '../revision.js';
import type { KindDefinition } from './kind.js';

/** `POST …/comments`: on an annotation of this incident, or on the incident itself. */
export const commentFields = z
  .strictObject({
    targetId: entityId,
    body: prose(),
    replyTo: entityId.optional(),
    origin: origin.optional(),
  })
  .refine(ofBoundedSize, TOO_LARGE)
  .meta({
    id: 'MakeComment',
    example: { targetId: EXAMPLE_ANNOTATION, body: 'One agency, two papers?' },
  });
export type CommentFields = z.infer<typeof commentFields>;

export const reviseComment = revisionOf({ body: commentFields.shape.body }, 'ReviseComment', {
  body: 'One agency, three papers?',
});

export const comment = {
  withArticle: 'a comment',
  path: 'comments',
  about: 'Discussion between analysts, on an annotation or the incident.',
  verb: 'Make',
  commands: { record: 'make-comment', revise: 'revise-comment', retract: 'retract-comment' },
  events: {
    recorded: 'CommentMade',
    revised: 'CommentRevised',
    retracted: 'CommentRetracted',
    reinstated: 'CommentReinstated',
  },
  request: commentFields,
  fields: commentFields,
  revise: reviseComment,
  fixed: ['targetId', 'replyTo', 'origin'],
  sets: [],
  parted: {},
  references: [
    { at: '/targetId', to: ['claim', 'warning', 'attack', 'link', 'dispute', 'comment', 'item', 'incident'] },
    { at: '/replyTo', to: ['comment'] },
  ],
  calledBy: ['/body'],
  searched: [{ at: '/body', weight: 'A' }],
} as const satisfies KindDefinition;
