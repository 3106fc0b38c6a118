import {
  type AnnotationKind,
  type AnnotationView,
  ANNOTATION_KINDS,
  type CasualtiesView,
  type ChangeView,
  type DocumentDetails,
  type IncidentEventType,
  type IncidentSummary,
  type RecordedEvent,
  type ScorecardView,
  type SourcesView,
  type TimelineView,
} from '@casebook/contracts';
import type { Annotation } from '@casebook/incident';
import { sha256 } from '@casebook/ledger';
import type { DataSource } from 'typeorm';
import type { AnalysisQueries } from '../analysis/analysis-queries.js';
import { LedgerReads } from '../ledger-reads.js';
import type { LibraryQueries } from '../library/library-queries.js';
import { annotationView, byAttachment, incidentHeader } from '../rendering.js';
import { streams } from '../streams.js';
import type { HistoryQueries } from './history-queries.js';
import { StoredRevisions } from './stored-revisions.js';

/** Maximum annotations and changes in memory at the same time. */
const PAGE = 200;

/** An attached document for an incident's exports, with its details at the moment. */
export interface AttachedDocument {
  readonly id: string;
  /** `null` once erased by law. */
  readonly details: DocumentDetails | null;
  readonly attachedBy: string;
  readonly attachedAt: string;
  /** When its text was imported. */
  readonly recordedAt: string;
  /** When its details last changed. */
  readonly revisedAt: string;
  /** The position of that change. */
  readonly revisedPosition: number;
}

/** An erasure by law: the positions of the removed payloads that may concern this incident. */
export interface Erasure {
  readonly position: number;
  readonly at: string;
  readonly actor: string;
  readonly erased: readonly number[];
}

/** The analyses of an incident. Each reads the whole incident, so a very large one is refused as too costly. */
export interface IncidentAnalyses {
  timeline(): Promise<TimelineView>;
  scorecard(): Promise<ScorecardView>;
  casualties(): Promise<CasualtiesView>;
  sources(): Promise<SourcesView>;
}

/**
 * An incident as of one position, read piece by piece: only one page is in memory, however large the incident is.
 * Every piece is from the same moment and holds only what its reader may see.
 */
export interface IncidentSource {
  readonly workspaceId: string;
  /** The requested position: everything is as of it. */
  readonly position: number;
  readonly header: Omit<IncidentSummary, 'counts'>;
  /** In the order of attachment. */
  readonly documents: readonly AttachedDocument[];
  /** The names of members, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Changes whenever any piece of it changes. */
  readonly version: string;
  /** The number of annotations of these kinds (all by default), including retracted and erased ones. */
  count(kinds?: readonly AnnotationKind[]): number;
  /** Kind after kind in the given order, each in the order of recording. */
  annotations(kinds?: readonly AnnotationKind[]): AsyncGenerator<AnnotationView, void, void>;
  /** The annotations whose latest events have these positions, in that order. */
  at(positions: readonly number[]): AsyncGenerator<AnnotationView, void, void>;
  /** Every change in order, as in histories. */
  changes(): AsyncGenerator<ChangeView, void, void>;
  /** Every event in order. */
  events(): AsyncGenerator<RecordedEvent<IncidentEventType>, void, void>;
  /**
   * The erasures by law that affected the incident's events, at any time, in order. Erased content is gone as of
   * every moment, so erasures after the source's own moment are included.
   */
  erasures(): AsyncGenerator<Erasure, void, void>;
  /** A document's text; `null` once erased, or if the reader may not see it. */
  text(documentId: string): Promise<string | null>;
  readonly analyses: IncidentAnalyses;
}

interface Indexed {
  readonly header: IncidentSource['header'];
  readonly attachments: readonly {
    readonly documentId: string;
    readonly attachedBy: string;
    readonly attachedAt: string;
  }[];
  /** The latest position of each annotation, by kind, in the order of recording. */
  readonly index: ReadonlyMap<AnnotationKind, readonly number[]>;
  views(this: void, positions: readonly number[]): Promise<readonly AnnotationView[]>;
}

