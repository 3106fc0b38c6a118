import type { QueryArrayConfig } from 'pg';
import type { JsonObject, RecordedEvent, StoredEvent } from './ledger-types.js';

/** What an event says, for a query whose rows `recordedOfRow` reads; `e` is the table's alias. */
export const RECORDED_COLUMNS = `e.workspace_id, e.position, e.stream_id, e.stream_version, e.event_id, e.type, e.schema_version,
  e.subject, e.payload, e.actor_id, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  e.command_id, e.command_index, e.correlation_id, e.causation_id`;

/** Every column of `events`, for a query whose rows `eventOfRow` reads. */
export const EVENT_COLUMNS = `${RECORDED_COLUMNS}, e.command_digest, e.payload_commitment, e.payload_salt, e.leaf_hash`;

/** Rows as lists of the server's text, whatever parsers the pool's owner has set. */
export const AS_TEXT = {
  rowMode: 'array',
  types: { getTypeParser: () => (text: string) => text },
} as const satisfies Partial<QueryArrayConfig>;

/** The same without what was said: all that an envelope has. */
export const ENVELOPE_COLUMNS = EVENT_COLUMNS.replace('e.payload,', 'NULL::text,').replace(
  'e.payload_salt,',
  'NULL::bytea,',
);

export type EventRow = readonly (string | null)[];

/** Reads a row of RECORDED_COLUMNS that was queried AS_TEXT. */
export function recordedOfRow(row: EventRow): RecordedEvent {
  return {
    workspaceId: row[0]!,
    position: Number(row[1]),
    streamId: row[2]!,
    streamVersion: Number(row[3]),
    eventId: row[4]!,
    type: row[5]!,
    schemaVersion: Number(row[6]),
    subject: row[7]!,
    payload: row[8] === null ? null : (JSON.parse(row[8]!) as JsonObject),
    actorId: row[9]!,
    recordedAt: row[10]!,
    commandId: row[11]!,
    commandIndex: Number(row[12]),
    correlationId: row[13]!,
    causationId: row[14]!,
  };
}

/** Reads a row of EVENT_COLUMNS that was queried AS_TEXT. */
export function eventOfRow(row: EventRow): StoredEvent {
  return {
    ...recordedOfRow(row),
    commandDigest: bytes(row[15]!),
    payloadCommitment: bytes(row[16]!),
    payloadSalt: row[17] === null ? null : bytes(row[17]!),
    leafHash: bytes(row[18]!),
  };
}

/** bytea in its text form, `\x` and hex (bytea_output = hex, the default since PostgreSQL 9.0). */
export function bytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex');
}
