import { setImmediate } from 'node:timers/promises';
import type { FoldableEvent, JsonObject } from '@casebook/ledger';
import pg, { type PoolClient } from 'pg';
import { once, pageOf } from './event-pages.js';

/*
 * Events as the bytes that COPY sends in its binary format (PostgreSQL, "COPY": "Binary Format"), for reading
 * a whole ledger: events kept until their stream ends are not objects, so V8 has nothing to move or mark. A
 * field is its length in four bytes, -1 for NULL, and its value; numbers are big-endian.
 */

/** The columns of an event: first those that place it, then those that are kept. */
const columns = (end: string): string =>
  `e.stream_id, ${end}, e.position, e.stream_version, e.schema_version, e.recorded_at, e.type, e.subject, e.actor_id, e.payload`;
const NO_END = 'NULL::bigint';

/** The offsets of a kept event's fields; for texts, of the first. */
const POSITION = 4;
const STREAM_VERSION = POSITION + 8 + 4;
const SCHEMA_VERSION = STREAM_VERSION + 4 + 4;
const RECORDED_AT = SCHEMA_VERSION + 2 + 4;
const TEXTS = RECORDED_AT + 8;

/** timestamptz counts microseconds from 2000-01-01. */
const YEAR_2000 = Date.UTC(2000, 0, 1);

/** The header of COPY: an eleven-byte signature, flags, and the length of an empty extension. */
const COPY_HEADER = 19;

/** The place of an event; its kept bytes lie between two offsets of its page. */
export interface EventHeader {
  readonly streamId: string;
  readonly position: number;
  readonly streamVersion: number;
  /**
   * For a stream's first event from `pagesInOrder`: the position of its last event up to `upTo`. Otherwise
   * NaN.
   */
  readonly streamEnd: number;
  readonly from: number;
  readonly to: number;
}

const PAGE_BYTES = 2 * 1024 * 1024;

/** Events one after another, each preceded by its length. */
export class CopiedPage {
  rows = 0;
  bytes = Buffer.allocUnsafeSlow(PAGE_BYTES);
  private length = 0;
  private lastRow = 0;

  clear(): this {
    // Do not keep a buffer that one huge event enlarged.
    if (this.bytes.length > 4 * PAGE_BYTES) this.bytes = Buffer.allocUnsafeSlow(PAGE_BYTES);
    this.rows = 0;
    this.length = 0;
    return this;
  }

  /** Appends one row of COPY. */
  append(chunk: Buffer): void {
    const from = this.rows === 0 ? COPY_HEADER : 0;
    // The row starts with its number of columns; -1 marks the end.
    if (chunk.length < from + 2 || chunk.readInt16BE(from) < 0) return;
    const size = chunk.length - from - 2;
    if (this.length + 4 + size > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.length + 4 + size));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.bytes.writeInt32BE(size, this.length);
    chunk.copy(this.bytes, this.length + 4, from + 2);
    this.lastRow = this.length;
    this.length += 4 + size;
    this.rows += 1;
  }

  *headers(): Generator<EventHeader, void, void> {
    for (let at = 0; at < this.length; at += 4 + this.bytes.readInt32BE(at)) yield this.headerAt(at);
  }

  get last(): EventHeader | undefined {
    return this.rows === 0 ? undefined : this.headerAt(this.lastRow);
  }

  private headerAt(at: number): EventHeader {
    const { bytes } = this;
    const stream = at + 4;
    const end = stream + 4 + bytes.readInt32BE(stream);
    const endBytes = bytes.readInt32BE(end);
    const from = end + 4 + Math.max(endBytes, 0);
    return {
      streamId: bytes.toString('utf8', stream + 4, end),
      position: int8(bytes, from + POSITION),
      streamVersion: bytes.readInt32BE(from + STREAM_VERSION),
      streamEnd: endBytes < 0 ? NaN : int8(bytes, end + 4),
      from,
      to: at + 4 + bytes.readInt32BE(at),
    };
  }
}

const int8 = (bytes: Buffer, at: number): number =>
  bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);

/** Each chunk is four times the one before, except for a single event larger than the largest. */
const SMALLEST_CHUNK = 1024;
const LARGEST_CHUNK = 64 * 1024;

/** Memory for waiting events. Returned chunks are reused, since V8 frees memory outside its heap late. */
export class Chunks {
  private readonly free = new Map<number, Buffer[]>();

  take(size: number): Buffer {
    return this.free.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size);
  }

  giveBack(chunk: Buffer): void {
    if (chunk.length > LARGEST_CHUNK) return;
    const its = this.free.get(chunk.length);
    if (its === undefined) this.free.set(chunk.length, [chunk]);
    else its.push(chunk);
  }
}

/** The events of one stream, in order. */
export class KeptEvents {
  /** The bytes that they take. */
  bytes = 0;
  private readonly chunks: { readonly bytes: Buffer; used: number }[] = [];

  constructor(
    readonly streamId: string,
    private readonly pool: Chunks,
  ) {}

