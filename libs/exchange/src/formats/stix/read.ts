import { type AnnotationKind, ANNOTATION_KINDS, type ExchangeFormat, type Origin } from '@casebook/contracts';
import type { ProposedAnnotation, ReadItem } from '../format.js';
import { given, isObject, isSameJson, type JsonObject, listOf, single, stringIn } from '../json.js';
import { itemKeptBefore } from '../kept-item.js';
import { NoAnnotation } from '../web-annotation/read.js';
import { CASEBOOK_IDENTITY, EXTENSION_ID, fromStixFields } from './extension.js';
import { typeIn } from './ids.js';
import { officialMarking } from './markings.js';
import { PROPERTIES } from './properties.js';
import { isStixObject, readForeign } from './read-foreign.js';

type Json = Record<string, unknown>;
type Author = NonNullable<Origin['attributedTo']>;

/** Maximum identities whose names are remembered for objects that refer to them. */
const MOST_AUTHORS = 50_000;

/** Reads the objects of one bundle, one by one. */
export class StixReader {
  private readonly authors = new Map<string, Author>();

  /** @throws NoAnnotation if it is not a STIX object */
  read(json: unknown): ReadItem {
    if (!isStixObject(json))
      throw new NoAnnotation('It is not a JSON object with a type, so it is not a STIX object.');
    const { type, id } = json;
    if (type === 'bundle') throw new NoAnnotation('It is a bundle in a bundle; send its objects.');
    if (type === 'identity') this.learn(json);
    const official = officialMarking(id);
    if (id === EXTENSION_ID || id === CASEBOOK_IDENTITY.id || isSameJson(official, json))
      return said(json, 'Exports generate it again.');
    const extensions = isObject(json['extensions']) ? json['extensions'] : {};
    const own = extensions[EXTENSION_ID];
    if (!isObject(own) || stringIn(own['kind']) === undefined) return this.foreign(json);
    const { [EXTENSION_ID]: _, ...others } = extensions;
    const { extensions: __, ...rest } = json;
    return this.own(json, own, {
      ...rest,
      ...(Object.keys(others).length > 0 && { extensions: others }),
    });
  }

  private own(json: JsonObject, own: JsonObject, bare: JsonObject): ReadItem {
    const kind = own['kind'] as string;
    switch (kind) {
      case 'author':
      case 'publisher':
        return said(json, 'Exports generate it again.');
      case 'incident':
        return { ...said(json, 'It is the incident itself.'), instead: { incident: true } };
      case 'document': {
        const documentId = stringIn(own['document_id']);
        return { ...this.foreign(json), ...(documentId !== undefined && { instead: { documentId } }) };
      }
    }
    if (!ANNOTATION_KINDS.some((each) => each === kind))
      throw new NoAnnotation(
        `Its extension has the kind ${JSON.stringify(kind)}, which is unknown to this version.`,
      );
    return stringIn(own['canonical']) === undefined
      ? this.changed(bare, own, kind as AnnotationKind)
      : this.written(json, own, bare, kind as AnnotationKind);
  }

  private foreign(json: JsonObject): ReadItem {
    return readForeign(json, (id) => this.authors.get(id)?.name);
  }

  /** An object of another tool, with the data added in Casebook. */
  private changed(bare: JsonObject, own: JsonObject, kind: AnnotationKind): ReadItem {
    const item = this.foreign(bare);
    const { retraction, type, title, about, ...fields } = ownFields(own);
    const standing = standingOf({ retraction });
    if (kind === 'item' || item.annotation?.kind !== kind) {
      const { kept } = item;
      const stays = {
        type: type === undefined ? kept.type : stringIn(type),
        title: title === undefined ? kept.title : stringIn(title),
        about: about === undefined ? kept.about : about === null ? undefined : listOf(about).map(String),
      };
      const { annotation: _, ...without } = item;
      return {
        ...without,
        kept: {
          content: kept.content,
          why: kept.why,
          ...given(stays),
          ...(standing !== undefined && { standing }),
        },
      };
    }
    const annotation = { ...item.annotation, fields: { ...item.annotation.fields, ...fields } };
    return { ...item, annotation: { ...annotation, ...(standing !== undefined && { standing }) } };
  }

