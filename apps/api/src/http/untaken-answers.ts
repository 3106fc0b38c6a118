import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HeldBytes } from './json-in-slices.js';
import { ProblemError } from './problem.js';

/** Bytes of unread answers that one process holds before it refuses new requests. */
const MOST_BYTES = 256 * 1024 * 1024;
/** How long a client may leave its answer unread. */
const PATIENCE_MS = 60_000;
/** Smaller answers go to the operating system at once. */
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
 * Large answers on their way to clients. An unread answer stays in memory, so the total and the time are
 * limited. Streams that produce what is read are exempt.
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

  /** @returns call it when the answer was read or its client disconnected */
  add(socket: Socket, bytes: number): () => void {
    const untaken = { socket, bytes, written: socket.bytesWritten, since: this.now() };
    this.answers.add(untaken);
    this.bytes += bytes;
    return () => {
      if (this.answers.delete(untaken)) this.bytes -= bytes;
    };
  }

  /** Closes the connections of clients that read nothing for too long. */
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

/** Applies the limit to a server. Health checks are always answered. */
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
    const bytes = heldBytes(payload);
    if (bytes > LARGE) reply.raw.once('close', untaken.add(raw.socket, bytes));
    done();
  });
}

function heldBytes(payload: unknown): number {
  if (payload instanceof HeldBytes) return payload.bytes;
  return typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
}

const tooManyUntaken = (): ProblemError =>
  new ProblemError(
    'unavailable',
    'This process is holding answers that clients have not read yet, and accepts no new requests until they have. Try again in a moment.',
    {},
    { 'retry-after': '5' },
  );
