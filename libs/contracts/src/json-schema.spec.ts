import { fieldsOf } from '@casebook/testing';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z } from 'zod';
import * as contracts from './index.js';

/** Every schema that the door of this library shows, by name. */
const schemas = Object.entries(contracts).flatMap(([name, value]): [string, z.ZodType][] =>
  value instanceof z.ZodType ? [[name, value]] : [],
);

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output' = 'input') =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as Record<string, unknown>;

const compiled = (schema: z.ZodType) => {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(jsonSchema(schema));
};

test.each(schemas)('%s has a JSON Schema of draft 2020-12 that compiles', (_, schema) => {
  expect(jsonSchema(schema)['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(typeof compiled(schema)).toBe('function');
});

test('each id names one schema', () => {
  const bearers = new Map<string, Set<z.ZodType>>();
  for (const [, schema] of schemas) {
    const id = z.globalRegistry.get(schema)?.id;
    if (id !== undefined) bearers.set(id, (bearers.get(id) ?? new Set()).add(schema));
  }
  expect([...bearers].filter(([, all]) => all.size > 1).map(([id]) => id)).toEqual([]);
  // The conversion of all schemas together refuses an id that two of them have.
  const together = z.object(Object.fromEntries(schemas.map(([name, schema]) => [name, schema.optional()])));
  expect(Object.keys(jsonSchema(together)['$defs'] as object)).toEqual(
    expect.arrayContaining(['TagClaim', 'Claim', 'MakeComment', 'Comment', 'Incident', 'Problem']),
  );
});

test('every example is valid', () => {
  const withExample = schemas.flatMap(([name, schema]) => {
    const example = z.globalRegistry.get(schema)?.['example'];
    return example === undefined ? [] : [{ name, schema, example }];
  });
  expect(withExample.length).toBeGreaterThan(15);
  for (const { name, schema, example } of withExample) {
    expect([name, schema.safeParse(example).error?.issues ?? []]).toEqual([name, []]);
    expect([name, compiled(schema)(example)]).toEqual([name, true]);
  }
});

const kinds = {
  claim: contracts.claimFields,
  warning: contracts.warningFields,
  attack: contracts.attackFields,
  link: contracts.linkFields,
  dispute: contracts.disputeFields,
  comment: contracts.commentFields,
} as const;

test.each(Object.entries(kinds))(
  'whatever fields a %s has, zod and JSON Schema take them alike',
  (kind, schema) => {
    const validate = compiled(schema);
    fc.assert(
      fc.property(fieldsOf()[kind as keyof typeof kinds] as fc.Arbitrary<object>, (fields) => {
        expect(schema.parse(fields)).toEqual(fields);
        expect(validate(fields)).toBe(true);
        expect(validate({ ...fields, unknown: 1 })).toBe(false);
      }),
    );
  },
);
