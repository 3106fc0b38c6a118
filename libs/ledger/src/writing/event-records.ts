import { writeText, writeUuid } from './binary-text.js';
import type { StoredEvent } from '../ledger-types.js';

/** Object ids from the catalogue (pg_type.oid); they never change. */
const TEXT = 25;
const BYTEA = 17;
const INTEGER = 23;
const SMALLINT = 21;
const UUID = 2950;
const TIMESTAMPTZ = 1184;

/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

const COLUMNS = 17;
/**
 * An array header has 20 bytes; a row has a length, a column count, and an oid and a length for each column.
 */
const HEADER_BYTES = 20;
const ROW_BYTES = 4 + 4 + COLUMNS * 8;

let buffer = Buffer.allocUnsafeSlow(1 << 16);
let end = 0;

/**
 * Events in the binary form of `appended_event[]`: array_recv of record_recv, with attributes in that type's
 * order. The type's own oid differs between databases; array_recv uses the parameter's type if the oid in the
 * message is not a built-in one (PostgreSQL 13 and newer).
 */
export function eventRecords(events: readonly StoredEvent[], payloads: readonly (string | null)[]): Buffer {
  end = HEADER_BYTES;
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    const payload = payloads[i] ?? null;
    reserve(ROW_BYTES + 3 * (8 * 255 + (payload?.length ?? 0)) + 4 + 16 + 2 + 4 + 8 + 32 + 32 + 16 + 32);
    const start = end;
    end = buffer.writeInt32BE(COLUMNS, start + 4);
    text(event.streamId);
    integer(event.streamVersion);
    uuid(event.eventId);
    text(event.type);
    smallint(event.schemaVersion);
    text(event.subject);
    text(event.actorId);
    text(event.commandId);
    integer(event.commandIndex);
    text(event.correlationId);
    text(event.causationId);
    bytes(event.commandDigest);
    bytes(event.payloadCommitment);
    bytes(event.payloadSalt);
    bytes(event.leafHash);
    text(payload);
    time(event.recordedAt);
    buffer.writeInt32BE(end - start - 4, start);
  }
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeUInt32BE(FOREIGN_OID, 8);
  buffer.writeInt32BE(events.length, 12);
  buffer.writeInt32BE(1, 16);
  // Copy it: the connection may send it after the next batch is written into the buffer.
  return Buffer.from(buffer.subarray(0, end));
}

/** One event as one parameter for each attribute of `appended_event`. */
export function eventValues(event: StoredEvent, payload: string | null): (string | number | Buffer | null)[] {
  return [
    event.streamId,
    event.streamVersion,
    event.eventId,
    event.type,
    event.schemaVersion,
    event.subject,
    event.actorId,
    event.commandId,
    event.commandIndex,
    event.correlationId,
    event.causationId,
    event.commandDigest,
    event.payloadCommitment,
    event.payloadSalt,
    event.leafHash,
    payload,
    event.recordedAt,
  ];
}

/** Above every built-in oid (FirstGenbkiObjectId is 10,000). */
const FOREIGN_OID = 0x7fff_ffff;

function reserve(bytesNeeded: number): void {
  if (end + bytesNeeded <= buffer.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(end + bytesNeeded, buffer.length * 2));
  buffer.copy(larger, 0, 0, end);
  buffer = larger;
}

function text(value: string | null): void {
  const at = buffer.writeInt32BE(TEXT, end);
  end = at + 4;
  if (value === null) {
    buffer.writeInt32BE(-1, at);
    return;
  }
  end = writeText(buffer, value, end);
  buffer.writeInt32BE(end - at - 4, at);
}

function bytes(value: Buffer | null): void {
  const at = buffer.writeInt32BE(BYTEA, end);
  end = at + 4;
  buffer.writeInt32BE(value === null ? -1 : value.length, at);
  if (value !== null) end += value.copy(buffer, end);
}

function integer(value: number): void {
  end = buffer.writeInt32BE(INTEGER, end);
  end = buffer.writeInt32BE(4, end);
  end = buffer.writeInt32BE(value, end);
}

function smallint(value: number): void {
  end = buffer.writeInt32BE(SMALLINT, end);
  end = buffer.writeInt32BE(2, end);
  end = buffer.writeInt16BE(value, end);
}

function uuid(value: string): void {
  end = buffer.writeInt32BE(UUID, end);
  end = buffer.writeInt32BE(16, end);
  end = writeUuid(buffer, value, end);
}

/** The last time parsed: most events of a batch share one. */
let parsed = '';
let micros = NaN;

/** Written as two halves, since a BigInt for each would only make garbage. */
function time(value: string): void {
  if (value !== parsed) {
    parsed = value;
    micros = (Date.parse(value) - POSTGRES_EPOCH_MS) * 1000;
  }
  const high = Math.floor(micros / 0x1_0000_0000);
  end = buffer.writeInt32BE(TIMESTAMPTZ, end);
  end = buffer.writeInt32BE(8, end);
  end = buffer.writeInt32BE(high, end);
  end = buffer.writeUInt32BE(micros - high * 0x1_0000_0000, end);
}
