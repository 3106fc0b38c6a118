import { type AnnotationKind, type AnnotationView, mapValuesAt, type Origin } from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import { ANNO_CONTEXT, CASEBOOK_CONTEXT_PATH } from './context.js';
import { isAbsoluteIri, plainParts } from './plain.js';
import { HEADER } from '../annotations.js';
import { listOf } from '../json.js';
import { motivationOf, TERMS } from './terms.js';

/* An annotation in the W3C Web Annotation Data Model. */

type Json = Record<string, unknown>;

/** The context that a representation needs besides the annotation itself. */
export interface WritingContext {
  /** The address of the service, without a trailing slash. */
  readonly base: string;
  readonly workspaceId: string;
  readonly incidentId: string;
  readonly names: ReadonlyMap<string, string>;
  /** The canonical IRI of an annotation by its id. */
  canonicalOf(this: void, id: string): string;
}

export const contextsAt = (base: string): string[] => [ANNO_CONTEXT, base + CASEBOOK_CONTEXT_PATH];
const incidentIri = ({ base, workspaceId, incidentId }: WritingContext): string =>
  `${base}/v1/workspaces/${workspaceId}/incidents/${incidentId}`;
/** The container of an incident's annotations (W3C Web Annotation Protocol). */
export const containerIri = (context: WritingContext): string => `${incidentIri(context)}/web-annotations/`;
export const annotationIri = (context: WritingContext, id: string): string => containerIri(context) + id;
const documentIri = ({ base, workspaceId }: WritingContext, id: string): string =>
  `${base}/v1/workspaces/${workspaceId}/documents/${id}/text`;

/** The identifier of an annotation everywhere: the one from its source, or its own id. */
export const canonicalIri = (id: string, origin: Origin | undefined): string =>
  origin?.canonical ?? `urn:uuid:${id}`;

/** An annotation without its `@context`. */
export function webAnnotation(view: AnnotationView, context: WritingContext): Json {
  const { id, kind, origin } = view;
  const named = { id: annotationIri(context, id), type: 'Annotation', canonical: canonicalIri(id, origin) };
  if (kind === 'item' && view.format === 'web-annotation' && view.content !== undefined)
    return { ...named, ...verbatim(view, context) };
  const { bodies, targets, said } = partsOf(view, context);
  const own = Object.fromEntries(
    Object.entries(view).filter(([name]) => !HEADER.has(name) && !said.has(name)),
  );
  // Other data from the source that has standard terms goes where other tools look for it.
  const { plain, rest } =
    origin === undefined || origin.format === 'stix' || origin.format === 'misp'
      ? { plain: {}, rest: origin?.rest ?? {} }
      : plainParts(origin.rest ?? {});
  const { body, target, ...others } = plain;
  const allBodies = [...bodies, ...listOf(body)];
  return {
    ...named,
    motivation: motivationOf(kind, view),
    ...authorship(view, context),
    ...others,
    ...(allBodies.length > 0 && { body: allBodies }),
    target: [...targets, ...listOf(target)],
    casebook: {
      kind,
      ...withCanonicals(kind, own, context),
      ...fromOf(origin),
      ...(Object.keys(rest).length > 0 && { rest }),
    },
  };
}

/** The original annotation of another tool; properties that do not expand without loss are JSON below `casebook`. */
function verbatim(view: AnnotationView & { kind: 'item' }, context: WritingContext): Json {
  const { plain, rest } = plainParts(view.content ?? {});
  const { retraction, origin } = view;
  return {
    ...('target' in plain ? {} : { target: partsOf(view, context).targets }),
    ...plain,
    casebook: {
      kind: 'item',
      format: 'web-annotation',
      ...(Object.keys(rest).length > 0 && { content: rest }),
      ...(retraction !== undefined && { retraction }),
      ...fromOf(origin),
      ...(origin?.rest !== undefined && { rest: origin.rest }),
    },
  };
}

/** The annotation's identifier in the source; none for one written by Casebook. */
const fromOf = (origin: Origin | undefined): Json =>
  origin === undefined || origin.format === 'casebook'
    ? {}
    : { from: { format: origin.format, ...(origin.id !== undefined && { id: origin.id }) } };

