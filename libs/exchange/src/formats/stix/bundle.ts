import { type AnnotationKind, TLP_ORDER, tlpRank } from '@casebook/contracts';
import type { AttachedDocument, IncidentSource } from '@casebook/views';
import { IN_ORDER } from '../annotations.js';
import type { ExportOptions } from '../format.js';
import { CASEBOOK_IDENTITY, EXTENSION_ID, extensionDefinition, toStixFields } from './extension.js';
import { type Identity, memberIdentity, publisherIdentity } from './identities.js';
import { foreignId, stixId, stixIdOf } from './ids.js';
import { tlpMarking } from './markings.js';
import { earliest, reportIdOf, type StixContext } from './properties.js';
import { stixObject, type StixObject } from './write.js';

/** An object of an incident, with the position of the ledger that last changed it. */
export interface Placed {
  readonly object: StixObject;
  readonly position: number;
  /** `shared`: an identity, a marking or the extension, which other objects refer to and which never changes. */
  readonly of: 'annotation' | 'document' | 'incident' | 'shared';
}

/** Maximum references of one object: more would take too much memory, and every referring object has the same reference. */
const MOST_REFS = 10_000;
/** The object references of an incident's grouping. */
const CONTENTS: ReadonlySet<AnnotationKind> = new Set(['warning', 'attack', 'link', 'dispute']);

/** The references of an object; a new reference changes the object. */
class Referred {
  readonly ids: string[] = [];
  position = 0;
  /** When the last one was added. */
  at = '';

  add(id: string, position: number, at: string): void {
    if (this.ids.length === MOST_REFS) return;
    this.ids.push(id);
    this.position = Math.max(this.position, position);
    if (at > this.at) this.at = at;
  }
}

/** Facts about an incident that are needed before its first object is written. */
export interface Survey {
  readonly context: StixContext;
  /** The claims in each document. */
  readonly claims: ReadonlyMap<string, Referred>;
  /** The references of the incident. */
  readonly contents: Referred;
  /** The ids of the kept objects of other tools. */
  readonly kept: ReadonlySet<string>;
}

export async function survey(source: IncidentSource, { base }: ExportOptions): Promise<Survey> {
  const { header, workspaceId, documents, names } = source;
  const ids = new Map<string, string>();
  const claims = new Map(documents.map(({ id }) => [id, new Referred()]));
  const contents = new Referred();
  for (const { id, attachedAt } of documents) contents.add(reportIdOf(id), 0, attachedAt);
  const kept = new Set<string>();
  for await (const view of source.annotations()) {
    const id = stixIdOf(view);
    ids.set(view.id, id);
    if (view.kind === 'item' && foreignId(view) !== undefined) kept.add(id);
    if (view.status === 'erased') continue;
    const { position, recordedAt } = view;
    if (CONTENTS.has(view.kind)) contents.add(id, position, recordedAt);
    if (view.kind === 'claim' && view.anchor !== undefined)
      claims.get(view.anchor.documentId)?.add(id, position, recordedAt);
  }
  const grouping = stixId('grouping', `urn:uuid:${header.id}`);
  ids.set(header.id, grouping);
  const tlps = new Map(documents.map(({ id, details }) => [id, details?.tlp]));
  const strictest = Math.max(...[...tlps.values()].map(tlpRank), 0);
  return {
    claims,
    contents,
    kept,
    context: {
      grouping,
      members: `${base}/v1/workspaces/${workspaceId}/members/`,
      names,
      tlpOf: (id) => tlps.get(id),
      tlp: [...tlps.values()].some((tlp) => tlp !== undefined) ? TLP_ORDER[strictest] : undefined,
      // For an erased annotation, of which nothing else remains.
      idOf: (id) => ids.get(id) ?? stixId('note', `urn:uuid:${id}`),
    },
  };
}

/** The objects of an incident, each once: referenced objects come before the ones that refer to them. */
export async function* objectsOf(
  source: IncidentSource,
  options: ExportOptions,
  surveyed: Survey,
): AsyncGenerator<Placed, void, void> {
  const { context, kept } = surveyed;
  const { header, documents, names } = source;
  const given = new Set<string>(kept);
  function* shared(position: number, ...objects: readonly (object | undefined)[]): Generator<Placed> {
    for (const object of objects as readonly (StixObject | undefined)[]) {
      if (object === undefined || given.has(object.id)) continue;
      given.add(object.id);
      yield { object, position, of: 'shared' };
    }
  }
  const { position } = header;
  const opener = memberIdentity(context.members, names, header.recordedBy);
  yield* shared(position, CASEBOOK_IDENTITY, extensionDefinition(options.base));
  yield* shared(position, context.tlp && tlpMarking(context.tlp), opener.object);
  yield { object: groupingOf(source, surveyed, opener), position, of: 'incident' };
  for (const document of documents) {
    if (document.details === null) continue;
    const { publisher, tlp } = document.details;
    const creator = publisher === undefined ? undefined : publisherIdentity(publisher);
    yield* shared(position, tlp && tlpMarking(tlp), creator?.object);
    yield { object: reportOf(document, surveyed, creator), position, of: 'document' };
  }
  for await (const view of source.annotations(IN_ORDER)) {
    if (view.status === 'erased') continue;
    const { object, creator, marking } = stixObject(view, context);
    yield* shared(view.position, marking && tlpMarking(marking), creator?.object);
    yield { object, position: view.position, of: 'annotation' };
  }
}

/** The incident as a grouping of its content. */
function groupingOf(
  { header }: IncidentSource,
  { context, contents: { ids, at } }: Survey,
  opener: Identity,
): StixObject {
  const { title, summary, status, recordedAt, revisedAt } = header;
  return {
    type: 'grouping',
    spec_version: '2.1',
    id: context.grouping,
    created_by_ref: opener.id,
    created: recordedAt,
    modified: at > revisedAt ? at : revisedAt,
    ...(context.tlp !== undefined && { object_marking_refs: [tlpMarking(context.tlp).id] }),
    ...(title !== undefined && { name: title }),
    ...(summary !== undefined && { description: summary }),
    context: 'unspecified',
    object_refs: ids.length > 0 ? ids : [opener.id],
    extensions: { [EXTENSION_ID]: { extension_type: 'property-extension', kind: 'incident', status } },
  };
}

/** A document as a report by its publisher. */
function reportOf(
  { id, details, attachedAt, recordedAt, revisedAt }: AttachedDocument,
  { context, claims }: Survey,
  publisher: Identity | undefined,
): StixObject {
  const { title, tlp, url, published, retrieved, reliability, upstream, language } = details!;
  const { ids, at } = claims.get(id)!;
  return {
    type: 'report',
    spec_version: '2.1',
    id: reportIdOf(id),
    ...(publisher !== undefined && { created_by_ref: publisher.id }),
    created: recordedAt,
    modified: at > revisedAt ? at : revisedAt,
    ...(tlp !== undefined && { object_marking_refs: [tlpMarking(tlp).id] }),
    ...(language !== undefined && { lang: language }),
    name: title,
    published: earliest(published) ?? recordedAt,
    external_references: [{ source_name: 'casebook', external_id: id, ...(url !== undefined && { url }) }],
    object_refs: ids.length > 0 ? ids : [context.grouping],
    extensions: {
      [EXTENSION_ID]: {
        extension_type: 'property-extension',
        kind: 'document',
        document_id: id,
        attached_at: attachedAt,
        ...toStixFields({ published, retrieved, reliability, upstream }),
      },
    },
  };
}
