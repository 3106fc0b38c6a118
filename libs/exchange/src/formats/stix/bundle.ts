import { type AnnotationKind, TLP_ORDER, type Tlp, tlpRank } from '@casebook/contracts';
import type { AttachedDocument, IncidentSource } from '@casebook/views';
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
}

/** References of one object: more would not be held in memory, and every referring object says the same. */
const MOST_REFS = 10_000;
/** What is referred to comes before what refers to it, as far as there is such an order. */
const IN_ORDER: readonly AnnotationKind[] = [
  'claim',
  'item',
  'warning',
  'attack',
  'link',
  'dispute',
  'comment',
];
/** What an incident is about, in the words of STIX. */
const CONTENTS: ReadonlySet<AnnotationKind> = new Set(['warning', 'attack', 'link', 'dispute']);

/** What has to be known of an incident before its first object is written. */
export interface Survey {
  readonly context: StixContext;
  /** The STIX ids of the claims in a document. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly contents: readonly string[];
  /** The ids of the kept objects of other tools. */
  readonly kept: ReadonlySet<string>;
}

export async function survey(source: IncidentSource, { base }: ExportOptions): Promise<Survey> {
  const { header, workspaceId, documents, names } = source;
  const ids = new Map<string, string>();
  const claims = new Map<string, string[]>();
  const contents: string[] = documents.slice(0, MOST_REFS).map(({ id }) => reportIdOf(id));
  const kept = new Set<string>();
  for await (const view of source.annotations()) {
    const id = stixIdOf(view);
    ids.set(view.id, id);
    if (view.kind === 'item' && foreignId(view) !== undefined) kept.add(id);
    if (view.status === 'erased') continue;
    if (CONTENTS.has(view.kind) && contents.length < MOST_REFS) contents.push(id);
    if (view.kind !== 'claim' || view.anchor === undefined) continue;
    const { documentId } = view.anchor;
    const known = claims.get(documentId);
    if (known === undefined) claims.set(documentId, [id]);
    else if (known.length < MOST_REFS) known.push(id);
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
      // Of an erased annotation that nothing else remains of.
      idOf: (id) => ids.get(id) ?? stixId('note', `urn:uuid:${id}`),
    },
  };
}

/** The objects of an incident: what is referred to before what refers to it, and every object once. */
export async function* objectsOf(
  source: IncidentSource,
  options: ExportOptions,
  surveyed: Survey,
): AsyncGenerator<Placed, void, void> {
  const { context, kept } = surveyed;
  const { header, documents, names } = source;
  const given = new Set<string>(kept);
  function* once(position: number, object: StixObject | undefined): Generator<Placed> {
    if (object === undefined || given.has(object.id)) return;
    given.add(object.id);
    yield { object, position };
  }
  function* withParts(
    position: number,
    object: StixObject,
    { creator, marking }: { creator?: Identity | undefined; marking?: Tlp | undefined },
  ): Generator<Placed> {
    if (marking !== undefined) yield* once(position, tlpMarking(marking) as unknown as StixObject);
    yield* once(position, creator?.object as StixObject | undefined);
    yield { object, position };
  }
  // The grouping changes with what it lists, so it is as new as the incident.
  const opener = memberIdentity(context.members, names, header.recordedBy);
  yield* once(header.position, CASEBOOK_IDENTITY);
  yield* once(header.position, extensionDefinition(options.base));
  yield* withParts(header.position, groupingOf(source, surveyed, opener), {
    creator: opener,
    marking: context.tlp,
  });
  for (const document of documents) {
    if (document.details === null) continue;
    const { publisher, tlp } = document.details;
    const creator = publisher === undefined ? undefined : publisherIdentity(publisher);
    yield* withParts(header.position, reportOf(document, surveyed, creator), { creator, marking: tlp });
  }
  for await (const view of source.annotations(IN_ORDER)) {
    if (view.status === 'erased') continue;
    const { object, ...others } = stixObject(view, context);
    yield* withParts(view.position, object, others);
  }
}

/** The incident as a grouping of what it holds. */
function groupingOf({ header }: IncidentSource, { context, contents }: Survey, opener: Identity): StixObject {
  const { title, summary, status, recordedAt, revisedAt } = header;
  return {
    type: 'grouping',
    spec_version: '2.1',
    id: context.grouping,
    created_by_ref: opener.id,
    created: recordedAt,
    modified: revisedAt,
    ...(context.tlp !== undefined && { object_marking_refs: [tlpMarking(context.tlp).id] }),
    ...(title !== undefined && { name: title }),
    ...(summary !== undefined && { description: summary }),
    context: 'unspecified',
    object_refs: contents.length > 0 ? contents : [opener.id],
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
  return {
    type: 'report',
    spec_version: '2.1',
    id: reportIdOf(id),
    ...(publisher !== undefined && { created_by_ref: publisher.id }),
    created: recordedAt,
    modified: revisedAt,
    ...(tlp !== undefined && { object_marking_refs: [tlpMarking(tlp).id] }),
    ...(language !== undefined && { lang: language }),
    name: title,
    published: earliest(published) ?? recordedAt,
    external_references: [{ source_name: 'casebook', external_id: id, ...(url !== undefined && { url }) }],
    object_refs: claims.get(id) ?? [context.grouping],
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
