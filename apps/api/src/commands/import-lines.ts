import type { Readable } from 'node:stream';
import { IMPORT_LINE_BYTES } from '@casebook/contracts';

export interface Line {
  readonly number: number;
  /** `null` if the line is too long. */
  readonly bytes: Buffer | null;
}

/** No bytes arrived in time, so the client is presumably gone. */
export class NothingComes extends Error {
  override readonly name = 'NothingComes';
}

/**
 * The lines of a byte stream, numbered from 1, without line endings.
 *
 * @param patience milliseconds to wait for the next bytes
 * @throws NothingComes
 */
export async function* linesOf(from: Readable, patience: number): AsyncGenerator<Line, void, void> {
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const take = (): Line => {
    number += 1;
    const line = { number, bytes: length > IMPORT_LINE_BYTES ? null : Buffer.concat(parts) };
    parts = [];
    length = 0;
    return line;
  };
  const put = (part: Buffer): void => {
    length += part.length;
    if (length <= IMPORT_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunksOf(from, patience)) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      put(chunk.subarray(start, end));
      start = end + 1;
      yield take();
    }
    put(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

/**
 * The chunks of a byte stream.
 *
 * @param patience milliseconds to wait for the next one
 * @throws NothingComes
 */
export async function* chunksOf(from: Readable, patience: number): AsyncGenerator<Buffer, void, void> {
  const chunks = from.iterator({ destroyOnReturn: false }) as AsyncGenerator<Buffer, void, void>;
  const waiting = { inVain: false };
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const idle = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          waiting.inVain = true;
          reject(new NothingComes());
        }, patience);
      });
      const next = await Promise.race([chunks.next(), idle]).finally(() => clearTimeout(timer));
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Release the stream, so that the rest can be read or discarded. On an idle stream this would wait for
    // the next bytes.
    if (!waiting.inVain) await chunks.return();
  }
}
