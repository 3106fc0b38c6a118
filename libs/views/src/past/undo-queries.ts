import type { DocumentEventType, IncidentEventType, RecordedEvent } from '@casebook/contracts';
import {
  type RecordedChange,
  recordedChangeOf,
  type RecordedDocumentChange,
  recordedDocumentChangeOf,
  type DocumentState,
  evolve,
  evolveDocument,
  type IncidentState,
  initialDocument,
  initialIncident,
} from '@casebook/incident';
import type { DataSource } from 'typeorm';
import { LedgerReads } from '../ledger-reads.js';
import { streamOf, streams } from '../streams.js';

/** The changes of one member or one request, in a period or an incident. */
export interface MemberPeriod {
  readonly member?: string;
  readonly correlationId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly incidentId?: string;
}

/** The events of one stream to undo, and the stream's state at a position. */
export type ToUndo =
  | {
      readonly kind: 'incident';
      readonly streamId: string;
      readonly recordedChanges: readonly RecordedChange[];
      readonly state: IncidentState;
    }
  | {
      readonly kind: 'document';
      readonly streamId: string;
      readonly recordedChanges: readonly RecordedDocumentChange[];
      readonly state: DocumentState;
    };

/** Reads the past that an undo needs. */
export class UndoQueries {
  private readonly reads: LedgerReads;

  constructor(private readonly dataSource: DataSource) {
    this.reads = new LedgerReads(dataSource);
  }

  /** The streams of these events that are visible to the reader; unknown events are left out. */
  async at(workspaceId: string, positions: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.dataSource.query<{ position: number; stream_id: string }[]>(
      'SELECT position, stream_id FROM events WHERE workspace_id = $1 AND position = ANY ($2)',
      [workspaceId, positions],
    );
    return new Map(rows.map(({ position, stream_id }) => [Number(position), stream_id]));
  }

  /** The matching events about incidents and documents, in order, at most `limit`. */
  async of(
    workspaceId: string,
    { member, correlationId, from, to, incidentId }: MemberPeriod,
    limit: number,
  ): Promise<Map<number, string>> {
    const above =
      from === undefined
        ? 0
        : await this.reads.positionAt(workspaceId, new Date(Date.parse(from) - 1).toISOString());
    const upTo = to === undefined ? Number.MAX_SAFE_INTEGER : await this.reads.positionAt(workspaceId, to);
    const rows = await this.dataSource.query<{ position: number; stream_id: string }[]>(
      `SELECT position, stream_id FROM events
       WHERE workspace_id = $1 AND ($2::text IS NULL OR actor_id = $2) AND position > $3 AND position <= $4
         AND ($7::text IS NULL OR correlation_id = $7)
         AND ($5::text IS NULL OR stream_id = $5) AND stream_id NOT IN ('members', 'erasures')
       ORDER BY position LIMIT $6`,
      [
        workspaceId,
        member ?? null,
        above,
        upTo,
        incidentId === undefined ? null : streams.incident(incidentId),
        limit,
        correlationId ?? null,
      ],
    );
    return new Map(rows.map(({ position, stream_id }) => [Number(position), stream_id]));
  }

  /**
   * The events' changes, and the stream as of `upTo` (now by default). `null` for a stream that cannot be
   * undone.
   */
  async recordedChanges(
    workspaceId: string,
    streamId: string,
    positions: ReadonlySet<number>,
    upTo: number = Number.MAX_SAFE_INTEGER,
  ): Promise<ToUndo | null> {
    switch (streamOf(streamId)?.kind) {
      case 'incident': {
        let state = initialIncident;
        const changes: RecordedChange[] = [];
        for await (const { event } of this.reads.stream(workspaceId, streamId, upTo)) {
          const told = event as RecordedEvent<IncidentEventType>;
          if (positions.has(told.position)) changes.push(recordedChangeOf(told, state));
          state = evolve(state, told);
        }
        return { kind: 'incident', streamId, recordedChanges: changes, state };
      }
      case 'document': {
        let state = initialDocument;
        const changes: RecordedDocumentChange[] = [];
        for await (const { event } of this.reads.stream(workspaceId, streamId, upTo)) {
          const told = event as RecordedEvent<DocumentEventType>;
          if (positions.has(told.position)) changes.push(recordedDocumentChangeOf(told, state));
          state = evolveDocument(state, told);
        }
        return { kind: 'document', streamId, recordedChanges: changes, state };
      }
      case 'members':
      case 'erasures':
      case undefined:
        return null;
    }
  }
}
