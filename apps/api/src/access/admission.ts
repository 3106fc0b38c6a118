import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.js';
import type { Authenticated } from '../http/request-context.js';
import type { Access } from './access.guard.js';
import { may, type Permission } from './permissions.js';
import type { Caller } from './visibility.js';

/** How long the rest of a refused body is read and discarded, so that the sender can read the answer. */
const LINGER_MS = 5_000;

/**
 * Authenticates the caller and checks the permission before reading any of the body, so that nothing is
 * parsed or decided for a stranger. The only place where a request gets its caller.
 *
 * @param access called when needed, since it is created after the server.
 * @param noRoute answers unknown addresses, whose bodies are not read either.
 */
export function admit(
  server: FastifyInstance,
  access: () => Access,
  noRoute: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  server.addHook('onRequest', async (request: Authenticated, reply) => {
    if (request.is404) {
      noRoute(request, reply);
      return reply;
    }
    const { permission } = request.routeOptions.config;
    if (permission === undefined) return;
    const { workspace } = request.params as { workspace?: string };
    const caller = await access().authenticate(request.headers.authorization, workspace, request.id);
    request.caller = caller;
    if (!may(caller, permission)) throw notPermitted(caller, permission);
  });
  server.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.complete && !raw.destroyed) {
      const timer = setTimeout(() => raw.destroy(), LINGER_MS).unref();
      raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}

const notPermitted = ({ role, permissions }: Caller, needed: Permission): ProblemError =>
  new ProblemError(
    'not-permitted',
    may({ role, permissions: null }, needed)
      ? `Your token does not permit this: it is narrowed to ${permissions?.join(', ')}, and this takes permission to ${needed}.`
      : `Your role (${role}) does not permit this; it takes permission to ${needed}. An admin of the workspace can change your role.`,
    { role, needed },
  );
