import { z } from 'zod';
import { phrase } from './primitives.js';

/** The formats that annotations come from. */
export const exchangeFormat = z
  .enum(['web-annotation', 'hypothesis', 'recogito', 'stix', 'misp', 'csv', 'casebook'])
  .meta({ id: 'ExchangeFormat' });
export type ExchangeFormat = z.infer<typeof exchangeFormat>;

/** The deepest JSON that is kept. */
const KEPT_DEPTH = 32;

/** Whether this is JSON that the ledger stores unchanged: well-formed text without NUL, no __proto__, finite numbers, bounded nesting. */
function isStorable(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() && !value.includes('\u0000');
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object': {
      if (value === null) return true;
      if (depth === KEPT_DEPTH) return false;
      if (Array.isArray(value)) return value.every((each) => isStorable(each, depth + 1));
      return Object.entries(value).every(
        ([key, each]) => key !== '__proto__' && isStorable(key) && isStorable(each, depth + 1),
      );
    }
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      return false;
  }
}

/** JSON of another tool, kept as it came. */
export const keptJson = z.record(z.string(), z.unknown()).refine((value) => isStorable(value), {
  error: `holds text that is not well-formed, a NUL character, a field named __proto__, or more than ${KEPT_DEPTH} levels of nesting`,
});

/** An IRI (RFC 3987) or whatever else a tool names a thing by; kept as it came. */
export const foreignName = phrase(2000);

/**
 * Where an annotation came from, as its source says it. The member who imported it is the actor of its events; the author elsewhere is
 * told here, and nobody is impersonated.
 */
export const origin = z
  .strictObject({
    format: exchangeFormat,
    id: foreignName.optional().meta({ description: 'its id in the source' }),
    canonical: foreignName
      .optional()
      .meta({ description: 'the IRI that identifies it everywhere (W3C Web Annotation, canonical)' }),
    attributedTo: z
      .strictObject({ id: foreignName.optional(), name: phrase().optional() })
      .optional()
      .meta({ description: 'its author according to the source' }),
    created: phrase(100).optional().meta({ description: 'its time according to the source' }),
    modified: phrase(100).optional(),
    rest: keptJson.optional().meta({
      description: 'data from the source that Casebook has no field for; included again in exports',
    }),
  })
  .meta({
    id: 'Origin',
    example: { format: 'hypothesis', id: 'kZ3VCP', attributedTo: { id: 'acct:ana@hypothes.is' } },
  });
export type Origin = z.infer<typeof origin>;
