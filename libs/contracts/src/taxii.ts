import { z } from 'zod';
import { whole } from './queries.js';

/* TAXII 2.1, read only. */

/** A time with up to a microsecond, in microseconds since 1970. */
const timestamp = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/, {
    error: 'must be a time such as 2026-01-31T09:30:00.000123Z, in UTC',
  })
  .refine((text) => !Number.isNaN(Date.parse(text)), { error: 'is not a time of the calendar' })
  .transform((text) => {
    const digits = (/\.(\d+)Z$/.exec(text)?.[1] ?? '').padEnd(6, '0');
    return Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(digits);
  });

const words = z
  .string()
  .min(1)
  .max(10_000)
  .transform((text) => text.split(',').map((word) => word.trim()));

/** Most objects of one answer. */
export const TAXII_PAGE = 1000;

/** `GET …/collections/{id}/objects/` and what else lists objects (TAXII 2.1, 3.4). */
export const taxiiQuery = z.strictObject({
  added_after: timestamp
    .optional()
    .meta({ description: 'only objects added after this time', type: 'string' }),
  limit: whole(1, 1_000_000)
    .optional()
    .meta({ description: `the number of objects, at most ${TAXII_PAGE}` }),
  next: z
    .string()
    .max(400)
    .regex(/^\d{1,15}\.\d\.[a-z][a-z0-9-]*--[0-9a-f-]{36}$/i, { error: 'does not come from an answer' })
    .optional()
    .meta({ description: '`next` of the previous answer, with the same filters' }),
  'match[id]': words.optional().meta({ description: 'STIX ids, separated by commas', type: 'string' }),
  'match[type]': words.optional().meta({ description: 'STIX types', type: 'string' }),
  'match[version]': words.optional().meta({
    description: 'first, last, all, or times; a collection has only the latest version',
    type: 'string',
  }),
  'match[spec_version]': words.optional().meta({ description: '2.0, 2.1', type: 'string' }),
});
export type TaxiiQuery = z.infer<typeof taxiiQuery>;
