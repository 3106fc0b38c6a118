import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { UnreadableArchive } from '@casebook/exchange';
import { about } from './failures.js';

const compress = promisify(gzip);

/** The lines of an archive, gzipped or not, however long each is. */
export async function* linesOf(file: string): AsyncGenerator<string, void, void> {
  const bytes = createReadStream(file);
  const stream = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  bytes.on('error', (error) => stream.destroy(about(file)(error)));
  let rest: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    // Only a line feed ends a line; JSON may contain other characters that some parsers treat as one.
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, from)) {
      yield textOf(Buffer.concat([...rest, chunk.subarray(from, at)]));
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield textOf(Buffer.concat(rest));
}

/** Bytes that are not UTF-8 would be read as U+FFFD, and other bytes could be taken for those that were signed. */
function textOf(line: Buffer): string {
  if (!isUtf8(line)) throw new UnreadableArchive('a line of the archive is not UTF-8');
  return line.toString('utf8');
}

/** The progress of an unfinished archive: `bytes` of the file are complete and hold the events up to `position`. */
interface Progress {
  readonly workspace: string;
  readonly position: number;
  readonly bytes: number;
  /** The size of the ledger when the file was begun; unknown for files of older versions. */
  readonly size?: number;
}

/**
 * An archive being written: `FILE.partial` with a progress file, until it is complete. With gzip each part is a separate
 * member (RFC 1952 §2.2), so an interrupted file is cut back to the last whole member and resumed.
 */
export class ArchiveWriter {
  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private progress: Progress,
  ) {}

  static async open(file: string, workspace: string, resume: boolean): Promise<ArchiveWriter> {
    const before = resume ? await progressOf(file) : null;
    if (before !== null && before.workspace !== workspace) {
      throw new Error(
        `${file}.partial is of the workspace ${before.workspace}; remove it, or name that workspace`,
      );
    }
    const handle = await open(`${file}.partial`, before === null ? 'w' : 'r+');
    await handle.truncate(before?.bytes ?? 0);
    return new ArchiveWriter(file, handle, before ?? { workspace, position: 0, bytes: 0 });
  }

  /** The events up to here are in the file. */
  get position(): number {
    return this.progress.position;
  }

  /** The size of the ledger when the file was begun; 0 if unknown. */
  get size(): number {
    return this.progress.size ?? 0;
  }

  /** The size of the ledger that further lines come from. */
  writeFrom(size: number): void {
    this.progress = { ...this.progress, size };
  }

  /** Discards everything written. */
  async startOver(): Promise<void> {
    await rm(`${this.file}.progress`, { force: true });
    await this.handle.truncate(0);
    this.progress = { workspace: this.progress.workspace, position: 0, bytes: 0 };
  }

  /** Adds lines, durable when this resolves; `position` is that of the last event among them. */
  async add(lines: readonly string[], position: number): Promise<void> {
    const text = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
    const bytes = this.file.endsWith('.gz') ? await compress(text) : text;
    await this.handle.write(bytes, 0, bytes.length, this.progress.bytes);
    await this.handle.datasync();
    this.progress = { ...this.progress, position, bytes: this.progress.bytes + bytes.length };
    await writeFile(`${this.file}.progress.tmp`, JSON.stringify(this.progress));
    await rename(`${this.file}.progress.tmp`, `${this.file}.progress`);
  }

  /** The archive is complete and takes its name. */
  async finish(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    await rename(`${this.file}.partial`, this.file);
    await rm(`${this.file}.progress`, { force: true });
  }

  /** Leaves the unfinished archive to be resumed. */
  close(): Promise<void> {
    return this.handle.close();
  }
}

async function progressOf(file: string): Promise<Progress | null> {
  const text = await readFile(`${file}.progress`, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Progress);
}

/** Warns that an archive holds what one of its erasures names. */
export const outlivedIn = (file: string, outlived: ReadonlySet<number>): string =>
  `${file} still holds payloads erased while it was written, at position ${[...outlived].join(', ')}: destroy it and export again\n`;
