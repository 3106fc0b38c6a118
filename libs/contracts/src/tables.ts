import { z } from 'zod';

/* The tables that an incident is exported as and imported from. */

export const exportedRows = z.enum([
  'claims',
  'warnings',
  'attacks',
  'links',
  'disputes',
  'comments',
  'items',
  'tolls',
]);
export type ExportedRows = z.infer<typeof exportedRows>;

/** Our column for each column of a table that is called otherwise. */
export const importedColumns = z
  .record(z.string().min(1).max(200), z.string().min(1).max(50))
  .refine((columns) => Object.keys(columns).length <= 100, { error: 'maps more than 100 columns' });

/** The same for each table that an import reads. */
export const rememberedColumns = z
  .partialRecord(exportedRows.exclude(['tolls']), importedColumns)
  .meta({ id: 'ImportColumns', example: { claims: { Aussage: 'statement', Quelle: 'asserters' } } });
export type RememberedColumns = z.infer<typeof rememberedColumns>;
