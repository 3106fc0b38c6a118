import {
  type AnnotationKind,
  ANNOTATION_KINDS,
  type ExchangeFormat,
  mapValuesAt,
  type Origin,
} from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { ProposedAnnotation, QuoteHint, ReadItem } from '../format.js';
import {
  given,
  iriOf,
  isObject,
  type JsonObject,
  listOf,
  nameFrom,
  single,
  stringIn,
  tagsFrom,
  titleFrom,
  wholeNumber,
} from '../json.js';
import { itemKeptBefore } from '../kept-item.js';
import { ANNO_CONTEXT } from './context.js';
import { motivationOf, TERMS } from './terms.js';

/** The input is not an annotation; the message says why. */
export class NoAnnotation extends Error {
  override readonly name = 'NoAnnotation';
}

/** A parsed target: its subject, and the place in it. */
interface Target {
  readonly source?: string;
  readonly quote: QuoteHint;
}

/** Reads one Web Annotation, including the quirks of tools that write them. @throws NoAnnotation */
export function readAnnotation(json: unknown, format: ExchangeFormat = 'web-annotation'): ReadItem {
  if (typeof json === 'string')
    throw new NoAnnotation(
      'It is only the address of an annotation, and addresses are not fetched; send the annotation.',
    );
  if (!isObject(json)) throw new NoAnnotation('It is not a JSON object, so it is not an annotation.');
  const types = listOf(json['type'] ?? json['@type']);
  if (
    types.length > 0 &&
    !types.some((type) => typeof type === 'string' && /(^|[:#/])Annotation$/.test(type))
  )
    throw new NoAnnotation(`Its type is ${JSON.stringify(types[0])}, not Annotation.`);
  const own = ownBlock(json);
  const targets = listOf(json['target']).map(targetOf);
  if (own === null && targets.length === 0) throw new NoAnnotation('It has no target.');
  const id = single(json['id'] ?? json['@id']);
  const canonical = single(json['canonical']);
  const names = [canonical, id].filter((name) => name !== undefined);
  const keys = names.length > 0 ? names : [`sha256:${sha256(JSON.stringify(json)).toString('hex')}`];
  const text = textOf(json);
  const annotation = own === null ? foreign(json, targets, text) : ownAnnotation(json, own, targets);
  return {
    keys: keys as [string, ...string[]],
    origin: originOf(json, own, { format, id, canonical, annotation }),
    ...(annotation !== undefined && { annotation }),
    kept: keptOf(json, own, targets, text),
  };
}

/** Casebook's own data below `casebook`, if it wrote this. */
function ownBlock(json: JsonObject): (JsonObject & { readonly kind: AnnotationKind }) | null {
  const block = json['casebook'];
  if (!isObject(block)) return null;
  const kind = block['kind'];
  return ANNOTATION_KINDS.some((each) => each === kind) ? (block as never) : null;
}

/** An annotation written by Casebook: standard terms for some fields, Casebook's terms for the rest. */
function ownAnnotation(
  json: JsonObject,
  {
    kind,
    from: _from,
    rest: _rest,
    retraction,
    state,
    resolution,
    ...fields
  }: NonNullable<ReturnType<typeof ownBlock>>,
  targets: readonly Target[],
): ProposedAnnotation | undefined {
  if (kind === 'item') return undefined;
  const { text } = TERMS[kind];
  const bodies = listOf(json['body']).filter(isObject);
  const said = text && bodies.find((body) => body['purpose'] === text.purpose && 'value' in body)?.['value'];
  const tags = tagsFrom(bodies.filter(({ purpose }) => purpose === 'tagging').map(({ value }) => value));
  const standing = {
    ...retractionOf({ retraction }),
    ...(state !== undefined && { state: state as 'open' }),
    ...(isObject(resolution) && { resolution }),
  };
  return {
    kind,
    fields: {
      ...fields,
      ...(text !== undefined && said !== undefined && { [text.field]: said }),
      ...(kind === 'claim' && tags !== undefined && { tags }),
    },
    ...(kind === 'claim' && { quote: targets[0]?.quote ?? {} }),
    ...(Object.keys(standing).length > 0 && { standing }),
  };
}

/** Its retraction with the reason; who retracted it and when are not imported. */
function retractionOf({ retraction }: JsonObject): ProposedAnnotation['standing'] {
  if (!isObject(retraction)) return undefined;
  return { retraction: { by: '', at: '', ...given({ reason: stringIn(retraction['reason']) }) } };
}

/** The Casebook annotation for another tool's: a claim if it has a passage, a comment if it is about an annotation. */
function foreign(
  json: JsonObject,
  targets: readonly Target[],
  text: string | undefined,
): ProposedAnnotation | undefined {
  const passage = targets.find(({ quote }) => quote.exact !== undefined || quote.start !== undefined);
  if (passage !== undefined) {
    const tags = tagsFrom(
      listOf(json['body'])
        .filter(isObject)
        .filter(({ purpose }) => listOf(purpose).includes('tagging'))
        .map(({ value }) => value),
    );
    return { kind: 'claim', fields: given({ statement: text, tags }), quote: passage.quote };
  }
  const about = targets[0]?.source;
  return text === undefined || about === undefined
    ? undefined
    : { kind: 'comment', fields: { targetId: about, body: text } };
}

/** The readable text: `bodyValue`, or the first textual body that is not a tag. */
function textOf(json: JsonObject): string | undefined {
  const texts = listOf(json['body']).flatMap((body) => {
    if (!isObject(body) || listOf(body['purpose']).includes('tagging')) return [];
    // The first item of a Choice is the default.
    const chosen = listOf(body['type']).includes('Choice') ? listOf(body['items'])[0] : body;
    return isObject(chosen) ? [stringIn(chosen['value'])] : [];
  });
  return stringIn(json['bodyValue']) ?? texts.find((text) => text !== undefined);
}

function targetOf(target: unknown): Target {
  if (!isObject(target))
    return { ...given({ source: stringIn(target) }), quote: given({ source: stringIn(target) }) };
  // The first item of a Choice or other set represents all.
  const items = listOf(target['items']);
  if (items.length > 0) return targetOf(items[0]);
  const source = iriOf(target['source']) ?? iriOf(target);
  const quote: Record<string, unknown> = {};
  for (const selector of selectorsIn(target['selector'])) {
    const type = single(selector['type']);
    if (type === 'TextQuoteSelector' || 'exact' in selector) {
      quote['exact'] ??= stringIn(selector['exact']);
      quote['prefix'] ??= stringIn(selector['prefix']);
      quote['suffix'] ??= stringIn(selector['suffix']);
    } else if (type === 'TextPositionSelector') {
      quote['start'] ??= wholeNumber(selector['start']);
      quote['end'] ??= wholeNumber(selector['end']);
    }
  }
  return { ...given({ source }), quote: given({ source, ...quote }) };
}

/** Selectors, and the selectors that refine them. */
function selectorsIn(selector: unknown, depth = 0): JsonObject[] {
  if (depth > 8) return [];
  return listOf(selector)
    .filter(isObject)
    .flatMap((each) => [
      each,
      ...selectorsIn(each['refinedBy'], depth + 1),
      ...selectorsIn(each['items'], depth + 1),
    ]);
}

/** Properties represented by other parts of an item. */
const SAID: ReadonlySet<string> = new Set([
  '@context',
  'id',
  '@id',
  'type',
  '@type',
  'canonical',
  'target',
  'creator',
  'created',
  'modified',
  'casebook',
]);

function originOf(
  json: JsonObject,
  own: JsonObject | null,
  {
    format,
    id,
    canonical,
    annotation,
  }: {
    format: ExchangeFormat;
    id: string | undefined;
    canonical: string | undefined;
    annotation: ProposedAnnotation | undefined;
  },
): Origin {
  const from = own?.['from'];
  const creator = listOf(json['creator'])[0];
  const name = isObject(creator) ? (single(creator['name']) ?? single(creator['nickname'])) : undefined;
  const attributedTo = given({ id: iriOf(creator), name: nameFrom(name) });
  const rest = annotation === undefined ? {} : restOf(json, own, annotation);
  return {
    format: own === null ? format : isObject(from) ? (from['format'] as ExchangeFormat) : 'casebook',
    ...given({
      id: own === null ? id : isObject(from) ? stringIn(from['id']) : undefined,
      canonical,
      attributedTo: Object.keys(attributedTo).length > 0 ? attributedTo : undefined,
      created: single(json['created']),
      modified: single(json['modified']),
      rest: Object.keys(rest).length > 0 ? rest : undefined,
    }),
  };
}

/** Data that no field of the annotation represents: exported again beside it. */
function restOf(json: JsonObject, own: JsonObject | null, { kind, fields }: ProposedAnnotation): JsonObject {
  const rest: Record<string, unknown> = { ...(isObject(own?.['rest']) && own['rest']) };
  for (const [name, value] of Object.entries(json)) {
    if (!SAID.has(name) && name !== 'body' && name !== 'bodyValue' && name !== 'motivation')
      rest[name] = value;
  }
  const { motivation } = json;
  if (motivation !== undefined && motivation !== motivationOf(kind, fields)) rest['motivation'] = motivation;
  const said = new Set<unknown>([
    fields['statement'],
    fields['summary'],
    fields['body'],
    fields['question'],
    fields['grounds'],
  ]);
  const others = listOf(json['body']).filter((body) => !isSaid(body, said, own !== null));
  if (others.length > 0) rest['body'] = others;
  const targets = listOf(json['target']);
  if (own === null && targets.length > 1) rest['target'] = targets.slice(1);
  return rest;
}

const BODY_WORDS: ReadonlySet<string> = new Set(['type', 'value', 'purpose', 'format']);

/** Whether a body says no more than a field or a tag. */
function isSaid(body: unknown, said: ReadonlySet<unknown>, isOwn: boolean): boolean {
  if (!isObject(body)) return false;
  const { purpose, value, format } = body;
  if (Object.keys(body).some((name) => !BODY_WORDS.has(name))) return false;
  if (format !== undefined && format !== 'text/plain') return false;
  return purpose === 'tagging' || (said.has(value) && (isOwn || typeof purpose !== 'object'));
}

/** The kept form of the annotation: its original properties, without those that are rewritten. */
function keptOf(
  json: JsonObject,
  own: JsonObject | null,
  targets: readonly Target[],
  text: string | undefined,
): ReadItem['kept'] {
  const isItem = own?.['kind'] === 'item';
  const standing = own === null ? undefined : retractionOf(own);
  if (isItem && own['format'] !== 'web-annotation') {
    const { about, content } = own;
    const rest = restOf(json, own, { kind: 'item', fields: {} });
    return itemKeptBefore(own, {
      rest: Object.keys(rest).length > 0 ? rest : undefined,
      about: about === undefined ? undefined : listOf(about).map(String),
      standing,
      content: isObject(content) ? content : {},
    });
  }
  const { '@context': context, id: _id, canonical: _canonical, casebook: _casebook, ...properties } = json;
  const isOrdinary = listOf(context).every((each) => each === ANNO_CONTEXT);
  const content = {
    ...properties,
    ...(!isOrdinary && own === null && { '@context': context }),
    ...(isItem && isObject(own['content']) && own['content']),
  };
  const about = [...new Set(targets.flatMap(({ source }) => (source === undefined ? [] : [source])))];
  return {
    type: 'Annotation',
    ...given({
      title: titleFrom(text ?? targets[0]?.quote.exact),
      ...(isItem && {
        // Whatever the origin has.
        format: 'web-annotation' as const,
        rest: isObject(own['rest']) ? own['rest'] : undefined,
        standing,
      }),
      about: about.length > 0 ? about : undefined,
    }),
    content,
    why: 'It is about a whole document, or about something that is not a document or annotation of this incident.',
  };
}

/** The references in the fields, each by its identifier in the source. */
export const withReferences = (
  kind: AnnotationKind,
  fields: JsonObject,
  resolve: (name: string, pointer: string) => unknown,
): JsonObject =>
  TERMS[kind].references.reduce<unknown>(
    (now, at) =>
      mapValuesAt(now, at, (value, pointer) => (typeof value === 'string' ? resolve(value, pointer) : value)),
    fields,
  ) as JsonObject;
