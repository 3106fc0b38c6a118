import {
  type AnnotationView,
  type DocumentDetails,
  type DocumentView,
  type IncidentSummary,
  type IncidentView,
  type MemberView,
  type PathOf,
  PATHS,
  type TokenView,
} from '@casebook/contracts';
import type {
  Annotation,
  Attachment,
  ImportedDocument,
  Member,
  OpenedIncident,
  Token,
} from '@casebook/incident';
import { inCanonicalOrder } from '@casebook/ledger';
import { atOnce, type Steps } from './time-slice.js';

/*
 * Renders state for the wire, in one place: live rows and as-of answers use the same functions, so a read of
 * now and a read of the latest position cannot differ.
 */

/**
 * An incident's details of an attached document besides its id; `undefined` if nothing is known, or it was
 * erased.
 */
export type DocumentLookup = (documentId: string) => Pick<DocumentDetails, 'title' | 'publisher'> | undefined;

export type AttachmentView = IncidentView['documents'][number];

/** An annotation as the API returns it. An erased one keeps only its header. */
export function annotationView(annotation: Annotation): AnnotationView {
  const { kind, id, revision, status, fields, retraction, standing, resolution } = annotation;
  const { recordedBy, recordedAt, revisedBy, revisedAt, position } = annotation;
  return {
    id,
    kind,
    revision,
    status,
    ...inCanonicalOrder(fields),
    ...(standing !== undefined && { state: standing }),
    ...(resolution !== undefined && { resolution: inCanonicalOrder(resolution) }),
    ...(retraction !== undefined && { retraction }),
    recordedBy,
    recordedAt,
    revisedBy,
    revisedAt,
    position,
  };
}

/** Title, summary, status, restriction and their authors. */
export function incidentHeader(state: OpenedIncident): Omit<IncidentSummary, 'counts'> {
  const { id, details, status, revision, recordedBy, recordedAt, revisedBy, revisedAt, position } = state;
  const restrictedTo = state.restrictedTo && [...state.restrictedTo];
  return {
    id,
    ...details,
    status,
    ...(restrictedTo && { restrictedTo }),
    revision,
    recordedBy,
    recordedAt,
    revisedBy,
    revisedAt,
    position,
  };
}

export function attachmentView(attachment: Attachment, lookup: DocumentLookup): AttachmentView {
  const { documentId, attachedBy, attachedAt } = attachment;
  const details = lookup(documentId);
  return {
    id: documentId,
    ...(details?.title !== undefined && { title: details.title }),
    ...(details?.publisher !== undefined && { publisher: details.publisher }),
    attachedBy,
    attachedAt,
  };
}

/** The whole incident: documents in the order of attachment, annotations in the order of recording. */
export const incidentView = (state: OpenedIncident, lookup: DocumentLookup): IncidentView =>
  atOnce(incidentViewSteps(state, lookup));

export function* incidentViewSteps(state: OpenedIncident, lookup: DocumentLookup): Steps<IncidentView> {
  const attachments = [...state.documents.values()].sort(byAttachment);
  const annotations = [...state.annotations.values()].sort((a, b) => a.recordedPosition - b.recordedPosition);
  const views: AnnotationView[] = [];
  for (const annotation of annotations) {
    views.push(annotationView(annotation));
    yield 1;
  }
  return incidentOf(
    incidentHeader(state),
    attachments.map((each) => attachmentView(each, lookup)),
    views,
  );
}

/** Assembles the parts of an incident; `annotations` of all kinds, in the order of each list. */
export function incidentOf(
  header: Omit<IncidentSummary, 'counts'>,
  documents: AttachmentView[],
  annotations: readonly AnnotationView[],
): IncidentView {
  const lists = Object.fromEntries(
    Object.values(PATHS).map((path): [string, AnnotationView[]] => [path, []]),
  ) as Record<PathOf, AnnotationView[]>;
  for (const annotation of annotations) lists[PATHS[annotation.kind]].push(annotation);
  return { ...header, documents, ...lists };
}

/** All annotations of an incident, kind after kind. */
export const annotationsIn = (incident: IncidentView): AnnotationView[] =>
  Object.values(PATHS).flatMap((path) => incident[path] as AnnotationView[]);

/** Documents attached in the same millisecond are ordered by id, like the table. */
export function byAttachment(a: Attachment, b: Attachment): number {
  return compare(a.attachedAt, b.attachedAt) || compare(a.documentId, b.documentId);
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Marks an erased document. Stored rows have no mark, but a document has a title until it is erased. */
export const markedErased = (view: DocumentView): DocumentView =>
  view.title === undefined ? { ...view, erased: true } : view;

/** A document without its text. */
export function documentView(state: ImportedDocument): DocumentView {
  const { id, details, original, revision, bytes, codePoints, recordedBy, recordedAt, position } = state;
  return {
    id,
    ...inCanonicalOrder(details),
    ...(original && { original }),
    revision,
    bytes,
    codePoints,
    recordedBy,
    recordedAt,
    position,
  };
}

export function memberView(member: Member): MemberView {
  const { id, name, role, clearance, identity, status, revision, addedAt, position } = member;
  return {
    id,
    name,
    role,
    ...(clearance !== undefined && { clearance }),
    ...(identity !== undefined && { identity }),
    status,
    revision,
    addedAt,
    position,
  };
}

/** Never the token itself or its digest. */
export function tokenView({
  id,
  memberId,
  label,
  permissions,
  issuedAt,
  expiresAt,
  revokedAt,
}: Token): TokenView {
  return {
    id,
    memberId,
    ...(label !== undefined && { label }),
    ...(permissions !== undefined && { permissions: [...permissions] }),
    issuedAt,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(revokedAt !== undefined && { revokedAt }),
  };
}
