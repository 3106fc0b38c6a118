import { z } from 'zod';
import { prose } from './primitives.js';
import { rememberedColumns } from './tables.js';

const requireIfMatch = z.boolean().meta({
  description: 'whether a change without If-Match is refused (428)',
});

const importColumns = rememberedColumns.meta({
  description:
    'the column names of imported tables: for each table, the Casebook column for each of its columns with a different name; replaced as a whole',
});

/** `PATCH …/settings` */
export const configureWorkspace = z
  .strictObject({
    requireIfMatch: requireIfMatch.optional(),
    importColumns: importColumns.optional(),
    reason: prose().optional(),
  })
  .meta({
    id: 'ConfigureWorkspace',
    example: { requireIfMatch: true, reason: 'We are more than three now.' },
  });
export type ConfigureWorkspace = z.infer<typeof configureWorkspace>;

/** `GET …/settings`: the settings of the workspace. */
export const workspaceSettings = z
  .strictObject({
    requireIfMatch,
    importColumns: importColumns.optional(),
    revision: z.number().int().min(1),
  })
  .meta({ id: 'WorkspaceSettings' });
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;
