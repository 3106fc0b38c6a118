import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TimeSlice } from '@casebook/ledger';

/** Approximate characters written at once: some tenths of a millisecond. */
const PIECE = 64 * 1024;

/** JSON text as UTF-8 bytes, in pieces. */
export class WrittenJson {
  constructor(
    private readonly pieces: readonly Buffer[],
    readonly bytes: number,
    /** SHA-256 of the bytes. */
    readonly digest: Buffer,
  ) {}

  /** The body to send: one buffer for a short text, or a stream for a long one, which is never joined. */
  body(): Buffer | HeldBytes {
    const [only] = this.pieces;
    return this.pieces.length === 1 && only !== undefined ? only : new HeldBytes(this.pieces, this.bytes);
  }
}

/** An answer that stays in memory as a whole until the client has read its end. */
export class HeldBytes extends Readable {
  private at = 0;

  constructor(
    private readonly pieces: readonly Buffer[],
    readonly bytes: number,
  ) {
    super();
  }

  override _read(): void {
    this.push(this.pieces[this.at++] ?? null);
  }
}

/**
 * `JSON.stringify` in slices, for an answer of megabytes. The lists of the value are written some items at a
 * time; a single item is written at once, so items should be small.
 */
export async function jsonInSlices(value: unknown): Promise<WrittenJson> {
  const slice = new TimeSlice();
  const hash = createHash('sha256');
  const written: Buffer[] = [];
  let text = '';
  let bytes = 0;
  const flush = (): void => {
    // Moved outside V8's heap at once; garbage collection would copy the text twice.
    const piece = Buffer.from(text);
    hash.update(piece);
    written.push(piece);
    bytes += piece.length;
    text = '';
  };
  for (const piece of piecesOf(value)) {
    text += piece;
    if (text.length < PIECE) continue;
    flush();
    if (slice.isOver) await slice.giveWay();
  }
  if (text !== '' || written.length === 0) flush();
  return new WrittenJson(written, bytes, hash.digest());
}

/** The JSON text of a value with possibly large lists, in pieces. */
function* piecesOf(value: unknown): Generator<string, void, void> {
  if (Array.isArray(value)) return yield* listPieces(value);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return yield JSON.stringify(value);
  let opened = '{';
  for (const [key, field] of Object.entries(value as Record<string, unknown>)) {
    const start = `${opened}${JSON.stringify(key)}:`;
    if (Array.isArray(field)) {
      yield start;
      yield* listPieces(field);
    } else {
      const written = JSON.stringify(field) as string | undefined;
      if (written === undefined) continue;
      yield start + written;
    }
    opened = ',';
  }
  yield opened === '{' ? '{}' : '}';
}

function* listPieces(items: readonly unknown[]): Generator<string, void, void> {
  if (items.length === 0) return yield '[]';
  // Few items at first, because their size is unknown.
  let count = 1;
  for (let at = 0; at < items.length;) {
    const written = JSON.stringify(items.slice(at, at + count));
    yield (at === 0 ? '[' : ',') + written.slice(1, -1);
    at += count;
    if (written.length < PIECE / 2) count *= 2;
    else if (written.length > PIECE) count = Math.max(1, count >> 1);
  }
  yield ']';
}
