import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

/** How many bytes of answers one process holds for clients that do not take them, before it takes new requests again. */
const MOST_BYTES = 256 * 1024 * 1024;
/** How long a client may take nothing of its answer. */
const PATIENCE_MS = 60_000;
/** What is smaller is with the operating system at once. */
const LARGE = 64 * 1024;

interface Untaken {
  readonly socket: Socket;
  readonly bytes: number;
  written: number;
  since: number;
}

export interface UntakenOptions {
  readonly most?: number;
  readonly patience?: number;
  readonly now?: () => number;
}

/**
 * Large answers that are on their way. What a client asks for and does not read is held in memory until it does: so much in all, and for so
 * long. Streams are none of this; they make what is taken.
 */
export class UntakenAnswers {
  private readonly answers = new Set<Untaken>();
  private readonly most: number;
  private readonly patience: number;
  private readonly now: () => number;
  bytes = 0;

  constructor({
    most = MOST_BYTES,
    patience = PATIENCE_MS,
    now = () => performance.now(),
  }: UntakenOptions = {}) {
    this.most = most;
    this.patience = patience;
    this.now = now;
  }

  get areTooMany(): boolean {
    return this.bytes > this.most;
  }

  /** @returns to be called when the answer was taken, or its client went away */
  add(socket: Socket, bytes: number): () => void {
    const untaken = { socket, bytes, written: socket.bytesWritten, since: this.now() };
    this.answers.add(untaken);
    this.bytes += bytes;
    return () => {
      if (this.answers.delete(untaken)) this.bytes -= bytes;
    };
  }

  /** Closes the connections of those who took nothing for too long. */
  giveUp(): void {
    for (const untaken of this.answers) {
      const { bytesWritten } = untaken.socket;
      if (bytesWritten !== untaken.written) {
        untaken.written = bytesWritten;
        untaken.since = this.now();
      } else if (this.now() - untaken.since > this.patience) untaken.socket.destroy();
    }
  }
}

/** Holds a server to what its clients take. Health checks are always answered. */
export function boundUntaken(server: FastifyInstance, untaken = new UntakenAnswers()): void {
  const looking = setInterval(() => untaken.giveUp(), 5_000).unref();
  server.addHook('onClose', (_server, done) => {
    clearInterval(looking);
    done();
  });
  server.addHook('onRequest', ({ url }: FastifyRequest, _reply, done) => {
    done(untaken.areTooMany && !url.startsWith('/health/') ? tooManyUntaken() : undefined);
  });
  server.addHook('onSend', ({ raw }, reply, payload, done) => {
    const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
    if (bytes > LARGE) reply.raw.once('close', untaken.add(raw.socket, bytes));
    done();
  });
}

const tooManyUntaken = (): ProblemError =>
  new ProblemError(
    'unavailable',
    'Clients of this process have not read their answers yet, and no more are made until they have. Try again in a moment.',
    {},
    { 'retry-after': '5' },
  );
