import { isObject } from '../json.js';

/* The extension for fields that STIX has no property for. */

/** Where the service publishes the JSON Schema of the extension, below its address. */
export const STIX_SCHEMA_PATH = '/ns/casebook-stix.schema.json';

export const EXTENSION_ID = 'extension-definition--f1a3b9c2-6d47-5e08-9b1c-2a7d4c8e5f60';
/** The only version of objects that never change: their content determines their id. */
export const FIXED_TIME = '2026-12-01T00:00:00.000Z';

export const CASEBOOK_IDENTITY = {
  type: 'identity',
  spec_version: '2.1',
  id: 'identity--0b7c5e94-3f12-5d8a-8e60-71c9d4a2b3f5',
  created: FIXED_TIME,
  modified: FIXED_TIME,
  name: 'Casebook',
  identity_class: 'system',
} as const;

export const extensionDefinition = (base: string) => ({
  type: 'extension-definition',
  spec_version: '2.1',
  id: EXTENSION_ID,
  created_by_ref: CASEBOOK_IDENTITY.id,
  created: FIXED_TIME,
  modified: FIXED_TIME,
  name: 'Casebook',
  description: 'The data of a Casebook annotation beyond the properties of its STIX object.',
  schema: base + STIX_SCHEMA_PATH,
  version: '1.0.0',
  extension_types: ['property-extension'],
});

/** Names that do not follow from the field's: fields with ids end in `_ref` or `_refs`, and names have at least three characters. */
const NAMES: Readonly<Record<string, string>> = {
  evidence: 'evidence_refs',
  replyTo: 'reply_to_ref',
  targetId: 'target_ref',
  by: 'retracted_by',
  at: 'retracted_at',
};
const OURS = new Map(Object.entries(NAMES).map(([ours, theirs]) => [theirs, ours]));

/** The STIX name of a Casebook field: lower case, with underscores (STIX 2.1, 2.2). */
export const stixName = (name: string): string =>
  NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const ourName = (name: string): string =>
  OURS.get(name) ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

type Json = Record<string, unknown>;

/**
 * Fields with STIX names. STIX has no empty lists and no null, so those are listed as JSON Pointers in `empty_lists`
 * and `null_values`.
 */
export function toStixFields(fields: object): Json {
  const empty: string[] = [];
  const nulls: string[] = [];
  const renamed = (value: unknown, pointer: string): unknown => {
    if (value === null) nulls.push(pointer);
    if (Array.isArray(value)) {
      if (value.length === 0) empty.push(pointer);
      return value.map((each, index) => renamed(each, `${pointer}/${index}`));
    }
    if (!isObject(value)) return value;
    const parts: [string, unknown][] = [];
    for (const [name, part] of Object.entries(value)) {
      if (part === undefined) continue;
      const theirs = stixName(name);
      const next = renamed(part, `${pointer}/${theirs}`);
      if (next !== null && !(Array.isArray(next) && next.length === 0)) parts.push([theirs, next]);
    }
    return Object.fromEntries(parts);
  };
  return {
    ...(renamed(fields, '') as Json),
    ...(empty.length > 0 && { empty_lists: empty }),
    ...(nulls.length > 0 && { null_values: nulls }),
  };
}

/** The inverse: the fields. */
export function fromStixFields({ empty_lists: empty, null_values: nulls, ...fields }: Json): Json {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [ourName(name), renamed(part)]));
  };
  const all = renamed(fields) as Json;
  for (const [pointers, value] of [
    [empty, () => []],
    [nulls, () => null],
  ] as const)
    if (Array.isArray(pointers)) for (const pointer of pointers) put(all, String(pointer), value());
  return all;
}

function put(root: Json, pointer: string, value: unknown): void {
  const steps = pointer.split('/').slice(1).map(ourName);
  const last = steps.pop();
  if (last === undefined || last === '__proto__') return;
  let at: unknown = root;
  for (const step of steps)
    at =
      isObject(at) && Object.hasOwn(at, step)
        ? at[step]
        : Array.isArray(at)
          ? (at as unknown[])[Number(step)]
          : undefined;
  if (isObject(at)) (at as Json)[last] ??= value;
}
