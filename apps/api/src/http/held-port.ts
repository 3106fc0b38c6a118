import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { ProblemError } from './problem.js';
import { loggedUrl } from './server.js';

/** The service's port, taken before anything else happens. */
export interface HeldPort {
  /** Lets `server.listen` take over the open port, without a gap in which another program could take it. */
  handTo(server: Server): void;
  close(): void;
}

const STARTING = new ProblemError('unavailable', 'Casebook is starting. Send the request again in a moment.');

/**
 * Takes the port, so that a start on a port in use fails before a database is created or a token issued. Until it is
 * handed over, requests other than the liveness check are answered with 503.
 * @throws Error that names the setting to change
 */
export async function holdPort(port: number, host: string): Promise<HeldPort> {
  const holder = createServer((request, response) => {
    response.setHeader('connection', 'close');
    if (request.url === '/health/live') {
      response.setHeader('content-type', 'application/json; charset=utf-8').end('{"status":"live"}');
      return;
    }
    response
      .writeHead(STARTING.status, {
        'content-type': 'application/problem+json; charset=utf-8',
        'retry-after': '1',
      })
      .end(JSON.stringify(STARTING.body(loggedUrl(request.url ?? '/'))));
  });
  holder.listen({ port, host });
  try {
    await once(holder, 'listening');
  } catch (error) {
    throw new Error(reasonOf(error as NodeJS.ErrnoException, port, host), { cause: error });
  }
  let isHeld = true;
  return {
    handTo(server) {
      // Node lets a server listen on another's handle (net, server.listen(handle)); the other one then gets no more connections.
      server.listen = (...options: unknown[]) => {
        isHeld = false;
        const listening = options.find((option): option is () => void => typeof option === 'function');
        return NetServer.prototype.listen.call(server, holder, listening) as typeof server;
      };
    },
    close() {
      if (isHeld) holder.close();
      isHeld = false;
    },
  };
}

function reasonOf({ code = '', message }: NodeJS.ErrnoException, port: number, host: string): string {
  const noAddress = `HOST is ${host}, which is not an address of this machine. Set it to one, such as 127.0.0.1, or to 0.0.0.0 for all of them.`;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} of ${host} is in use by another program. Stop that program, or set PORT to another port (0 picks a free one).`,
    EACCES: `This user may not listen on port ${port}. Set PORT to another port, such as 3000.`,
    EADDRNOTAVAIL: noAddress,
    ENOTFOUND: noAddress,
    EAI_AGAIN: noAddress,
  };
  return reasons[code] ?? `Cannot listen on port ${port} of ${host} (PORT, HOST): ${message}`;
}
