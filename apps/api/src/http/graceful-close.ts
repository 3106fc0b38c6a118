import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../readiness.js';

/** How long requests under way may take to finish when the service stops. */
const GRACE_MS = 10_000;

/**
 * Closes the server without waiting for idle clients: Node waits for connections that never sent a request
 * (browsers open some in advance), and keeps a connection open if its answer began before the close. Once the
 * process is not ready any more, every answer says `Connection: close`, so that clients move before the
 * server closes. Requests that have arrived are answered even during the close. Connections still open after
 * ten seconds are cut.
 */
export function closeWithoutWaiting(
  fastify: FastifyInstance,
  readiness: Pick<Readiness, 'isStopping'>,
  graceMs = GRACE_MS,
): void {
  const server = fastify.server;
  const open = new Set<Socket>();
  /** Requests under way: one that is pipelined behind another is answered too. */
  const busy = new Map<Socket, number>();
  let closing = false;
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      busy.delete(socket);
    });
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (busy.get(socket) ?? 1) - 1;
      if (left > 0) busy.set(socket, left);
      else busy.delete(socket);
      if (closing && left === 0) socket.end();
    });
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const isLast = (busy.get(request.raw.socket) ?? 1) === 1;
    if (isLast && (closing || readiness.isStopping)) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.once('close', () => clearTimeout(timer));
    done();
  });
}
