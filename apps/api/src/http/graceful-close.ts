import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.js';

/** How long requests that are under way have to end when the service stops. */
const GRACE_MS = 10_000;

/**
 * Lets the server close without waiting for clients that say nothing: Node waits for every connection that never sent a request (a
 * browser opens such ones ahead of need). Requests under way are answered; those that come behind them on their connections are told that
 * it stops, as a problem: Fastify's own answer, which is none, is to be off (`return503OnClosing`). What is still open after ten seconds is cut off.
 */
export function closeWithoutWaiting(fastify: FastifyInstance, graceMs = GRACE_MS): void {
  const server = fastify.server;
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      busy.delete(socket);
    });
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.add(socket);
    response.once('close', () => busy.delete(socket));
  });
  let closing = false;
  fastify.addHook('onRequest', (_request, _reply, done) => {
    done(closing ? stopping() : undefined);
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.once('close', () => clearTimeout(timer));
    done();
  });
}

const stopping = (): ProblemError =>
  new ProblemError(
    'unavailable',
    'The service is being stopped, and nothing was recorded. Send it again over a new connection.',
    {},
    { 'retry-after': '1' },
  );