  add({ bytes }: CopiedPage, { from, to }: EventHeader): void {
    const size = to - from;
    let last = this.chunks.at(-1);
    if (last === undefined || last.used + size > last.bytes.length) {
      let next = last === undefined ? SMALLEST_CHUNK : Math.min(4 * last.bytes.length, LARGEST_CHUNK);
      while (next < size && next < LARGEST_CHUNK) next *= 4;
      last = { bytes: this.pool.take(Math.max(next, size)), used: 0 };
      this.chunks.push(last);
      this.bytes += last.bytes.length;
    }
    bytes.copy(last.bytes, last.used, from, to);
    last.used += size;
  }

  /** Parses the events and releases them. */
  take(): FoldableEvent[] {
    const { streamId } = this;
    const events: FoldableEvent[] = [];
    for (const { bytes, used } of this.chunks) {
      let at = 0;
      const text = (): string | null => {
        const from = at + 4;
        const length = bytes.readInt32BE(at);
        at = from + Math.max(length, 0);
        return length < 0 ? null : bytes.toString('utf8', from, at);
      };
      while (at < used) {
        const position = int8(bytes, at + POSITION);
        const streamVersion = bytes.readInt32BE(at + STREAM_VERSION);
        const schemaVersion = bytes.readInt16BE(at + SCHEMA_VERSION);
        const recordedAt = new Date(YEAR_2000 + int8(bytes, at + RECORDED_AT) / 1000).toISOString();
        at += TEXTS;
        const type = once(text()!);
        const subject = text();
        const actorId = once(text()!);
        const payload = text();
        events.push({
          position,
          streamId,
          streamVersion,
          type,
          schemaVersion,
          subject,
          payload: payload === null ? null : (JSON.parse(payload) as JsonObject),
          actorId,
          recordedAt,
        });
      }
    }
    this.letGo();
    return events;
  }

  /** Releases the events. */
  letGo(): void {
    for (const { bytes } of this.chunks) this.pool.giveBack(bytes);
    this.chunks.length = 0;
    this.bytes = 0;
  }
}

/**
 * Events up to and including `upTo` in ledger order, in pages; the next page is read while the current one is
 * processed.
 */
export async function* pagesInOrder(
  client: PoolClient,
  workspaceId: string,
  { upTo, limit }: { upTo: number; limit: number },
): AsyncGenerator<CopiedPage, void, void> {
  const workspace = pg.escapeLiteral(workspaceId);
  // Asked once per stream: the position of its last event.
  const end = `CASE WHEN e.stream_version = 1 THEN
    (SELECT last.position FROM events last WHERE last.workspace_id = ${workspace} AND last.stream_id = e.stream_id AND last.position <= ${upTo}
     ORDER BY last.stream_version DESC LIMIT 1) END`;
  yield* pagewise(client, (last) =>
    pageOf(
      columns(end),
      'e.position',
      `e.workspace_id = ${workspace} AND e.position > ${last?.position ?? 0} AND e.position <= ${upTo}`,
      String(limit),
    ),
  );
}

/**
 * Events of these streams up to and including `upTo`, stream after stream, in pages like those of
 * `pagesInOrder`.
 */
export async function* pagesOfStreams(
  client: PoolClient,
  workspaceId: string,
  { streamIds, upTo, limit }: { streamIds: readonly string[]; upTo: number; limit: number },
): AsyncGenerator<CopiedPage, void, void> {
  const its = `e.workspace_id = ${pg.escapeLiteral(workspaceId)} AND e.stream_id = ANY (ARRAY[${streamIds.map((id) => pg.escapeLiteral(id)).join(', ')}])`;
  yield* pagewise(client, (last) =>
    pageOf(
      columns(NO_END),
      'e.stream_id, e.stream_version',
      `${its} AND (e.stream_id, e.stream_version) > (${pg.escapeLiteral(last?.streamId ?? '')}, ${last?.streamVersion ?? 0}) AND e.position <= ${upTo}`,
      String(limit),
    ),
  );
}

/** A page is overwritten once the next one is requested. */
async function* pagewise(
  client: PoolClient,
  behind: (last: EventHeader | undefined) => string,
): AsyncGenerator<CopiedPage, void, void> {
  let next = copy(client, behind(undefined), new CopiedPage());
  let spare = new CopiedPage();
  for (;;) {
    const page = await next;
    const { last } = page;
    if (last === undefined) return;
    next = copy(client, behind(last), spare.clear());
    // If the caller stops early, an error in the unused page does not matter.
    next.catch(() => undefined);
    // The query is sent in the next turn of the event loop; processing this page first would delay it.
    await setImmediate();
    yield page;
    spare = page;
  }
}

function copy(client: PoolClient, query: string, page: CopiedPage): Promise<CopiedPage> {
  return new Promise((resolve, reject) => {
    client.query(
      new Copied(`COPY (${query}) TO STDOUT (FORMAT binary)`, page, (error) =>
        error ? reject(error) : resolve(page),
      ),
    );
  });
}

/** node-postgres discards COPY data unless the query handles it. */
class Copied extends pg.Query {
  constructor(
    text: string,
    private readonly page: CopiedPage,
    done: (error: Error | null | undefined) => void,
  ) {
    super(text, done);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    this.page.append(chunk);
  }
}
