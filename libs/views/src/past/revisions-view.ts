import {
  decodeEvent,
  type DocumentEventType,
  eventKindOf,
  type IncidentEventType,
  type MembersEventType,
  type RecordedEvent as DecodedEvent,
} from '@casebook/contracts';
import {
  annotationIn,
  type DocumentState,
  evolve,
  evolveDocument,
  evolveMembers,
  initialDocument,
  initialIncident,
  initialMembers,
  type IncidentState,
  type MembersState,
} from '@casebook/incident';
import type {
  FoldableEvent,
  InlineView,
  Row,
  StreamChange,
  StreamFold,
  TableRows,
  TableShape,
} from '@casebook/ledger';
import { foldedOnce } from '@casebook/projections';
import { Map as PersistentMap } from 'immutable';
import type { ReadEvent } from '../ledger-reads.js';
import { annotationView, incidentHeader } from '../rendering.js';
import { erasuresFold, streamOf } from '../streams.js';
import { describe } from './describers.js';

const revisions = {
  name: 'revisions_v1.revisions',
  key: ['workspace_id', 'position'],
  streamColumn: 'stream_id',
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'position', type: 'bigint' },
    { name: 'stream_id', type: 'text' },
    { name: 'subject', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'recorded_position', type: 'bigint' },
    { name: 'change', type: 'text' },
    { name: 'body', type: 'text' },
  ],
} as const satisfies TableShape;

const superseded = {
  name: 'revisions_v1.superseded',
  key: ['workspace_id', 'stream_id', 'position'],
  streamColumn: 'stream_id',
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'stream_id', type: 'text' },
    { name: 'position', type: 'bigint' },
    { name: 'until', type: 'bigint' },
  ],
} as const satisfies TableShape;

/**
 * The change of every event, and its subject's state afterwards. Rows are only ever added, so answers as of
 * any position stay the same.
 */
export const revisionsView: InlineView = {
  name: 'revisions',
  version: 1,
  tables: [revisions, superseded],
  project(changes) {
    const told: Row[] = [];
    const ended: Row[] = [];
    for (const change of changes) {
      switch (change.fold) {
        case incidentRevisions.name:
          tellIncident(change, told, ended);
          break;
        case documentRevisions.name:
          tell(change, 'document', documentRevisions, describe.document, told);
          break;
        case membersRevisions.name:
          tell(change, 'members', membersRevisions, describe.members, told);
          break;
        case erasuresFold.name:
          tell(change, 'erasures', erasuresFold, describe.erasures, told);
          break;
      }
    }
    return [
      { table: revisions.name, upserts: told },
      { table: superseded.name, upserts: ended },
    ] satisfies TableRows[];
  },
};

/** How the view folds a stream, unlike the other views: an audit needs no counts, and an incident's parts need the position of their last change. */
export function revisionFoldOf(streamId: string): StreamFold<unknown> {
  switch (streamOf(streamId)?.kind) {
    case 'incident':
      return incidentRevisions;
    case 'document':
      return documentRevisions;
    case 'members':
      return membersRevisions;
    case 'erasures':
      return erasuresFold;
    case undefined:
      throw new Error(`the stream ${streamId} is of a kind unknown to this program`);
  }
}

/** An incident with the position of the latest event about each thing in it other than annotations, which have their own. */
export interface RevisedIncident {
  readonly incident: IncidentState;
  readonly latest: PersistentMap<string, number>;
}

export const incidentRevisions: StreamFold<RevisedIncident> = {
  name: 'revisions of an incident',
  initial: { incident: initialIncident, latest: PersistentMap() },
  evolve: foldedOnce(({ incident, latest }, stored) => {
    const event = decodeEvent(stored) as DecodedEvent<IncidentEventType>;
    const after = evolve(incident, event);
    const known = annotationIn(after, event.subject)?.position === event.position;
    return { incident: after, latest: known ? latest : latest.set(event.subject, event.position) };
  }),
};

const documentRevisions: StreamFold<DocumentState> = {
  name: 'revisions of a document',
  initial: initialDocument,
  evolve: (state, event) => evolveDocument(state, decodeEvent(event) as DecodedEvent<DocumentEventType>),
};

const membersRevisions: StreamFold<MembersState> = {
  name: 'revisions of the members',
  initial: initialMembers,
  evolve: (state, event) => evolveMembers(state, decodeEvent(event) as DecodedEvent<MembersEventType>),
};

function tellIncident(
  { workspaceId, streamId, before, events }: StreamChange,
  told: Row[],
  ended: Row[],
): void {
  const stream = { workspace_id: workspaceId, stream_id: streamId };
  let state = before as RevisedIncident;
  for (const stored of events) {
    const event = decodeEvent(stored) as DecodedEvent<IncidentEventType>;
    const { subject, position } = event;
    const change = describe.incident({ streamId, event, textBytes: null }, state.incident);
    const superseding = Math.max(
      annotationIn(state.incident, subject)?.position ?? 0,
      state.latest.get(subject) ?? 0,
    );
    if (superseding > 0) ended.push({ position: superseding, until: position, ...stream });
    state = incidentRevisions.evolve(state, stored);
    told.push({
      position,
      subject,
      change: JSON.stringify(change),
      ...stream,
      ...partOf(state.incident, event),
    });
  }
}

/** The state of the event's subject within the incident, after the event. */
function partOf(incident: IncidentState, { type, subject, position }: DecodedEvent<IncidentEventType>): Row {
  if (incident.status === 'unopened') return { kind: 'other', recorded_position: position };
  const annotation = incident.annotations.get(subject);
  if (annotation !== undefined) {
    const { kind, recordedPosition: recorded_position } = annotation;
    return { kind, recorded_position, body: JSON.stringify(annotationView(annotation)) };
  }
  if (subject === incident.id) {
    return { kind: 'incident', recorded_position: position, body: JSON.stringify(incidentHeader(incident)) };
  }
  if (eventKindOf(type) === 'attachment') {
    const attachment = incident.documents.get(subject);
    return {
      kind: 'attachment',
      recorded_position: position,
      body: attachment && JSON.stringify(attachment),
    };
  }
  return { kind: 'other', recorded_position: position };
}

function tell<S>(
  { workspaceId, streamId, before, events }: StreamChange,
  kind: string,
  fold: StreamFold<S>,
  told: (read: ReadEvent, before: S) => object,
  rows: Row[],
): void {
  let state = before as S;
  for (const stored of events) {
    const event = decodeEvent(stored);
    rows.push({
      workspace_id: workspaceId,
      stream_id: streamId,
      position: event.position,
      subject: event.subject,
      kind,
      recorded_position: event.position,
      change: JSON.stringify(told(withoutText(streamId, stored), state)),
    });
    state = fold.evolve(state, stored);
  }
}

/** Histories never show a document's text or original: each has a digest and an address. */
function withoutText(streamId: string, stored: FoldableEvent): ReadEvent {
  if (stored.type === 'OriginalKept' && stored.payload !== null) {
    const { content: _, ...payload } = stored.payload;
    return { streamId, event: decodeEvent({ ...stored, payload }), textBytes: null };
  }
  const text = stored.type === 'DocumentImported' ? stored.payload?.['text'] : undefined;
  if (typeof text !== 'string') return { streamId, event: decodeEvent(stored), textBytes: null };
  const { text: _, ...payload } = stored.payload ?? {};
  return { streamId, event: decodeEvent({ ...stored, payload }), textBytes: Buffer.byteLength(text) };
}
