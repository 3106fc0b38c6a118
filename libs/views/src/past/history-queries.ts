import {
  type AnnotationKind,
  type AnnotationView,
  type ChangeView,
  type DocumentDetails,
  type DocumentEventType,
  type DocumentView,
  eventKindOf,
  type EventView,
  type IncidentEventType,
  type IncidentView,
  type Moment,
  type RecordedEvent,
} from '@casebook/contracts';
import {
  annotationIn,
  evolve,
  evolveDocument,
  initialDocument,
  initialIncident,
  type IncidentState,
} from '@casebook/incident';
import type { Ledger } from '@casebook/ledger';
import { byStream } from '@casebook/projections';
import type { DataSource } from 'typeorm';
import { AnnotationRow } from '../entities.js';
import { LedgerReads, type ReadEvent } from '../ledger-reads.js';
import { type Page, shownOf } from '../paging.js';
import { annotationView, attachmentView, byAttachment, incidentOf, incidentViewSteps } from '../rendering.js';
import { StoredRevisions } from './stored-revisions.js';
import { streams } from '../streams.js';
import { inSlices } from '../time-slice.js';
import { describerOf } from './describers.js';

/**
 * A page in ledger order: `next` is the position to pass as `after`, as a decimal. The number of positions
 * scanned per answer is limited, so a page may be short or empty while `next` is not null.
 */
export interface After {
  /** Return items above this position; 0 by default. */
  readonly after?: number;
  readonly limit: number;
}

export interface HistoryFilter extends After {
  readonly annotationId?: string;
}

export interface AuditFilter extends After {
  readonly actor?: string;
  readonly incidentId?: string;
  readonly annotationId?: string;
  readonly type?: string;
  /** Recorded at or after this instant (ISO 8601, UTC, milliseconds). */
  readonly from?: string;
  /** Recorded at or before this instant. */
  readonly to?: string;
}

/** The thing named by an address; the whole workspace if nothing is set. */
export interface NamedThing {
  readonly incident?: string | undefined;
  /** An annotation of the incident. */
  readonly annotation?: string | undefined;
  readonly document?: string | undefined;
  readonly member?: string | undefined;
}

export interface HistoryQueriesOptions {
  /** Maximum positions that one page of the audit scans; 100,000 by default. */
  readonly auditWindow?: number;
}

/**
 * Reads the past: from the view of every revision up to its position, then folded from the events. So every
 * answer includes all writes answered before it.
 */
