import { inflateRawSync } from 'node:zlib';
import { UnreadableDocument } from './reader.js';

/*
 * Reads the entries of a ZIP archive (APPNOTE.TXT 6.3.10) within a budget of unpacked bytes, so that a small archive cannot unpack to
 * gigabytes. ZIP64, encryption and methods other than stored and deflated are refused; no office document needs them.
 */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const MOST_ENTRIES = 10_000;
const STORED = 0;
const DEFLATED = 8;

const broken = (cause?: unknown): UnreadableDocument =>
  new UnreadableDocument('It is a damaged archive; save it again, or export it as PDF or HTML.', { cause });

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: Buffer;
}

/**
 * Every entry, unpacked, by name.
 * @param budget maximum bytes of all entries together
 * @throws UnreadableDocument
 */
export function unzip(bytes: Uint8Array, budget: number): ReadonlyMap<string, Buffer> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unpacked = new Map<string, Buffer>();
  let left = budget;
  for (const { name, method, packed } of entriesOf(archive)) {
    const content = method === STORED ? packed : inflated(packed, left);
    left -= content.length;
    if (left < 0) throw tooLarge(budget);
    unpacked.set(name, content);
  }
  return unpacked;
}

const tooLarge = (budget: number): UnreadableDocument =>
  new UnreadableDocument(
    `It unpacks to more than ${Math.round(budget / 1024 / 1024)} MiB, too much for a text document.`,
  );

function inflated(packed: Buffer, left: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(left);
    throw broken(cause);
  }
}

function* entriesOf(archive: Buffer): Generator<Entry> {
  try {
    const end = endOfDirectory(archive);
    const count = archive.readUInt16LE(end + 10);
    if (count > MOST_ENTRIES) throw broken();
    let at = archive.readUInt32LE(end + 16);
    for (let index = 0; index < count; index += 1) {
      if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken();
      const nameLength = archive.readUInt16LE(at + 28);
      const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
      yield { name, ...packedAt(archive, at) };
      at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    }
  } catch (error) {
    throw error instanceof RangeError ? broken(error) : error;
  }
}

function packedAt(archive: Buffer, at: number): Omit<Entry, 'name'> {
  const isEncrypted = (archive.readUInt16LE(at + 8) & 1) === 1;
  if (isEncrypted) throw new UnreadableDocument('It is password-protected; save it without a password.');
  const method = archive.readUInt16LE(at + 10);
  const size = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  if ((method !== STORED && method !== DEFLATED) || archive.readUInt32LE(local) !== LOCAL_ENTRY)
    throw broken();
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  if (start + size > archive.length) throw broken();
  return { method, packed: archive.subarray(start, start + size) };
}

/** A comment may follow it. */
function endOfDirectory(archive: Buffer): number {
  const earliest = Math.max(0, archive.length - END_BYTES - MOST_COMMENT);
  for (let at = archive.length - END_BYTES; at >= earliest; at -= 1)
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw broken();
}
