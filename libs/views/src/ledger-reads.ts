import { TimeSlice } from '@casebook/ledger';
import {
  calendarInstant,
  decodeEvent,
  type EventView,
  type JsonObject,
  type Moment,
  type RecordedEvent,
} from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import { shownOf } from './paging.js';

/** An event for histories: typed, and without the text of an imported document. */
export interface ReadEvent {
  readonly streamId: string;
  readonly event: RecordedEvent;
  /** The size of an imported text in bytes of UTF-8; `null` for every other event, and once erased. */
  readonly textBytes: number | null;
}

/** The filters of an audit. Positions are exclusive below and inclusive above. */
export interface EventFilter {
  readonly above: number;
  readonly upTo: number;
  readonly streamIds?: readonly string[];
  readonly subject?: string;
  readonly actor?: string;
  readonly type?: string;
}

/** Bounds a page by its output and by the bytes the database reads for it: texts are megabytes each. */
const PAGE_BYTES = 1024 * 1024;
const READ_BYTES = 32 * 1024 * 1024;
/** Maximum events, and approximate maximum bytes, of a stream read at once. */
const STREAM_PAGE = 2000;
const STREAM_BYTES = 4 * 1024 * 1024;

/**
 * Reads the ledger by filter, by time, and without texts, which Ledger itself does not offer. `events` is the
 * storage format, which never changes. Readers get events only through here, or through views under the same
 * row-level security; this is the only place that removes references of erasures to events hidden from the reader.
 */
export class LedgerReads {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The position of the last event recorded at or before this instant; 0 if there is none. Recorded times
   * never run backwards in a workspace, so a binary search finds it without an index.
   */
  async positionAt(workspaceId: string, instant: string): Promise<number> {
    const [row] = await this.dataSource.query<{ position: number }[]>(
      // A function of the owner: bisecting needs the time of every event, including those hidden from the reader.
      `SELECT ledger_position_at($1, $2::timestamptz) AS position`,
      [workspaceId, calendarInstant(Date.parse(instant))],
    );
    return row?.position ?? 0;
  }

  /** The position of a moment, which is that of the last event then. A position beyond the head is returned unchanged; without a moment, the largest possible. */
  positionOf(workspaceId: string, moment: Moment | undefined): number | Promise<number> {
    if (moment === undefined) return Number.MAX_SAFE_INTEGER;
    return 'position' in moment ? moment.position : this.positionAt(workspaceId, moment.time);
  }

  /** The matching events in order of position, at most `limit`. */
  async matching(workspaceId: string, filter: EventFilter, limit: number): Promise<ReadEvent[]> {
    return (await this.matchingRows(workspaceId, filter, limit)).map(readEvent);
  }

  /** The same as a page, which is also limited in bytes (paging.ts). `more`: there are further events. */
  async matchingPage(
    workspaceId: string,
    filter: EventFilter,
    limit: number,
  ): Promise<{ events: ReadEvent[]; more: boolean }> {
    const rows = await this.matchingRows(workspaceId, filter, limit + 1);
    const sized = rows.map((row) => ({ row, body: row.payload ?? '' }));
    const shown = shownOf(sized, limit);
    return { events: shown.map(({ row }) => readEvent(row)), more: rows.length > shown.length };
  }

  private async matchingRows(workspaceId: string, filter: EventFilter, limit: number): Promise<StoredRow[]> {
    return this.dataSource.query<StoredRow[]>(
      // OFFSET 0 keeps the planner from walking the whole ledger in order of position for the few events of a stream.
      `SELECT ${TYPED_COLUMNS}
       FROM ${filter.streamIds === undefined ? 'events' : '(SELECT * FROM events WHERE workspace_id = $1 AND stream_id = ANY ($4) OFFSET 0)'} e ${WITHOUT_TEXT}
       WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $3
         AND ($4::text[] IS NULL OR e.stream_id = ANY ($4)) AND ($5::text IS NULL OR e.subject = $5)
         AND ($6::text IS NULL OR e.actor_id = $6) AND ($7::text IS NULL OR e.type = $7)
       ORDER BY e.position LIMIT $8`,
      [
        workspaceId,
        filter.above,
        filter.upTo,
        filter.streamIds ?? null,
        filter.subject ?? null,
        filter.actor ?? null,
        filter.type ?? null,
        limit,
      ],
    );
  }

