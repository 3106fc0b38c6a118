import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long requests that are under way have to end when the service stops. */
const GRACE_MS = 10_000;

/**
 * Lets the server close without waiting for clients that say nothing: Node waits for every connection that never sent a request (a
 * browser opens such ones ahead of need). Requests under way are answered; what is still open after ten seconds is cut off.
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
  fastify.addHook('preClose', (done) => {
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.once('close', () => clearTimeout(timer));
    done();
  });
}
