import { writeText, writeUuid } from './binary-text.js';

/**
 * Arrays in PostgreSQL's binary form (`array_recv`), for `unnest`. node-postgres passes a Buffer as a binary
 * parameter, so the server parses no text, and a batch costs one parameter per column.
 */
export type ElementType =
  | 'text'
  | 'bytea'
  | 'uuid'
  | 'boolean'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'timestamp with time zone'
  | 'jsonb';

/** A non-null element: a number for numbers, milliseconds since 1970 for times, JSON text for jsonb. */
export type Element = string | number | boolean | Buffer;

/** Object ids from the catalogue (pg_type.oid); they never change. */
const OIDS: Record<ElementType, number> = {
  text: 25,
  bytea: 17,
  uuid: 2950,
  boolean: 16,
  smallint: 21,
  integer: 23,
  bigint: 20,
  'double precision': 701,
  'timestamp with time zone': 1184,
  jsonb: 3802,
};

/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

const HEADER_BYTES = 20;
let scratch = Buffer.allocUnsafeSlow(1 << 16);

function reserve(end: number): void {
  if (end <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(end, scratch.length * 2));
  scratch.copy(larger);
  scratch = larger;
}

/** A one-dimensional array of `count` elements; `null` is NULL. The elements must fit the type. */
export function pgArray(
  type: ElementType,
  length: number,
  elementAt: (index: number) => Element | null,
): Buffer {
  let end = HEADER_BYTES;
  let nulls = 0;
  for (let i = 0; i < length; i++) {
    const element = elementAt(i);
    if (element === null) {
      reserve(end + 4);
      end = scratch.writeInt32BE(-1, end);
      nulls = 1;
      continue;
    }
    const room =
      typeof element === 'string' ? element.length * 3 : Buffer.isBuffer(element) ? element.length : 8;
    reserve(end + 4 + 1 + room);
    const after = writeElement(type, element, end + 4);
    scratch.writeInt32BE(after - end - 4, end);
    end = after;
  }
  scratch.writeInt32BE(length === 0 ? 0 : 1, 0);
  scratch.writeInt32BE(nulls, 4);
  scratch.writeInt32BE(OIDS[type], 8);
  scratch.writeInt32BE(length, 12);
  scratch.writeInt32BE(1, 16);
  return Buffer.from(scratch.subarray(0, length === 0 ? 12 : end));
}

/** One element as a parameter of its own, in text form except for bytea. */
export function pgValue(type: ElementType, element: Element | null): string | Buffer | null {
  if (element === null || Buffer.isBuffer(element)) return element;
  return type === 'timestamp with time zone' ? new Date(element as number).toISOString() : String(element);
}

/** Writes one element without its length; returns the end offset. */
function writeElement(type: ElementType, element: Element, at: number): number {
  switch (type) {
    case 'text':
      return writeText(scratch, element as string, at);
    case 'jsonb':
      // jsonb_recv: a version, then the text.
      scratch[at] = 1;
      return at + 1 + scratch.write(element as string, at + 1);
    case 'bytea':
      return at + (element as Buffer).copy(scratch, at);
    case 'uuid':
      return writeUuid(scratch, element as string, at);
    case 'boolean':
      scratch[at] = element === true ? 1 : 0;
      return at + 1;
    case 'smallint':
      return scratch.writeInt16BE(element as number, at);
    case 'integer':
      return scratch.writeInt32BE(element as number, at);
    case 'bigint':
      return writeInt64(element as number, at);
    case 'double precision':
      return scratch.writeDoubleBE(element as number, at);
    case 'timestamp with time zone':
      return writeInt64(((element as number) - POSTGRES_EPOCH_MS) * 1000, at);
  }
}

/** Written as two halves, since a BigInt for each would only make garbage. */
function writeInt64(value: number, at: number): number {
  const high = Math.floor(value / 0x1_0000_0000);
  scratch.writeInt32BE(high, at);
  return scratch.writeUInt32BE(value - high * 0x1_0000_0000, at + 4);
}