  /** A stream's events from the first up to a position of the ledger, in order, read in pages and yielded in slices. */
  async *stream(workspaceId: string, streamId: string, upTo: number): AsyncGenerator<ReadEvent, void, void> {
    const slice = new TimeSlice();
    // The first page is short, because the size of the events is not known yet.
    for (let version = 0, limit = 100; ;) {
      const rows = await this.dataSource.query<StoredRow[]>(
        `SELECT ${TYPED_COLUMNS} FROM events e ${WITHOUT_TEXT}
         WHERE e.workspace_id = $1 AND e.stream_id = $2 AND e.stream_version > $3 AND e.position <= $4
         ORDER BY e.stream_version LIMIT $5`,
        [workspaceId, streamId, version, upTo, limit],
      );
      let bytes = 0;
      for (const row of rows) {
        if (slice.isOver) await slice.giveWay();
        bytes += row.payload?.length ?? 0;
        yield readEvent(row);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < limit) return;
      version = last.stream_version;
      limit = Math.max(50, Math.min(STREAM_PAGE, Math.floor((STREAM_BYTES * rows.length) / (bytes + 1))));
    }
  }

  /** The streams of the events at these positions that are visible to the reader. */
  async streamsAt(workspaceId: string, positions: readonly number[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ stream_id: string }[]>(
      'SELECT DISTINCT stream_id FROM events WHERE workspace_id = $1 AND position = ANY ($2::bigint[])',
      [workspaceId, positions],
    );
    return new Set(rows.map(({ stream_id }) => stream_id));
  }

  /**
   * Events as stored, in order, above a position; digests of tokens are left out, and documents' texts are
   * replaced by their digests and addresses. At most `limit`, and fewer if their payloads exceed 1 MiB
   * together, but always at least one. `more`: further events exist.
   */
  async raw(
    workspaceId: string,
    after: number,
    limit: number,
  ): Promise<{ events: EventView[]; more: boolean }> {
    const rows = await this.dataSource.query<RawRow[]>(
      `WITH page AS (
         SELECT e.*, count(*) OVER () AS found,
           sum(e.bytes) OVER by_position - e.bytes AS ahead, sum(e.given) OVER by_position - e.given AS given_ahead
         FROM (SELECT *, coalesce(octet_length(payload), 0) AS bytes,
                 CASE WHEN type IN ('DocumentImported', 'OriginalKept') THEN 1000 ELSE coalesce(octet_length(payload), 0) END AS given
               FROM events
               WHERE workspace_id = $1 AND position > $2 ORDER BY position LIMIT $3 + 1) e
         WINDOW by_position AS (ORDER BY e.position))
       SELECT e.position, e.event_id, e.type, e.schema_version, e.stream_id, e.stream_version, e.subject, ${PAYLOAD_WITHOUT_TEXT} AS payload,
         ${TEXT_BYTES} AS text_bytes, e.actor_id, ${ISO('e.recorded_at')} AS recorded_at, e.command_id, e.correlation_id, e.causation_id,
         encode(e.leaf_hash, 'hex') AS leaf_hash, e.found
       FROM page e ${WITHOUT_TEXT} WHERE e.ahead < $4 AND e.given_ahead < $5 ORDER BY e.position LIMIT $3`,
      [workspaceId, after, limit, READ_BYTES, PAGE_BYTES],
    );
    return {
      events: rows.map((row) => eventView(workspaceId, row)),
      more: rows.length < (rows[0]?.found ?? 0),
    };
  }
}

const ISO = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * An event's payload as its reader may see it. For an erasure that concerns an event hidden from the reader, as an
 * erased event or as a remaining copy, only the positions: its subject, reason and law would reveal hidden content.
 */
