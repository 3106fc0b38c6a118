import * as fc from 'fast-check';

/** JSON Schema 2020-12, as far as the description of the API uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly example?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One request, as it goes over the wire. */
export interface MadeRequest {
  readonly method: string;
  /** As the description writes it. */
  readonly path: string;
  /** Path and query, encoded, rightly or wrongly. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/** What requests are made of beside the description: ids and texts that there are, by the name of their parameter or field, and tokens. */
export interface Known {
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly tokens: readonly string[];
}

const JUNK_TEXT: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  '9999999999999999999999',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202etxt.exe',
  '👩🏽‍🚒',
  'é'.repeat(70),
  'a'.repeat(499),
  '*',
  '"',
  "'",
  '\\',
  "'; DROP TABLE events; --",
  "' OR '1'='1",
  '$1',
  '${7*7}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '%00',
  '%s%n',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  'toString',
  '2026-02-30T25:61:61Z',
  '2024-02-11~',
  'sha256:',
  `sha256:${'0'.repeat(64)}`,
  '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d',
  '01990F3E-7C1A-7B52-9D5E-6F1C2A3B4C5D',
];
const junkText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...JUNK_TEXT) },
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: junkText },
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e21,
    Number.MAX_SAFE_INTEGER + 2,
    [],
    {},
    [[]],
    [null],
    { a: {} },
    'x'.repeat(30_000),
    Array.from({ length: 600 }, (_, at) => at),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Instances of a schema, most of them valid: what JSON Schema cannot say is left to chance. */
function instances(
  schema: Schema,
  name: string,
  description: Description,
  known: Known,
): fc.Arbitrary<unknown> {
  const at = (each: Schema, called = name) => instances(each, called, description, known);
  if (schema.$ref !== undefined) {
    const called = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    const named = description.components.schemas[called];
    if (named === undefined) throw new Error(`${schema.$ref} leads nowhere`);
    return at(named);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((each) => at(each)));
  if (schema.allOf !== undefined) {
    return fc
      .tuple(...schema.allOf.map((each) => at(each)))
      .map((parts) => Object.assign({}, ...(parts as object[])) as unknown);
  }
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string | undefined];
  return fc.oneof(...types.map((type) => ofType(type, schema, name, at, known)));
}

function ofType(
  type: string | undefined,
  schema: Schema,
  name: string,
  at: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
  known: Known,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        { weight: 4, arbitrary: fc.integer(within(schema, 30)) },
        fc.integer(within(schema, Number.MAX_SAFE_INTEGER)),
      );
    case 'number':
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true });
    case 'string':
      return text(schema, name, known);
    case 'array':
      return fc.array(at(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      });
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      const required = fields.map(([field]) => field).filter((field) => schema.required?.includes(field));
      const record = (chosen: typeof fields) =>
        fc.record(Object.fromEntries(chosen.map(([field, each]) => [field, at(each, field)])), {
          requiredKeys: required,
        });
      // Rules between optional fields refuse most bodies that have all of them.
      return fc.oneof(record(fields), record(fields.filter(([field]) => required.includes(field))));
    }
    case undefined:
      return fc.jsonValue({ maxDepth: 2 });
    default:
      throw new Error(`a schema of type ${type}`);
  }
}

const within = ({ minimum, maximum }: Schema, spread: number): { min: number; max: number } => {
  const min = Math.max(minimum ?? -10, Number.MIN_SAFE_INTEGER);
  return { min, max: Math.max(min, Math.min(maximum ?? spread, min + spread, Number.MAX_SAFE_INTEGER)) };
};

