import { ANNOTATION_KINDS, KINDS } from '@casebook/contracts';
import { z } from 'zod';
import { isObject } from '../json.js';
import { EXTENSION_ID, STIX_SCHEMA_PATH, stixName } from './extension.js';

type Json = Record<string, unknown>;
const text = (description: string) => ({ type: 'string', description });

/** Properties of the extension of every annotation. */
const COMMON = {
  extension_type: { const: 'property-extension' },
  canonical: text('the IRI that identifies the annotation everywhere; absent on objects of other tools'),
  content_from: {
    const: 'quote',
    description: 'for a claim without the analyst’s own words: content is the quote',
  },
  content: text('for an item: the original from another tool, as the text of a JSON object'),
  rest: text('other data from its source, as the text of a JSON object'),
  from: { type: 'object', description: 'its original format and name' },
  retraction: { type: 'object', description: 'who retracted it, when and why' },
  state: { enum: ['open', 'resolved', 'reopened', 'withdrawn'], description: 'of a dispute' },
  resolution: { type: 'object', description: 'for a dispute: how it was settled' },
  empty_lists: {
    type: 'array',
    description: 'JSON Pointers of empty lists, which STIX cannot represent',
  },
  null_values: {
    type: 'array',
    description: 'JSON Pointers of null values, which STIX cannot represent',
  },
  target_ref: text('for a note of another tool: the annotation that it comments on'),
};

/** The schema for fields that name an annotation. */
const STIX_IDENTIFIER = { type: 'string', pattern: '^[a-z][a-z0-9-]*--[0-9a-fA-F-]{36}$' };

/** The JSON Schema of the extension, at an address of the service: the fields of each kind, in the names of STIX. */
export function extensionSchema(base: string): object {
  const definitions: Json = {};
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: base + STIX_SCHEMA_PATH,
    title: `The extension ${EXTENSION_ID}`,
    description:
      'The data of a Casebook annotation beyond the properties of its STIX object. Fields that have a STIX property are not repeated here.',
    type: 'object',
    required: ['extension_type', 'kind'],
    oneOf: [
      ...['author', 'publisher', 'incident', 'document'].map((kind) => ({
        title: kind,
        properties: { kind: { const: kind } },
      })),
      ...ANNOTATION_KINDS.map((kind) => ({
        title: kind,
        properties: { kind: { const: kind }, ...fieldsOf(kind, definitions), ...COMMON },
        additionalProperties: false,
      })),
    ],
    $defs: { ...definitions, EntityId: STIX_IDENTIFIER },
  };
}

/** The fields of a kind as JSON Schema. All are optional, since a STIX property may represent them. */
function fieldsOf(kind: (typeof ANNOTATION_KINDS)[number], definitions: Json): Json {
  const { properties, $defs = {} } = inStixNames(
    z.toJSONSchema(z.object(KINDS[kind].fields.shape), { target: 'draft-2020-12', unrepresentable: 'any' }),
  ) as { properties: Json; $defs?: Json };
  const { Origin: _origin, ...others } = $defs;
  Object.assign(definitions, others);
  const { origin: _, ...fields } = properties;
  return fields;
}

/** The same schema with STIX property names. */
function inStixNames(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inStixNames);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, part]) => {
      if (name === 'required' && Array.isArray(part))
        return [name, part.map((each) => stixName(String(each)))];
      if (name !== 'properties' || !isObject(part)) return [name, inStixNames(part)];
      const parts = Object.entries(part).map(([field, each]) => [stixName(field), inStixNames(each)]);
      return [name, Object.fromEntries(parts) as object];
    }),
  );
}
