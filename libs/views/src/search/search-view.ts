import {
  type AnnotationStatus,
  decodeEvent,
  type DocumentEventType,
  type IncidentEventType,
  type RecordedEvent as DecodedEvent,
  type SearchedKind,
} from '@casebook/contracts';
import {
  type Annotation,
  type DocumentState,
  evolveDocument,
  initialDocument,
  isKind,
  type OpenedIncident,
} from '@casebook/incident';
import type {
  FoldableEvent,
  InlineView,
  StreamChange,
  StreamFold,
  TableRows,
  TableShape,
} from '@casebook/ledger';
import { incidentRevisions, type RevisedIncident, revisionFoldOf } from '../past/revisions-view.js';
import { streamOf } from '../streams.js';
import { passagesOf, type PassageText } from './passages.js';
import { textsOfAnnotation, textsOfDocument, textsOfIncident } from './searched-texts.js';
import { mark, type Searched, termsOf } from './term-index.js';

const entries = {
  name: 'search_v2.entries',
  key: ['workspace_id', 'position', 'passage'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'position', type: 'bigint' },
    { name: 'passage', type: 'integer' },
    { name: 'until', type: 'bigint' },
    { name: 'stream_id', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'terms', type: 'tsvector' },
    { name: 'body', type: 'text' },
  ],
} as const satisfies TableShape;

/**
 * Everything that can be searched, after each event about it, with the range of positions for which it held:
 * a search as of any position selects the rows that held then. A thing is a document, an incident or an
 * annotation; erased things have no row.
 */
export const searchView: InlineView = {
  name: 'search',
  version: 2,
  tables: [entries],
  *project(changes) {
    for (const change of changes) {
      for (const held of heldIn(change)) yield* rowsOf(change, held);
    }
  },
};

/** How the view folds a stream: incidents and members like `revisions`, so that a runner folds them once for both. */
export const searchFoldOf = (streamId: string): StreamFold<unknown> =>
  streamOf(streamId)?.kind === 'document' ? searchedDocument : revisionFoldOf(streamId);

/** A document with its text, and who changed it last. */
interface SearchedDocument {
  readonly document: DocumentState;
  readonly text: string;
  readonly revisedBy: string;
  readonly revisedAt: string;
}

const searchedDocument: StreamFold<SearchedDocument> = {
  name: 'documents with their texts',
  initial: { document: initialDocument, text: '', revisedBy: '', revisedAt: '' },
  evolve: (before, stored) => documentAfter(before, stored),
  // An average event is about a thousand bytes.
  weight: ({ text }) => 1 + text.length / 1000,
};

const documentAfter = (before: SearchedDocument, stored: FoldableEvent): SearchedDocument => {
  const event = decodeEvent(stored) as DecodedEvent<DocumentEventType>;
  return {
    document: evolveDocument(before.document, event),
    text: event.type === 'DocumentImported' ? (event.data?.text ?? '') : before.text,
    revisedBy: event.actor,
    revisedAt: event.at,
  };
};

/** What a search result shows besides the texts: the content of `body`. */
interface SearchBody {
  readonly id: string;
  readonly kind: SearchedKind;
  readonly incidentId?: string;
  readonly documentId?: string;
  readonly status: AnnotationStatus | 'closed';
  readonly revision: number;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly revisedBy: string;
  readonly revisedAt: string;
}

/** A row's `body`. */
export interface EntryBody extends SearchBody {
  readonly texts: readonly Pick<PassageText, 'field' | 'text' | 'start' | 'names'>[];
}

/** The state of a thing from a position on. */
interface Entry {
  readonly position: number;
  readonly found: SearchBody;
  readonly tags: readonly string[];
  readonly texts: readonly Searched[];
}

/** An entry with the position at which it ends, if it does. */
interface HeldEntry {
  readonly entry: Entry;
  readonly until: number | null;
}

/** The entries that the change begins or ends. If a thing has two events, the second ends the entry that the first began. */
function heldIn(change: StreamChange): Iterable<HeldEntry> {
  const held = new Map<number, HeldEntry>();
  for (const { before, after, position } of revisionsIn(change)) {
    if (before !== null) held.set(before.position, { entry: before, until: position });
    if (after !== null) held.set(after.position, { entry: after, until: null });
  }
  return held.values();
}