function text(schema: Schema, name: string, known: Known): fc.Arbitrary<string> {
  const ids = Object.entries(known.ids).find(([kind]) =>
    name.toLowerCase().startsWith(kind.toLowerCase()),
  )?.[1];
  const examples = ids === undefined && typeof schema.example === 'string' ? [schema.example] : [];
  const pool = [
    ...(ids ?? []),
    ...examples,
    ...(schema.pattern?.includes('[0-9a-f]{8}') ? (known.ids['any'] ?? []) : []),
  ];
  if (pool.length > 0) return fc.constantFrom(...pool);
  if (schema.format === 'uri')
    return fc.constantFrom('https://news.example.org/9', 'http://a.example/?q=%20');
  if (schema.format === 'date-time')
    return fc.constantFrom('2026-01-31T09:30:00.000Z', '2099-12-31T23:59:59.999Z');
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern, 'u'));
  return fc.constantFrom(
    'Nine people were killed',
    'one',
    'two',
    'A second witness',
    'nine people were killed',
  );
}

/** Breaks one place of a body. */
const broken = (value: unknown): fc.Arbitrary<unknown> => {
  const places: (readonly (string | number)[])[] = [];
  const walk = (each: unknown, path: readonly (string | number)[]): void => {
    places.push(path);
    if (Array.isArray(each)) each.slice(0, 5).forEach((item, index) => walk(item, [...path, index]));
    else if (typeof each === 'object' && each !== null)
      for (const [key, item] of Object.entries(each)) walk(item, [...path, key]);
  };
  walk(value, []);
  return fc
    .tuple(fc.constantFrom(...places), fc.constantFrom('replace', 'remove', 'add', 'repeat'), junk, junkText)
    .map(([path, how, thing, key]) => changed(value, path, how, thing, key));
};

function changed(
  value: unknown,
  [first, ...rest]: readonly (string | number)[],
  how: string,
  thing: unknown,
  key: string,
): unknown {
  if (first === undefined) {
    if (how === 'replace') return thing;
    if (how === 'repeat') return [value, value];
    if (how === 'add' && typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ...value, [key]: thing };
    return how === 'remove' ? undefined : thing;
  }
  const inner = (value as Record<string | number, unknown>)[first];
  const next = changed(inner, rest, how, thing, key);
  if (Array.isArray(value))
    return next === undefined
      ? value.filter((_, at) => at !== first)
      : value.map((each, at) => (at === first ? next : each) as unknown);
  const copy: Record<string, unknown> = { ...(value as object), [first]: next };
  if (next === undefined) delete copy[first];
  return copy;
}

const NOT_JSON = [
  '',
  '{',
  '[1,',
  '{"a":}',
  '{"a":1}}',
  "{'a':1}",
  '\ufeff{}',
  '{"__proto__":{}}',
  '[['.repeat(2_000),
  'NaN',
  '"\\ud800"',
];
const encoder = new TextEncoder();

function bodies(
  operation: Operation,
  description: Description,
  known: Known,
): fc.Arbitrary<Uint8Array | undefined> {
  const json = operation.requestBody?.content['application/json']?.schema;
  if (json === undefined) return fc.constant(undefined);
  const valid = instances(json, '', description, known);
  const encoded = (arbitrary: fc.Arbitrary<unknown>) =>
    arbitrary.map((value) => (value === undefined ? undefined : encoder.encode(JSON.stringify(value))));
  return fc.oneof(
    { weight: 5, arbitrary: encoded(valid) },
    { weight: 8, arbitrary: encoded(valid.chain(broken)) },
    { weight: 1, arbitrary: encoded(valid.chain(broken).chain(broken)) },
    { weight: 1, arbitrary: encoded(junk) },
    { weight: 1, arbitrary: fc.constantFrom(...NOT_JSON).map((each) => encoder.encode(each)) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** Header values that HTTP can carry at all. */
const headerText = fc.oneof(
  fc.constantFrom(
    '*',
    '"1"',
    '"2.17"',
    'W/"1"',
    '1',
    '""',
    '"',
    '"a"',
    'k',
    'a b',
    'é',
    'x'.repeat(300),
    '"99999999999"',
    'merge',
    'return=minimal',
  ),
  fc.stringMatching(/^[\x21-\x7e\xa1-\xff]{1,30}$/),
);

const authorization = (known: Known): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...known.tokens).map((token) => `Bearer ${token}`) },
    fc.constant(undefined),
    fc.constantFrom(
      'Bearer',
      'Bearer ',
      'Basic YWRtaW46YWRtaW4=',
      'bearer x',
      `Bearer ${'x'.repeat(9_000)}`,
      'Bearer é',
      'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.',
    ),
    fc.stringMatching(/^[\x21-\x7e]{1,60}$/).map((token) => `Bearer casebook_${token}`),
  );

