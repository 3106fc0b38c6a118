import { createHash } from 'node:crypto';
import { TimeSlice } from '@casebook/views';

/** About so many characters are written at once: some tenths of a millisecond. */
const PIECE = 64 * 1024;

/** JSON text, and the SHA-256 of its UTF-8 bytes. */
export interface WrittenJson {
  readonly json: string | Buffer;
  readonly digest: Buffer;
}

/**
 * `JSON.stringify` in slices, for an answer of megabytes. The lists of the value are written some items at a
 * time; a single item is written at once, so items should be small.
 */
export async function jsonInSlices(value: unknown): Promise<WrittenJson> {
  const slice = new TimeSlice();
  const hash = createHash('sha256');
  const pieces: string[] = [];
  let units = 0;
  for (const piece of piecesOf(value)) {
    pieces.push(piece);
    units += piece.length;
    hash.update(piece);
    if (slice.isOver) await slice.giveWay();
  }
  const digest = hash.digest();
  if (units <= PIECE) return { json: pieces.join(''), digest };
  const bytes: Buffer[] = [];
  for (const piece of pieces) {
    bytes.push(Buffer.from(piece));
    if (slice.isOver) await slice.giveWay();
  }
  return { json: Buffer.concat(bytes), digest };
}

/** The JSON text of a value, whose lists may be large, in pieces. */
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
  // Few at first, as their size is not known.
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