interface Revision {
  /** The entry that the event ended, at its position. */
  readonly before: Entry | null;
  readonly after: Entry | null;
  readonly position: number;
}

function* revisionsIn({ streamId, before, events }: StreamChange): Generator<Revision> {
  switch (streamOf(streamId)?.kind) {
    case 'incident': {
      let state = before as RevisedIncident;
      for (const stored of events) {
        const next = incidentRevisions.evolve(state, stored);
        const event = decodeEvent(stored) as DecodedEvent<IncidentEventType>;
        const [was, is] = [state, next].map((each) => entryOf(each, event.subject));
        if (was?.position !== is?.position)
          yield { before: was ?? null, after: is ?? null, position: event.position };
        state = next;
      }
      return;
    }
    case 'document': {
      let state = before as SearchedDocument;
      for (const stored of events) {
        const next = documentAfter(state, stored);
        yield { before: entryOfDocument(state), after: entryOfDocument(next), position: stored.position };
        state = next;
      }
      return;
    }
    case 'members':
    case 'erasures':
    case undefined:
  }
}

/** The entry of the incident with this id: an annotation, or the incident itself. */
function entryOf({ incident, latest }: RevisedIncident, id: string): Entry | null {
  if (incident.status === 'unopened') return null;
  const annotation = incident.annotations.get(id);
  if (annotation !== undefined) return entryOfAnnotation(incident, annotation);
  return id === incident.id ? entryOfIncident(incident, latest.get(id) ?? incident.position) : null;
}

function entryOfAnnotation(incident: OpenedIncident, annotation: Annotation): Entry | null {
  if (annotation.fields === null) return null;
  const { id, kind, status, revision, recordedBy, recordedAt, revisedBy, revisedAt, position } = annotation;
  const claim = isKind(annotation, 'claim') ? annotation.fields : null;
  return {
    position,
    found: {
      id,
      kind,
      incidentId: incident.id,
      ...(claim && { documentId: claim.anchor.documentId }),
      status,
      revision,
      recordedBy,
      recordedAt,
      revisedBy,
      revisedAt,
    },
    tags: claim?.tags ?? [],
    texts: textsOfAnnotation(annotation),
  };
}

function entryOfIncident(incident: OpenedIncident, position: number): Entry | null {
  const { id, details, status, revision, recordedBy, recordedAt, revisedBy, revisedAt } = incident;
  if (details === null) return null;
  const header = { revision, recordedBy, recordedAt, revisedBy, revisedAt };
  return {
    position,
    found: { id, kind: 'incident', incidentId: id, status, ...header },
    tags: [],
    texts: textsOfIncident(details),
  };
}

function entryOfDocument({ document, text, revisedBy, revisedAt }: SearchedDocument): Entry | null {
  if (document.status === 'unknown' || document.details === null) return null;
  const { id, details, revision, recordedBy, recordedAt, position } = document;
  return {
    position,
    found: {
      id,
      kind: 'document',
      documentId: id,
      status: 'active',
      revision,
      recordedBy,
      recordedAt,
      revisedBy,
      revisedAt,
    },
    tags: [],
    texts: textsOfDocument(details, text),
  };
}

/** One row per passage, each computed on demand: a document of megabytes has hundreds. */
function* rowsOf(
  { workspaceId, streamId }: StreamChange,
  { entry: { position, found, tags, texts: all }, until }: HeldEntry,
): Generator<TableRows> {
  const { kind, status, recordedBy, revisedBy, incidentId } = found;
  const marks = [
    mark.kind(kind),
    mark.status(status),
    mark.member(recordedBy),
    mark.member(revisedBy),
    ...(incidentId === undefined ? [] : [mark.incident(incidentId)]),
    ...tags.map(mark.tag),
  ];
  for (const [index, passage] of passagesOf(all).entries()) {
    const texts = passage.map(({ field, text, start, names }) => ({
      field,
      start,
      text,
      ...(names && { names }),
    }));
    // A literal that starts with a spread and adds members takes V8 several microseconds.
    const body: EntryBody = Object.assign({}, found, { texts });
    const row = {
      workspace_id: workspaceId,
      position,
      passage: index,
      until,
      stream_id: streamId,
      kind,
      terms: termsOf(workspaceId, position, marks, passage),
      body: JSON.stringify(body),
    };
    yield { table: entries.name, upserts: [row] };
  }
}
