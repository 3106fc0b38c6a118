import { Worker } from 'node:worker_threads';
import { DOCUMENT_FORMATS, type DocumentMediaType } from './formats.js';
import { type Extracted, UnreadableDocument } from './reader.js';

/*
 * Reads documents in a separate thread, one after the other: a file may take seconds, and its library is not trusted.
 * A file that takes too long or too much memory ends the thread and is refused; the next file gets a new one.
 */

export interface ExtractionRequest {
  readonly mediaType: DocumentMediaType;
  readonly bytes: Uint8Array;
  readonly charset: string | undefined;
}
export interface ExtractedDocument extends Extracted {
  readonly extractor: string;
}
export type ExtractionReply = { readonly extracted: ExtractedDocument } | { readonly unreadable: string };

export interface ExtractionLimits {
  /** Per file. */
  readonly milliseconds: number;
  /** The thread's heap, and its memory outside the heap. */
  readonly mebibytes: number;
  /** Maximum waiting files. */
  readonly waiting: number;
}

const LIMITS: ExtractionLimits = { milliseconds: 30_000, mebibytes: 512, waiting: 32 };
const MIB = 1024 * 1024;
/** Interval between checks of the memory outside the heap. */
const LOOK_MS = 50;
/** An idle thread ends after this time. */
const IDLE_MS = 60_000;

/** Too many files are already waiting; try again later. */
export class ExtractionBusy extends Error {
  override readonly name = 'ExtractionBusy';
}

/** Compiled, it is beside this file; from source, the thread inherits the TypeScript loader. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './extraction.worker.ts' : './extraction.worker.js',
  import.meta.url,
);

export class Extraction {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly limits: ExtractionLimits = LIMITS) {}

  /**
   * The text and the details of a file.
   * @throws UnreadableDocument, ExtractionBusy
   */
  async read(request: ExtractionRequest): Promise<ExtractedDocument> {
    if (this.waiting >= this.limits.waiting)
      throw new ExtractionBusy('Too many documents are waiting to be read; send it again in a moment.');
    this.waiting += 1;
    const reading = this.last.then(() => this.readNow(request));
    this.last = reading.catch(() => undefined);
    try {
      return await reading;
    } finally {
      this.waiting -= 1;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private async readNow(request: ExtractionRequest): Promise<ExtractedDocument> {
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.started());
    worker.ref();
    try {
      const reply = await this.answer(worker, request);
      worker.unref();
      this.idle = setTimeout(() => void this.close(), IDLE_MS).unref();
      if ('unreadable' in reply) throw new UnreadableDocument(reply.unreadable);
      return reply.extracted;
    } catch (error) {
      if (!(error instanceof UnreadableDocument) || this.worker !== worker) await this.drop(worker);
      throw error;
    }
  }

  private started(): Worker {
    const worker = new Worker(workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.mebibytes, maxYoungGenerationSizeMb: 64 },
    });
    // Ignore messages of an abandoned thread; those of others also reach `answer`.
    return worker.on('error', () => undefined);
  }

  private async drop(worker: Worker): Promise<void> {
    if (this.worker === worker) this.worker = undefined;
    await worker.terminate();
  }

  private answer(worker: Worker, request: ExtractionRequest): Promise<ExtractionReply> {
    const { milliseconds, mebibytes } = this.limits;
    const { name } = DOCUMENT_FORMATS[request.mediaType];
    return new Promise<ExtractionReply>((resolve, reject) => {
      const refused = (why: string) => (): void => {
        void this.drop(worker);
        settle(() =>
          reject(new UnreadableDocument(`Reading it as ${name} ${why}. Import its text instead.`)),
        );
      };
      const tooLong = refused(`takes longer than ${milliseconds / 1000} s`);
      const tooMuch = refused(`takes more than ${mebibytes} MiB of memory`);
      const timer = setTimeout(tooLong, milliseconds);
      // Buffers do not count towards the thread's heap limit.
      const before = process.memoryUsage.rss();
      const look = setInterval(() => {
        if (process.memoryUsage.rss() - before > 2 * mebibytes * MIB) tooMuch();
      }, LOOK_MS);
      const onMessage = (reply: ExtractionReply): void => settle(() => resolve(reply));
      const onError = (error: NodeJS.ErrnoException): void =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : settle(() => reject(error));
      const onExit = (): void => settle(() => reject(new Error('The thread that reads documents ended.')));
      const settle = (how: () => void): void => {
        clearTimeout(timer);
        clearInterval(look);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        how();
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window, has no origin
      worker.postMessage(request);
    });
  }
}