async function* paged(
  positions: readonly number[],
  views: Indexed['views'],
): AsyncGenerator<AnnotationView, void, void> {
  for (let at = 0; at < positions.length; at += PAGE) yield* await views(positions.slice(at, at + PAGE));
}

/** Opens incidents for reading piece by piece. */
export class IncidentSources {
  private readonly reads: LedgerReads;
  private readonly revisions: StoredRevisions;

  constructor(
    private readonly dataSource: DataSource,
    private readonly histories: HistoryQueries,
    private readonly library: LibraryQueries,
    private readonly analysis: AnalysisQueries,
  ) {
    this.reads = new LedgerReads(dataSource);
    this.revisions = new StoredRevisions(dataSource);
  }

  /** The incident as of a position; `null` if it was not opened by then, or is hidden from the reader. */
  async open(workspaceId: string, incidentId: string, position: number): Promise<IncidentSource | null> {
    const found = await this.indexed(workspaceId, incidentId, position);
    if (found === null) return null;
    const { header, attachments, index, views } = found;
    const attached = attachments.map(({ documentId }) => documentId);
    const lookup = await this.histories.documentsAt(workspaceId, attached, position);
    const times = await this.documentTimes(workspaceId, attached, position);
    const documents = attachments.map(({ documentId: id, attachedBy, attachedAt }) => ({
      id,
      details: lookup(id) ?? null,
      attachedBy,
      attachedAt,
      ...(times.get(id) ?? { recordedAt: attachedAt, revisedAt: attachedAt, revisedPosition: 0 }),
    }));
    const names = await this.namesOf(workspaceId);
    const erasures = await this.lastErasure(workspaceId);
    const positionsOf = (kinds: readonly AnnotationKind[]): number[] =>
      kinds.flatMap((kind) => [...(index.get(kind) ?? [])]);
    return {
      workspaceId,
      position,
      header,
      documents,
      names,
      version: sha256(
        JSON.stringify([header, documents, [...names], erasures, positionsOf(ANNOTATION_KINDS)]),
      ).toString('base64url'),
      count: (kinds = ANNOTATION_KINDS) => positionsOf(kinds).length,
      annotations: (kinds = ANNOTATION_KINDS) => paged(positionsOf(kinds), views),
      at: (positions) => paged(positions, views),
      changes: () => this.changes(workspaceId, incidentId, position),
      events: () => this.events(workspaceId, incidentId, position),
      erasures: () => this.erasures(workspaceId, incidentId, position),
      text: (documentId) => this.library.text(workspaceId, documentId),
      analyses: this.analysesOf(workspaceId, incidentId, position),
    };
  }

  private analysesOf(workspaceId: string, incidentId: string, position: number): IncidentAnalyses {
    const whole = async <T>(analysis: Promise<T | null>): Promise<T> => {
      const found = await analysis;
      if (found === null) throw new Error('the incident of an export was hidden while it was read');
      return found;
    };
    const at = { position };
    return {
      timeline: () => whole(this.analysis.timeline(workspaceId, incidentId, at)),
      scorecard: () => whole(this.analysis.scorecard(workspaceId, incidentId, at)),
      casualties: () => whole(this.analysis.casualties(workspaceId, incidentId, at)),
      sources: () => whole(this.analysis.sources(workspaceId, incidentId, at)),
    };
  }

  /** When each document was imported, and the last change of its details by then. */
  private async documentTimes(workspaceId: string, ids: readonly string[], position: number) {
    const rows = await this.dataSource.query<{ stream_id: string; first: Date; last: Date; top: string }[]>(
      `SELECT stream_id, min(recorded_at) AS first, max(recorded_at) AS last, max(position) AS top FROM events
       WHERE workspace_id = $1 AND stream_id = ANY ($2) AND position <= $3 GROUP BY stream_id`,
      [workspaceId, ids.map((id) => streams.document(id)), position],
    );
    return new Map(
      rows.map(({ stream_id, first, last, top }) => [
        stream_id.slice(streams.document('').length),
        { recordedAt: first.toISOString(), revisedAt: last.toISOString(), revisedPosition: Number(top) },
      ]),
    );
  }