  /** An annotation written by Casebook. */
  private written(json: JsonObject, own: JsonObject, bare: JsonObject, kind: AnnotationKind): ReadItem {
    const { retraction, from: _, state, resolution, ...fields } = ownFields(own);
    const standing = standingOf({ retraction, state, resolution });
    const origin = this.originOf(json, own, unknownIn(bare, PROPERTIES[kind].names));
    const item = {
      keys: [own['canonical'] as string, ...listOf(stringIn(json['id'])).map(String)] as [string],
      origin,
    };
    if (kind === 'item') {
      const { about } = fields;
      const kept = itemKeptBefore(fields, {
        about: about === undefined ? undefined : listOf(about).map(String),
        rest: origin.rest,
        standing,
        content: jsonIn(own['content'], 'content'),
      });
      return { ...item, kept };
    }
    const { anchor, ...all } = { ...PROPERTIES[kind].read(json, own), ...fields };
    const annotation = {
      kind,
      fields: kind === 'claim' ? all : { ...all, ...given({ anchor }) },
      ...(kind === 'claim' && { quote: quoteOf(anchor) }),
      ...(standing !== undefined && { standing }),
    };
    const { kept } = readForeign(json);
    return { ...item, annotation, kept: { ...kept, format: 'stix' } };
  }

  private originOf(json: JsonObject, own: JsonObject, unknown: JsonObject): Origin {
    const from = isObject(own['from']) ? own['from'] : {};
    const author = stringIn(json['created_by_ref']);
    const rest = {
      ...(own['rest'] !== undefined && jsonIn(own['rest'], 'rest')),
      ...(Object.keys(unknown).length > 0 && { stix: unknown }),
    };
    return {
      format: (stringIn(from['format']) ?? 'casebook') as ExchangeFormat,
      ...given({
        id: stringIn(from['source_id']),
        canonical: stringIn(own['canonical']),
        attributedTo: author === undefined ? undefined : (this.authors.get(author) ?? { id: author }),
        created: stringIn(from['created'] ?? json['created']),
        modified: stringIn(from['modified'] ?? json['modified']),
        rest: Object.keys(rest).length > 0 ? rest : undefined,
      }),
    };
  }

  /** Remembers the name of an identity. */
  private learn(json: JsonObject): void {
    const id = stringIn(json['id']);
    if (typeIn(id) === undefined || this.authors.size >= MOST_AUTHORS) return;
    const extension = isObject(json['extensions']) ? json['extensions'][EXTENSION_ID] : undefined;
    const source = isObject(extension) ? stringIn(extension['source_id']) : undefined;
    const name = single(json['name']);
    this.authors.set(id!, given({ id: source ?? id, name: name === source ? undefined : name }));
  }
}

/** An object with nothing to record. */
const said = (json: JsonObject, why: string): ReadItem => ({
  ...readForeign(json),
  instead: { why },
});

/** The fields in the extension, by their Casebook names. */
function ownFields(own: JsonObject): Json {
  const {
    extension_type: _type,
    kind: _kind,
    canonical: _canonical,
    content: _content,
    content_from: _from,
    rest: _rest,
    ...fields
  } = own;
  return fromStixFields(fields);
}

function jsonIn(text: unknown, property: string): JsonObject {
  try {
    const value: unknown = JSON.parse(String(text));
    if (isObject(value)) return value;
  } catch {
    // Reported below.
  }
  throw new NoAnnotation(`The property ${property} of its Casebook extension is not a JSON object.`);
}

function standingOf({
  retraction,
  state,
  resolution,
}: Json): NonNullable<ProposedAnnotation['standing']> | undefined {
  const standing = given({
    retraction: isObject(retraction)
      ? { by: '', at: '', ...given({ reason: stringIn(retraction['reason']) }) }
      : undefined,
    state: stringIn(state) as 'open' | undefined,
    resolution: isObject(resolution) ? resolution : undefined,
  });
  return Object.keys(standing).length > 0 ? standing : undefined;
}

function quoteOf(anchor: unknown): ProposedAnnotation['quote'] & object {
  if (!isObject(anchor)) return {};
  const { documentId, exact, prefix, suffix, start, end } = anchor;
  return given({ source: documentId, exact, prefix, suffix, start, end }) as ProposedAnnotation['quote'] &
    object;
}

const COMMON: ReadonlySet<string> = new Set([
  'type',
  'spec_version',
  'id',
  'created',
  'modified',
  'created_by_ref',
  'revoked',
  'object_marking_refs',
  'confidence',
]);

/** Properties that somebody added to an object written by Casebook. */
const unknownIn = (bare: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(bare).filter(([name]) => !COMMON.has(name) && !names.includes(name)));
