import { sha256 } from '@casebook/ledger';
import type { ProposedAnnotation, ReadItem } from '../format.js';
import { given, isObject, type JsonObject, listOf, stringIn, titleFrom } from '../json.js';
import { typeIn } from './ids.js';

/* Objects of other tools, in STIX 2.1 and 2.0. */

/** Properties that name an object's subject, most specific first. */
const REFERENCES = [
  'object_refs',
  'source_ref',
  'target_ref',
  'sighting_of_ref',
  'observed_data_refs',
  'where_sighted_refs',
  'sample_ref',
  'sample_refs',
];
/** A readable name of an object. */
const TITLES = [
  'name',
  'value',
  'abstract',
  'content',
  'explanation',
  'description',
  'pattern',
  'path',
  'subject',
];
const MOST_ABOUT = 100;
/** Maximum code units of a type, and of a time in the source's form. */
const SHORT = 100;

const phraseIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= SHORT && titleFrom(value) === value ? value : undefined;

/** Reads an object that Casebook did not write. `nameOf`: the name of an earlier identity. */
export function readForeign(
  object: JsonObject,
  nameOf: (identity: string) => string | undefined = () => undefined,
): ReadItem {
  const id = typeIn(object['id']) === undefined ? undefined : (object['id'] as string);
  const author =
    typeIn(object['created_by_ref']) === undefined ? undefined : (object['created_by_ref'] as string);
  const annotation = id === undefined ? undefined : annotationOf(id, object);
  const said = new Set(['type', 'id', ...(annotation?.said ?? [])]);
  const created = phraseIn(object['created']);
  const modified = phraseIn(object['modified']);
  if (created !== undefined) said.add('created');
  if (modified !== undefined) said.add('modified');
  if (author !== undefined) said.add('created_by_ref');
  const about = aboutOf(object);
  const rest = Object.fromEntries(Object.entries(object).filter(([name]) => !said.has(name)));
  return {
    keys: [id ?? `sha256:${sha256(JSON.stringify(object)).toString('hex')}`],
    origin: {
      format: 'stix',
      ...given({
        id,
        attributedTo: author === undefined ? undefined : given({ id: author, name: nameOf(author) }),
        created,
        modified,
      }),
      ...(annotation !== undefined && Object.keys(rest).length > 0 && { rest }),
    },
    ...(annotation !== undefined && { annotation: annotation.proposed }),
    kept: {
      ...given({
        type: phraseIn(object['type']),
        title: titleOf(object),
        about: about.length > 0 ? about : undefined,
      }),
      content: object,
      why:
        annotation?.proposed.kind === 'comment'
          ? 'The object it refers to is not here.'
          : `Casebook has no kind for an object of type ${String(phraseIn(object['type']))}.`,
    },
  };
}

/** A note or opinion is a comment on its subject; an incident is an attack. */
function annotationOf(
  id: string,
  object: JsonObject,
): { readonly proposed: ProposedAnnotation; readonly said: readonly string[] } | undefined {
  const type = object['type'];
  if (typeIn(id) !== type || !['note', 'opinion', 'incident'].includes(String(type))) return undefined;
  const property = textPropertyOf(id, object);
  const text = stringIn(object[property] ?? (type === 'incident' ? object['name'] : undefined));
  if (text === undefined) return undefined;
  if (type === 'incident') {
    const isNamed = typeof object[property] !== 'string';
    if (object['name'] === undefined) return undefined;
    return { proposed: { kind: 'attack', fields: { summary: text } }, said: [isNamed ? 'name' : property] };
  }
  const [about] = aboutOf(object);
  return about === undefined
    ? undefined
    : { proposed: { kind: 'comment', fields: { targetId: about, body: text } }, said: [property] };
}

/** The property with the annotation's text; an incident without a description has only a name. */
export function textPropertyOf(id: string, object: Readonly<Record<string, unknown>>): string {
  const type = typeIn(id);
  if (type === 'note') return 'content';
  if (type === 'opinion') return 'explanation';
  return 'name' in object ? 'description' : 'name';
}

function aboutOf(object: JsonObject): string[] {
  const refs = REFERENCES.flatMap((name) => listOf(object[name])).filter((ref) => typeIn(ref) !== undefined);
  return [...new Set(refs as string[])].slice(0, MOST_ABOUT);
}

function titleOf(object: JsonObject): string | undefined {
  for (const name of TITLES) {
    const title = titleFrom(stringIn(object[name]));
    if (title !== undefined) return title;
  }
  const kind = stringIn(object['relationship_type']);
  const ends = [object['source_ref'], object['target_ref']].map(typeIn);
  return kind === undefined || !ends.every((end) => end !== undefined)
    ? undefined
    : titleFrom(`${ends[0]} ${kind} ${ends[1]}`);
}

/** Whether it can be read at all: a JSON object with a type. */
export const isStixObject = (json: unknown): json is JsonObject =>
  isObject(json) && stringIn(json['type']) !== undefined;