  /** The incidents visible to the reader that a document is or was attached to. */
  async incidentsOf(workspaceId: string, documentId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ incident_id: string }[]>(
      `SELECT s.incident_id FROM incidents_v1.sources s
       JOIN incidents_v1.incidents i ON i.workspace_id = s.workspace_id AND i.id = s.incident_id
       WHERE s.workspace_id = $1 AND s.document_id = $2 ORDER BY s.incident_id`,
      [workspaceId, documentId],
    );
    return rows.map(({ incident_id }) => incident_id);
  }

  /** Whether the document is visible to the reader and existed by then. */
  async hasDocument(workspaceId: string, documentId: string, position: number): Promise<boolean> {
    const first = await this.histories.firstPosition(workspaceId, { document: documentId });
    return first !== null && first <= position;
  }

  private async indexed(workspaceId: string, incidentId: string, position: number): Promise<Indexed | null> {
    const stored = await this.revisions.index(workspaceId, incidentId, position);
    if (stored === null) return null;
    if (stored !== undefined) {
      return {
        header: stored.header,
        attachments: [...stored.attachments].sort(byAttachment),
        index: stored.index,
        views: (positions) => this.revisions.annotationsAt(workspaceId, positions),
      };
    }
    // The view lacks the newest events; folding the stream gives the same result.
    const state = await this.histories.incidentAt(workspaceId, incidentId, position);
    if (state.status === 'unopened') return null;
    const inOrder = [...state.annotations.values()].sort((a, b) => a.recordedPosition - b.recordedPosition);
    const byPosition = new Map<number, Annotation>(inOrder.map((each) => [each.position, each]));
    const index = new Map<AnnotationKind, number[]>();
    for (const { kind, position: at } of inOrder) {
      const known = index.get(kind);
      if (known === undefined) index.set(kind, [at]);
      else known.push(at);
    }
    return {
      header: incidentHeader(state),
      attachments: [...state.documents.values()].sort(byAttachment),
      index,
      views: (positions) => Promise.resolve(positions.map((at) => annotationView(byPosition.get(at)!))),
    };
  }

  private async *changes(workspaceId: string, incidentId: string, position: number) {
    for (let after: number | null = 0; after !== null;) {
      const page: Awaited<ReturnType<HistoryQueries['history']>> = await this.histories.history(
        workspaceId,
        incidentId,
        { after, limit: PAGE },
        { position },
      );
      yield* page?.items ?? [];
      after = page?.next == null ? null : Number(page.next);
    }
  }

  private async *events(workspaceId: string, incidentId: string, position: number) {
    for await (const { event } of this.reads.stream(workspaceId, streams.incident(incidentId), position))
      yield event as RecordedEvent<IncidentEventType>;
  }

  private async *erasures(
    workspaceId: string,
    incidentId: string,
    position: number,
  ): AsyncGenerator<Erasure, void, void> {
    const own = new Set<number>();
    for await (const { event } of this.reads.stream(workspaceId, streams.incident(incidentId), position))
      if (event.data === null) own.add(event.position);
    if (own.size === 0) return;
    for await (const { event } of this.reads.stream(workspaceId, streams.erasures, Number.MAX_SAFE_INTEGER)) {
      const { positions = [] } = event.data as { positions?: readonly number[] };
      const erased = positions.filter((each) => own.has(each));
      if (erased.length > 0) yield { position: event.position, at: event.at, actor: event.actor, erased };
    }
  }

  /** The names of members, by id. */
  async namesOf(workspaceId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.dataSource.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM members_v1.members WHERE workspace_id = $1 ORDER BY id',
      [workspaceId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  private async lastErasure(workspaceId: string): Promise<number> {
    const rows = await this.dataSource.query<{ position: number }[]>(
      'SELECT position FROM events WHERE workspace_id = $1 AND stream_id = $2 ORDER BY stream_version DESC LIMIT 1',
      [workspaceId, streams.erasures],
    );
    return Number(rows[0]?.position ?? 0);
  }
}
