import type { Readable } from 'node:stream';
import { IMPORT_LINE_BYTES } from '@casebook/contracts';

export interface Line {
  readonly number: number;
  /** `null`: longer than a line may be. */
  readonly bytes: Buffer | null;
}

/** Nothing came for so long that nobody seems to be sending any more. */
export class NothingComes extends Error {
  override readonly name = 'NothingComes';
}

/**
 * The lines of a stream of bytes, numbered from 1, without their ends.
 *
 * @param patience milliseconds that the next bytes may take, counted while they are waited for
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

async function* chunksOf(from: Readable, patience: number): AsyncGenerator<Buffer, void, void> {
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
    // Lets go of the stream, so that somebody else can read or drop what is left. Of one that is idle this would wait for the next bytes.
    if (!waiting.inVain) await chunks.return();
  }
}