/** Bodies and targets for other tools, and the fields they represent. */
function partsOf(
  view: AnnotationView,
  context: WritingContext,
): { readonly bodies: Json[]; readonly targets: unknown[]; readonly said: ReadonlySet<string> } {
  const bodies: Json[] = [];
  const said = new Set<string>();
  const { text } = TERMS[view.kind];
  const value = text && (view as Json)[text.field];
  if (text !== undefined && typeof value === 'string') {
    bodies.push({ type: 'TextualBody', value, format: 'text/plain', purpose: text.purpose });
    said.add(text.field);
  }
  // Objects rather than bare IRIs, because the W3C schemas have no list of strings.
  const incident = [{ id: incidentIri(context) }];
  const named = (...ids: (string | undefined)[]): Json[] =>
    ids.filter((id) => id !== undefined).map((id) => ({ id: annotationIri(context, id) }));
  const orIncident = (targets: Json[]): Json[] => (targets.length > 0 ? targets : incident);
  switch (view.kind) {
    case 'claim': {
      for (const tag of view.tags ?? []) bodies.push({ type: 'TextualBody', value: tag, purpose: 'tagging' });
      if (view.tags !== undefined && view.tags.length > 0) said.add('tags');
      said.add('anchor');
      return { bodies, targets: view.anchor ? [anchorTarget(view.anchor, context)] : incident, said };
    }
    case 'warning':
    case 'attack':
      return { bodies, targets: orIncident(named(...(view.evidence ?? []))), said };
    case 'link':
      return {
        bodies,
        targets: orIncident(named(view.warningId, view.earlierAttackId, view.attackId)),
        said,
      };
    case 'dispute':
      return { bodies, targets: orIncident(named(...(view.targets ?? []))), said };
    case 'comment': {
      const about = view.replyTo ?? view.targetId;
      const isIncident = about === undefined || about === context.incidentId;
      return { bodies, targets: isIncident ? incident : named(about), said };
    }
    case 'item':
      return {
        bodies,
        targets: orIncident((view.about ?? []).filter(isAbsoluteIri).map((id) => ({ id }))),
        said,
      };
  }
}

function anchorTarget(
  {
    documentId,
    exact,
    prefix,
    suffix,
    start,
    end,
  }: NonNullable<(AnnotationView & { kind: 'claim' })['anchor']>,
  context: WritingContext,
): Json {
  return {
    type: 'SpecificResource',
    source: documentIri(context, documentId),
    selector: [
      { type: 'TextQuoteSelector', exact, prefix, suffix },
      { type: 'TextPositionSelector', start, end },
    ],
  };
}

/** Its author and time: according to its source, or else the member who recorded it. */
function authorship(view: AnnotationView, { base, workspaceId, names }: WritingContext): Json {
  const { origin, recordedBy } = view;
  const { attributedTo } = origin ?? {};
  const member = {
    id: `${base}/v1/workspaces/${workspaceId}/members/${encodeURIComponent(recordedBy)}`,
    name: names.get(recordedBy) ?? recordedBy,
  };
  const { id, name } = origin === undefined ? member : (attributedTo ?? {});
  const creator = { ...(id && isAbsoluteIri(id) && { id }), ...(name && { name }) };
  const isChanged = view.revision > 1;
  const created = origin === undefined ? view.recordedAt : origin.created;
  const modified = isChanged ? view.revisedAt : (origin?.modified ?? created);
  return {
    ...(Object.keys(creator).length > 0 && { creator: { type: 'Person', ...creator } }),
    ...(created && { created }),
    ...(modified && { modified }),
  };
}

/** The fields, with canonical IRIs where they name annotations. */
function withCanonicals(kind: AnnotationKind, fields: Json, context: WritingContext): Json {
  return TERMS[kind].references.reduce<unknown>(
    (now, at) =>
      mapValuesAt(now, at, (id) =>
        id === context.incidentId ? incidentIri(context) : context.canonicalOf(id as string),
      ),
    fields,
  ) as Json;
}

/** The canonical IRIs of imported annotations; those made here are identified by their id. */
export async function canonicals(source: IncidentSource): Promise<(id: string) => string> {
  const foreign = new Map<string, string>();
  for await (const { id, origin } of source.annotations())
    if (origin?.canonical !== undefined) foreign.set(id, origin.canonical);
  return (id) => foreign.get(id) ?? `urn:uuid:${id}`;
}
