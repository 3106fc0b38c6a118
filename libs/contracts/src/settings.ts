import { z } from 'zod';
import { prose } from './primitives.js';

const requireIfMatch = z.boolean().meta({
  description:
    'whether a change of something that is there already is refused (428) unless If-Match says which revision it is a change of',
});

/** `PATCH …/settings` */
export const configureWorkspace = z
  .strictObject({ requireIfMatch: requireIfMatch.optional(), reason: prose().optional() })
  .meta({
    id: 'ConfigureWorkspace',
    example: { requireIfMatch: true, reason: 'We are more than three now.' },
  });
export type ConfigureWorkspace = z.infer<typeof configureWorkspace>;

/** `GET …/settings`: what holds for the whole workspace. */
export const workspaceSettings = z
  .strictObject({ requireIfMatch, revision: z.number().int().min(1) })
  .meta({ id: 'WorkspaceSettings' });
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;