/** A part of a path: what the description says that it is, what there is, or nonsense. `.` and `..` are other addresses. */
const segment = (
  parameter: Parameter,
  path: string,
  description: Description,
  known: Known,
): fc.Arbitrary<string> => {
  const kind = /\/(\w+)\/\{annotation\}/.exec(path)?.[1];
  const there = known.ids[parameter.name === 'annotation' ? (kind ?? '') : parameter.name] ?? [];
  const nonsense = fc.oneof(
    junkText.filter((each) => !/^\.{0,2}$/.test(each)).map(encode),
    fc.constantFrom('%', '%zz', '%ff', '%00', '%c0%af', 'a%2Fb', 'x'.repeat(700), ';', 'a;b', '%20'),
  );
  return there.length > 0
    ? fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...there).map(encode) }, nonsense)
    : fc.oneof(
        {
          weight: 3,
          arbitrary: instances(parameter.schema, parameter.name, description, known)
            .map(String)
            .filter((each) => !/^\.{0,2}$/.test(each))
            .map(encode),
        },
        nonsense,
      );
};

/** Percent-encodes; half a surrogate pair becomes what it is in a sloppy client's UTF-8. */
const encode = (value: string): string => encodeURIComponent(value.toWellFormed());

/** Requests to one operation: sound ones, and such as break it in the path, the query, the headers and the body. */
export function requestsTo(
  method: string,
  path: string,
  operation: Operation,
  description: Description,
  known: Known,
): fc.Arbitrary<MadeRequest> {
  const parameters = operation.parameters ?? [];
  const segments = parameters.filter((each) => each.in === 'path');
  const queries = parameters.filter((each) => each.in === 'query');
  const headers = parameters.filter((each) => each.in === 'header');
  const media = Object.keys(operation.requestBody?.content ?? {});
  const isReading = method === 'GET' || method === 'HEAD';
  return fc
    .record({
      segments: fc.tuple(...segments.map((each) => segment(each, path, description, known))),
      query: fc.oneof(
        { weight: 3, arbitrary: fc.constant<[string, string][]>([]) },
        {
          weight: 4,
          arbitrary: fc.array(
            fc.oneof(
              ...queries.map((each) =>
                fc.tuple(
                  fc.constant(each.name),
                  fc.oneof(
                    {
                      weight: 2,
                      arbitrary: instances(each.schema, each.name, description, known).map(String),
                    },
                    junkText,
                  ),
                ),
              ),
              fc.tuple(
                fc.constantFrom<string[]>('nonsense', '__proto__', 'limit', 'cursor', 'asOf'),
                junkText,
              ),
            ),
            { minLength: 1, maxLength: 3 },
          ),
        },
      ),
      authorization: authorization(known),
      headers: fc.tuple(
        ...headers.map((each) =>
          fc.tuple(
            fc.constant(each.name),
            fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, headerText),
          ),
        ),
      ),
      contentType: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom('application/json', ...media) },
        fc.constantFrom(
          'text/plain',
          'application/xml',
          'application/json; charset=latin1',
          'multipart/form-data',
          'nonsense',
          'application/merge-patch+json',
        ),
      ),
      body: isReading ? fc.constant(undefined) : bodies(operation, description, known),
    })
    .map(({ segments: parts, query, authorization: token, headers: sent, contentType, body }) => {
      const byName = new Map(segments.map(({ name }, at) => [name, parts[at] ?? '']));
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => byName.get(name) ?? '');
      const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
      return {
        method,
        path,
        url: search === '' ? address : `${address}?${search}`,
        headers: {
          ...(token !== undefined && { authorization: token }),
          ...(body !== undefined && { 'content-type': contentType }),
          ...Object.fromEntries(sent.filter((each): each is [string, string] => each[1] !== undefined)),
        },
        body,
      };
    });
}