const PAYLOAD_AS_SEEN = `CASE WHEN e.type <> 'PayloadErased' THEN e.payload WHEN (
    SELECT count(*) FILTER (WHERE s.position IS NULL) > 0
    FROM jsonb_array_elements_text((e.payload::jsonb -> 'positions') || coalesce(e.payload::jsonb -> 'quotedAt', '[]')) concerned (position)
    LEFT JOIN events s ON s.workspace_id = e.workspace_id AND s.position = concerned.position::bigint)
  THEN jsonb_build_object('positions', e.payload::jsonb -> 'positions')::text ELSE e.payload END`;

/** With {@link WITHOUT_TEXT}: a document's import without its text but with the text's length, and its original without the content. */
const PAYLOAD_WITHOUT_TEXT = `CASE WHEN imported.payload IS NULL THEN ${PAYLOAD_AS_SEEN} ELSE (imported.payload - 'text' - 'content')::text END`;
const TEXT_BYTES = `octet_length(imported.payload ->> 'text')`;

const TYPED_COLUMNS = `e.position, e.stream_id, e.stream_version, e.type, e.schema_version, e.subject, e.actor_id,
  ${ISO('e.recorded_at')} AS recorded_at,
  ${PAYLOAD_WITHOUT_TEXT} AS payload, ${TEXT_BYTES} AS text_bytes`;

/** Reading the text for every change of its document would cost megabytes for nothing. */
const WITHOUT_TEXT = `LEFT JOIN LATERAL (
  SELECT e.payload::jsonb AS payload WHERE e.type IN ('DocumentImported', 'OriginalKept') OFFSET 0) imported ON true`;

interface StoredRow {
  readonly position: number;
  readonly stream_id: string;
  readonly stream_version: number;
  readonly type: string;
  readonly schema_version: number;
  readonly subject: string | null;
  readonly actor_id: string;
  readonly recorded_at: string;
  readonly payload: string | null;
  readonly text_bytes: number | null;
}

interface RawRow extends StoredRow {
  readonly event_id: string;
  readonly command_id: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly leaf_hash: string;
  readonly found: number;
}

function readEvent(row: StoredRow): ReadEvent {
  const event = decodeEvent({
    position: row.position,
    streamVersion: row.stream_version,
    type: row.type,
    schemaVersion: row.schema_version,
    subject: row.subject,
    payload: row.payload === null ? null : (JSON.parse(row.payload) as JsonObject),
    actorId: row.actor_id,
    recordedAt: row.recorded_at,
  });
  return { streamId: row.stream_id, event, textBytes: row.text_bytes };
}

function eventView(workspaceId: string, row: RawRow): EventView {
  return {
    position: row.position,
    id: row.event_id,
    type: row.type,
    schemaVersion: row.schema_version,
    stream: row.stream_id,
    version: row.stream_version,
    subject: row.subject,
    actor: row.actor_id,
    recordedAt: row.recorded_at,
    commandId: row.command_id,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    leafHash: row.leaf_hash,
    data:
      row.payload === null
        ? null
        : shown(workspaceId, row, JSON.parse(row.payload) as Record<string, unknown>),
  };
}

/**
 * Leaves out a token's digest, which would allow guessing tokens, and a document's text and original, which would be
 * megabytes for every follower; their digests and addresses are enough.
 */
function shown(
  workspaceId: string,
  { type, subject, text_bytes }: RawRow,
  payload: Record<string, unknown>,
): Record<string, unknown> {
  if (type === 'TokenIssued') {
    const { digest: _, ...rest } = payload;
    return rest;
  }
  if (type === 'OriginalKept') {
    const { digest, bytes } = payload;
    return {
      ...payload,
      content: { digest, bytes, href: `/v1/workspaces/${workspaceId}/documents/${subject}/original` },
    };
  }
  if (text_bytes === null) return payload;
  const href = `/v1/workspaces/${workspaceId}/documents/${subject}/text`;
  return { ...payload, text: { digest: subject, bytes: text_bytes, href } };
}
