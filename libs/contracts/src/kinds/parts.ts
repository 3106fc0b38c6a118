import { z } from 'zod';
import { edtfDate } from '../dates.js';
import { entityId, phrase } from '../primitives.js';

/* Fields shared by several kinds. */

/** A date as the analyst reads it and as the source prints it. */
export const statedDate = z
  .strictObject({ edtf: edtfDate.optional(), asPrinted: phrase().optional() })
  .refine((date) => date.edtf !== undefined || date.asPrinted !== undefined, {
    error: 'is empty; give edtf, asPrinted or both',
  })
  .meta({ id: 'StatedDate', example: { edtf: '2024-01-18', asPrinted: 'January 18' } });

export const count = z.number().int().min(0).max(1_000_000_000);

export const unique = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((values) => new Set(values).size === values.length, { error: 'names one thing twice' });

export const evidence = unique(entityId, 500).meta({ description: 'ids of claims of this incident' });
