import type { QueryArrayConfig } from 'pg';
import type { JsonObject, RecordedEvent, StoredEvent } from '../ledger-types.js';

/**
 * The columns of an event of a known stream, for a query whose rows `recordedOfRow` reads; `e` is the table's alias.
 * All numbers and the id share one field, because extracting a field from an answer costs Node more than splitting a
 * short text. Texts with arbitrary content have a field each.
 */
export const STREAM_COLUMNS = `concat_ws(' ', e.position, e.stream_version, e.schema_version, e.command_index, date_part('epoch', e.recorded_at), e.event_id),
  e.type, e.subject, e.actor_id, e.command_id, e.correlation_id, e.causation_id, e.payload`;

/** The same for rows of several streams. */
export const RECORDED_COLUMNS = `${STREAM_COLUMNS}, e.stream_id`;

/** Every column of `events` except the workspace, for a query whose rows `eventOfRow` reads. */
export const EVENT_COLUMNS = `${RECORDED_COLUMNS}, e.command_digest, e.payload_commitment, e.payload_salt, e.leaf_hash`;

/** Rows as arrays of the server's text, regardless of the parsers set by the pool's owner. */
export const AS_TEXT = {
  rowMode: 'array',
  types: { getTypeParser: () => (text: string) => text },
} as const satisfies Partial<QueryArrayConfig>;

/** The same without payload and salt: the fields of an envelope. */
export const ENVELOPE_COLUMNS = EVENT_COLUMNS.replace('e.payload,', 'NULL::text,').replace(
  'e.payload_salt,',
  'NULL::bytea,',
);

/**
 * The number of events in a page, for its LIMIT: those that meet a condition, at most `limit`, fewer if their
 * payloads reach `maxBytes` (both are expressions), and at least one. The bytes are counted separately, since a
 * window keeps a copy of every row. `e` is the table's alias.
 */
export const withinBytes = (
  where: string,
  order: string,
  { limit, maxBytes }: { limit: string; maxBytes: string | number },
): string => `(
  SELECT count(*) FILTER (WHERE ahead < ${maxBytes}) FROM (
    SELECT sum(bytes) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) - bytes AS ahead FROM (
      SELECT e.stream_id, e.stream_version, e.position, coalesce(octet_length(e.payload), 0) AS bytes
      FROM events e WHERE ${where} ORDER BY ${order} LIMIT ${limit}) e) sized)`;

/** A page of events in order of position, for a query whose rows `eventOfRow` reads. */
export const pageOfBytes = (where: string, within: { limit: string; maxBytes: string }): string =>
  `SELECT ${EVENT_COLUMNS} FROM events e WHERE ${where} ORDER BY e.position LIMIT ${withinBytes(where, 'e.position', within)}`;

export type EventRow = readonly (string | null)[];

/** Reads a row of RECORDED_COLUMNS, or of STREAM_COLUMNS if the stream is given, queried AS_TEXT. */
export function recordedOfRow(workspaceId: string, row: EventRow, streamId = row[8]!): RecordedEvent {
  const [position, streamVersion, schemaVersion, commandIndex, seconds, eventId] = row[0]!.split(' ');
  const payload = payloadOf(row);
  return {
    workspaceId,
    position: Number(position),
    streamId,
    streamVersion: Number(streamVersion),
    eventId: eventId!,
    type: row[1]!,
    schemaVersion: Number(schemaVersion),
    subject: row[2]!,
    payload: payload === null ? null : (JSON.parse(payload) as JsonObject),
    actorId: row[3]!,
    recordedAt: timeOf(seconds!),
    commandId: row[4]!,
    commandIndex: Number(commandIndex),
    correlationId: row[5]!,
    causationId: row[6]!,
  };
}

/** The stored text of the payload. */
export const payloadOf = (row: EventRow): string | null => row[7]!;

/** The position, without reading the rest of the row. */
export const positionOf = (row: EventRow): number => parseInt(row[0]!, 10);

/** The row as if the payload had been erased. */
export const withoutPayload = (row: EventRow): EventRow => row.with(7, null).with(11, null);

/** Reads a row of EVENT_COLUMNS queried AS_TEXT. */
export function eventOfRow(workspaceId: string, row: EventRow): StoredEvent {
  return {
    commandDigest: bytes(row[9]!),
    payloadCommitment: bytes(row[10]!),
    payloadSalt: row[11] === null ? null : bytes(row[11]!),
    leafHash: bytes(row[12]!),
    ...recordedOfRow(workspaceId, row),
  };
}

/** The last time read: the events of a command share one. */
let readSeconds = '';
let readTime = '';

/** Seconds since 1970 in ISO 8601. A value that is not a valid Date (`infinity`) is returned unchanged: its hash cannot match, so verification reports it. */
function timeOf(seconds: string): string {
  if (seconds !== readSeconds) {
    const time = new Date(Math.round(Number(seconds) * 1000));
    readTime = Number.isNaN(time.getTime()) ? seconds : time.toISOString();
    readSeconds = seconds;
  }
  return readTime;
}

/** bytea in its text form, `\x` and hex (bytea_output = hex, the default since PostgreSQL 9.0). */
export function bytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex');
}