export class HistoryQueries {
  private readonly reads: LedgerReads;
  private readonly revisions: StoredRevisions;
  private readonly auditWindow: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly dataSource: DataSource,
    options: HistoryQueriesOptions = {},
  ) {
    this.reads = new LedgerReads(dataSource);
    this.revisions = new StoredRevisions(dataSource);
    this.auditWindow = options.auditWindow ?? 100_000;
  }

  /**
   * The incident as of the moment; `null` if it was not opened by then. A position above the head means the
   * head.
   */
  async asOf(workspaceId: string, incidentId: string, moment: Moment): Promise<IncidentView | null> {
    const position = await this.positionOf(workspaceId, moment);
    const parts = await this.revisions.incident(workspaceId, incidentId, position);
    if (parts === null) return null;
    if (parts !== undefined) {
      const attachments = [...parts.attachments].sort(byAttachment);
      const lookup = await this.documentsAt(
        workspaceId,
        attachments.map(({ documentId }) => documentId),
        position,
      );
      return incidentOf(
        parts.header,
        attachments.map((each) => attachmentView(each, lookup)),
        parts.annotations,
      );
    }
    const state = await this.incidentAt(workspaceId, incidentId, position);
    if (state.status === 'unopened') return null;
    const lookup = await this.documentsAt(workspaceId, [...state.documents.keys()], position);
    return inSlices(incidentViewSteps(state, lookup));
  }

  /** `null` if it was not recorded by then or is of another kind. */
  async annotationAsOf(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    id: string,
    moment: Moment,
  ): Promise<AnnotationView | null> {
    const position = await this.positionOf(workspaceId, moment);
    const known = await this.revisions.annotation(workspaceId, incidentId, kind, id, position);
    if (known !== undefined) return known;
    const state = await this.incidentAt(workspaceId, incidentId, position);
    const annotation = annotationIn(state, id);
    return annotation?.kind === kind ? annotationView(annotation) : null;
  }

  /**
   * Every change of an incident, or of one annotation in it, in order, up to a moment; `null` if it does not,
   * or did not, exist.
   */
  async history(
    workspaceId: string,
    incidentId: string,
    { annotationId, after = 0, limit }: HistoryFilter,
    moment?: Moment,
  ): Promise<Page<ChangeView> | null> {
    const upTo = await this.reads.positionOf(workspaceId, moment);
    const stored = await this.revisions.changes(workspaceId, streams.incident(incidentId), {
      after,
      upTo,
      limit: limit + 1,
      subject: annotationId,
    });
    if (stored !== undefined) return stored && pageByPosition(stored, limit);
    const describeEvent = describerOf(streams.incident(incidentId));
    const found: ChangeView[] = [];
    let known = false;
    for await (const read of this.incidentEvents(workspaceId, incidentId, upTo)) {
      known = true;
      const wanted =
        read.event.position > after && (annotationId === undefined || read.event.subject === annotationId);
      const change = describeEvent(read, wanted);
      if (change !== null) found.push(change);
      if (found.length > limit) break;
    }
    return known ? pageByPosition(found, limit) : null;
  }

  /** Every change in the workspace in order, up to a moment: of incidents, documents and members. */
  async audit(workspaceId: string, filter: AuditFilter, moment?: Moment): Promise<Page<ChangeView>> {
    const { after = 0, limit, actor, incidentId, annotationId, type, from, to } = filter;
    const head = await this.ledger.head(workspaceId);
    if (head === null) return { items: [], next: null };
    const upTo = Math.min(
      head.size,
      await this.reads.positionOf(workspaceId, moment),
      await this.reads.positionOf(workspaceId, to === undefined ? undefined : { time: to }),
    );
    const above =
      from === undefined
        ? after
        : Math.max(after, await this.reads.positionAt(workspaceId, justBefore(from)));

    const incidents =
      incidentId !== undefined
        ? [incidentId]
        : annotationId === undefined
          ? []
          : await this.incidentsOf(workspaceId, annotationId);
    // Events of known incidents are found by their stream, all others by scanning a range of the ledger.
    const windowEnd = incidents.length > 0 ? upTo : Math.min(upTo, above + this.auditWindow);
    const { events: rows, more: isMore } = await this.reads.matchingPage(
      workspaceId,
      {
        above,
        upTo: windowEnd,
        ...(incidents.length > 0 && { streamIds: incidents.map(streams.incident) }),
        ...(annotationId !== undefined && { subject: annotationId }),
        ...(actor !== undefined && { actor }),
        ...(type !== undefined && { type }),
      },
      limit,
    );
    const described = await this.described(workspaceId, rows);
    const changes = shownOf(described, limit);
    const last = rows.at(-1);
    const isCut = changes.length < described.length;
    const whole = isMore && last !== undefined ? last.event.position : windowEnd;
    const more = isCut ? changes.at(-1)!.position : whole;
    return {
      items:
        annotationId === undefined
          ? changes
          : changes.filter((change) => change.annotationId === annotationId),
      next: more < upTo ? String(more) : null,
    };
  }

  /** The ledger itself, with stored payloads. A page ends early if payloads are large. */
  async events(workspaceId: string, { after = 0, limit }: After): Promise<Page<EventView>> {
    const { events, more } = await this.reads.raw(workspaceId, after, limit);
    return { items: events, next: more ? String(events.at(-1)?.position) : null };
  }

  /** The streams of the events at these positions that are visible to the reader. */
  streamsAt(workspaceId: string, positions: readonly number[]): Promise<ReadonlySet<string>> {
    return this.reads.streamsAt(workspaceId, positions);
  }

  /**
   * The changes after `after`, up to and including the position `to` (the head by default). With an
   * annotation: about it. Without: about the incident's title, summary and status if `after` is a revision,
   * about the whole incident if it is a position.
   */
  async changesBetween(
    workspaceId: string,
    incidentId: string,
    annotationId: string | null,
    after: { readonly revision: number } | { readonly position: number },
    to: number = Number.MAX_SAFE_INTEGER,
  ): Promise<ChangeView[]> {
    const describeEvent = describerOf(streams.incident(incidentId));
    const found: ChangeView[] = [];
    let revision = 0;
    for await (const read of this.incidentEvents(workspaceId, incidentId, to)) {
      const { position, type, subject } = read.event;
      const about = annotationId === null ? eventKindOf(type) === 'incident' : subject === annotationId;
      // Every event about a thing is one revision of it.
      if (about) revision += 1;
      const wanted =
        'revision' in after
          ? about && revision > after.revision
          : position > after.position && (annotationId === null || about);
      const change = describeEvent(read, wanted);
      if (change !== null) found.push(change);
    }
    return found;
  }

  /**
   * Resolves a moment: the number of ledger events that count, and when the last of them visible to the reader was
   * recorded.
   */
  async momentOf(
    workspaceId: string,
    moment: Moment,
  ): Promise<{ readonly position: number; readonly at: string | null }> {
    const [row] = await this.dataSource.query<{ position: number; at: Date | null }[]>(
      // The time of an event hidden from the reader is not revealed.
      `SELECT m.position, (SELECT e.recorded_at FROM events e WHERE e.workspace_id = $1 AND e.position <= m.position
                           ORDER BY e.position DESC LIMIT 1) AS at
       FROM (SELECT least(size, coalesce($2::bigint, ledger_position_at($1, $3::timestamptz))) AS position
             FROM ledger_heads WHERE workspace_id = $1) m`,
      'position' in moment ? [workspaceId, moment.position, null] : [workspaceId, null, moment.time],
    );
    return { position: row?.position ?? 0, at: row?.at?.toISOString() ?? null };
  }

  /** The position of the first event about a thing that is visible to the reader; `null` if there is none. */
  async firstPosition(
    workspaceId: string,
    { incident, annotation, document, member }: NamedThing,
  ): Promise<number | null> {
    const streamId =
      incident !== undefined
        ? streams.incident(incident)
        : document !== undefined
          ? streams.document(document)
          : member !== undefined
            ? streams.members
            : null;
    const rows = await this.dataSource.query<{ position: number }[]>(
      `SELECT position FROM events
       WHERE workspace_id = $1 AND ($2::text IS NULL OR stream_id = $2) AND ($3::text IS NULL OR subject = $3)
       ORDER BY ${streamId === null ? 'position' : 'stream_version'} LIMIT 1`,
      [workspaceId, streamId, annotation ?? member ?? null],
    );
    return rows[0]?.position ?? null;
  }

  /** The position of a moment: that of the last event then. */
  positionOf(workspaceId: string, moment: Moment): number | Promise<number> {
    return this.reads.positionOf(workspaceId, moment);
  }

  private incidentEvents(workspaceId: string, incidentId: string, upTo = Number.MAX_SAFE_INTEGER) {
    return this.reads.stream(workspaceId, streams.incident(incidentId), upTo);
  }

  /** The state of an incident as of a position, folded from its events. */
  async incidentAt(workspaceId: string, incidentId: string, upTo: number): Promise<IncidentState> {
    let state = initialIncident;
    for await (const { event } of this.incidentEvents(workspaceId, incidentId, upTo)) {
      state = evolve(state, event as RecordedEvent<IncidentEventType>);
    }
    return state;
  }

  /**
   * The details of documents at a position; `undefined` if one was not imported yet, or was erased
   * since.
   */
  async documentsAt(
    workspaceId: string,
    ids: readonly string[],
    position: number,
  ): Promise<(documentId: string) => DocumentDetails | undefined> {
    const known = new Map<string, DocumentDetails | undefined>();
    // Unchanged documents come from the library's current rows, provided that it is at the head.
    const rows = await this.dataSource.query<{ id: string; body: string }[]>(
      `SELECT d.id, d.body FROM library_v1.documents d
       JOIN view_progress p ON p.workspace_id = d.workspace_id AND p.view = 'library' AND p.version = 1 AND p.status = 'attached'
       WHERE d.workspace_id = $1 AND d.id = ANY ($2) AND d.position <= $3`,
      [workspaceId, ids, position],
    );
    for (const { id, body } of rows) {
      const details = JSON.parse(body) as DocumentView;
      known.set(id, details.title === undefined ? undefined : { ...details, title: details.title });
    }
    for (const id of ids) {
      if (known.has(id)) continue;
      let state = initialDocument;
      for await (const { event } of this.reads.stream(workspaceId, streams.document(id), position)) {
        state = evolveDocument(state, event as RecordedEvent<DocumentEventType>);
      }
      known.set(id, state.status === 'unknown' ? undefined : (state.details ?? undefined));
    }
    return (id) => known.get(id);
  }

  /** The incidents with an annotation of this id; at most one, unless ids were made to collide. */
  private async incidentsOf(workspaceId: string, id: string): Promise<string[]> {
    const rows = await this.dataSource.getRepository(AnnotationRow).findBy({ workspaceId, id });
    return rows.map(({ incidentId }) => incidentId);
  }

  /** Describes the changes of these events, in their order. Only their own streams are folded, one after the other. */
  private async described(workspaceId: string, rows: readonly ReadEvent[]): Promise<ChangeView[]> {
    const stored = await this.revisions.changesAt(
      workspaceId,
      rows.map(({ event }) => event.position),
    );
    const told = new Map(stored.map((change) => [change.position, change]));
    for (const [streamId, wanted] of byStream(rows.filter(({ event }) => !told.has(event.position)))) {
      const describeEvent = describerOf(streamId);
      const positions = new Set(wanted.map(({ event }) => event.position));
      const upTo = wanted.at(-1)?.event.position ?? 0;
      const fromBirth = wanted.every(({ event }, index) => event.version === index + 1);
      // The description of an erasure does not depend on earlier ones.
      for await (const read of fromBirth || streamId === streams.erasures
        ? wanted
        : this.reads.stream(workspaceId, streamId, upTo)) {
        const change = describeEvent(read, positions.has(read.event.position));
        if (change !== null) told.set(change.position, change);
      }
    }
    return rows.map(({ event }) => told.get(event.position)).filter((change) => change !== undefined);
  }
}

const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

function pageByPosition(found: readonly ChangeView[], limit: number): Page<ChangeView> {
  const items = shownOf(found, limit);
  return { items, next: found.length > items.length ? String(items.at(-1)?.position) : null };
}
