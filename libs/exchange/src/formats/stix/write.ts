import { type AnnotationView, mapValuesAt, type Tlp } from '@casebook/contracts';
import { HEADER } from '../annotations.js';
import { isSameJson } from '../json.js';
import { TERMS } from '../web-annotation/terms.js';
import { canonicalIri } from '../web-annotation/write.js';
import { EXTENSION_ID, toStixFields } from './extension.js';
import { creatorOf, type Identity } from './identities.js';
import { foreignId, STIX_TYPES, stixIdOf, typeIn } from './ids.js';
import { confidenceOf, machineTags, tlpMarking, tlpOfTags } from './markings.js';
import { propertiesOf, said, type StixContext } from './properties.js';
import { readForeign, textPropertyOf } from './read-foreign.js';

/* An annotation as a STIX 2.1 object. */

export type StixObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
type Json = Record<string, unknown>;

/** An object, and the objects it refers to that are not annotations. */
export interface Written {
  readonly object: StixObject;
  readonly creator?: Identity | undefined;
  readonly marking?: Tlp | undefined;
}

/** An annotation that was not erased. */
export function stixObject(view: AnnotationView, context: StixContext): Written {
  const foreign = foreignId(view);
  if (foreign !== undefined) return { object: foreignObject(view, foreign, context) };
  const { origin, kind, retraction } = view;
  const creator = creatorOf(view, context);
  const marking = markingOf(view, context);
  const times = timesOf(view);
  const confidence = confidenceOf(view);
  const { stix, ...rest } = (origin?.rest ?? {}) as { stix?: Json };
  const extension = {
    extension_type: 'property-extension',
    kind,
    canonical: canonicalIri(view.id, origin),
    ...(kind === 'claim' && view.statement === undefined && { content_from: 'quote' }),
    ...inStixNames({ ...fieldsBeside(view, context), retraction, from: fromOf(view, times) }),
    ...(Object.keys(rest).length > 0 && { rest: JSON.stringify(rest) }),
  };
  const { extensions, ...properties } = stix ?? {};
  return {
    object: {
      ...properties,
      type: STIX_TYPES[kind],
      spec_version: '2.1',
      id: stixIdOf(view),
      ...times,
      ...(creator !== undefined && { created_by_ref: creator.id }),
      ...(retraction !== undefined && { revoked: true }),
      ...(marking !== undefined && { object_marking_refs: [tlpMarking(marking).id] }),
      ...(confidence !== undefined && { confidence }),
      ...propertiesOf(view, context, times.created),
      extensions: { ...(extensions as Json | undefined), [EXTENSION_ID]: extension },
    },
    creator,
    marking,
  };
}

/** The fields without a STIX property, with STIX ids where they name annotations. */
function fieldsBeside(view: AnnotationView, context: StixContext): Json {
  const { retraction: _, ...stated } = view;
  const fields = Object.entries(stated).filter(
    ([name, value]) => !HEADER.has(name) && !said(view.kind, name, value),
  );
  return TERMS[view.kind].references.reduce<unknown>(
    (now, at) => mapValuesAt(now, at, (id) => context.idOf(id as string)),
    Object.fromEntries(fields),
  ) as Json;
}

/** With STIX names. JSON of other tools is kept as text, because its names may be invalid in STIX. */
const inStixNames = ({ content, ...fields }: Json): Json => ({
  ...toStixFields(fields),
  ...(content !== undefined && { content: JSON.stringify(content) }),
});

function markingOf(view: AnnotationView, context: StixContext): Tlp | undefined {
  if (view.kind === 'claim' && view.anchor !== undefined) return context.tlpOf(view.anchor.documentId);
  return tlpOfTags(machineTags(view)) ?? context.tlp;
}

interface Times {
  readonly created: string;
  readonly modified: string;
}

/** Times with milliseconds and Z (STIX 2.1, 3.2); modified is never before created. */
function timesOf(view: AnnotationView): Times {
  const { origin, revision, recordedAt, revisedAt } = view;
  const created = stixTime(origin?.created) ?? recordedAt;
  const modified =
    (revision > 1 ? undefined : stixTime(origin?.modified)) ?? (revision > 1 ? revisedAt : created);
  return { created, modified: Date.parse(modified) < Date.parse(created) ? created : modified };
}

/** A time from another tool in STIX form; `undefined` if it is not a time. */
function stixTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,}Z$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  const time = Date.parse(text);
  return time >= Date.parse('0001-01-01T00:00:00Z') && time < Date.parse('+010000-01-01T00:00:00Z')
    ? new Date(time).toISOString()
    : undefined;
}

/** Its origin, unless Casebook wrote it, with the times that STIX cannot represent. */
function fromOf({ origin, revision }: AnnotationView, { created, modified }: Times): Json | undefined {
  if (origin === undefined) return undefined;
  const { format, id } = origin;
  const from = {
    ...(format !== 'casebook' && { format, ...(id !== undefined && { sourceId: id }) }),
    ...(origin.created !== undefined && origin.created !== created && { created: origin.created }),
    ...(revision === 1 &&
      origin.modified !== undefined &&
      origin.modified !== modified && { modified: origin.modified }),
  };
  return Object.keys(from).length > 0 ? from : undefined;
}

/** The original object of another tool; later changes and additions are in the extension. */
function foreignObject(view: AnnotationView, id: string, context: StixContext): StixObject {
  const { retraction } = view;
  if (view.kind === 'item') {
    const content = view.content as StixObject;
    const { kept } = readForeign(content);
    return extended(content, 'item', {
      ...(view.type !== kept.type && { type: view.type ?? null }),
      ...(view.title !== kept.title && { title: view.title ?? null }),
      ...(!isSameJson(view.about, kept.about) && { about: view.about ?? null }),
      retraction,
    });
  }
  const object = foreignProperties(view, id);
  const own = fieldsBeside(view, context);
  if (view.kind !== 'comment') return extended(object, view.kind, { ...own, retraction });
  const { replyTo = view.targetId, targetId } = view;
  const isSaid = readForeign(object).annotation?.fields['targetId'] === context.idOf(replyTo ?? '');
  return extended(
    object,
    'comment',
    isSaid ? { retraction } : { ...own, targetId: context.idOf(targetId ?? ''), retraction },
  );
}

/** The original object of another tool with the current text. */
function foreignProperties(view: AnnotationView, id: string): StixObject {
  const { origin, revision, revisedAt } = view;
  const { attributedTo, created, modified } = origin ?? {};
  const rest = origin?.rest ?? {};
  return {
    ...rest,
    type: typeIn(id)!,
    id,
    ...(created !== undefined && { created }),
    ...(revision > 1 ? { modified: revisedAt } : modified !== undefined && { modified }),
    ...(attributedTo?.id !== undefined && { created_by_ref: attributedTo.id }),
    [textPropertyOf(id, rest)]: view.kind === 'comment' ? view.body : (view as { summary?: string }).summary,
  };
}

/** The object with the extension, if that has content. */
function extended(object: StixObject, kind: string, fields: Json): StixObject {
  const own = inStixNames(fields);
  if (Object.keys(own).length === 0) return object;
  const extensions = (object['extensions'] ?? {}) as Readonly<Record<string, object>>;
  const before = extensions[EXTENSION_ID] ?? { extension_type: 'property-extension', kind };
  return { ...object, extensions: { ...extensions, [EXTENSION_ID]: { ...before, ...own } } };
}
