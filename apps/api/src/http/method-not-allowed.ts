import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';
import { sendProblem } from './problem.filter.js';

/**
 * Records the methods of each path, to distinguish a wrong method from a wrong address (RFC 9110 §15.5.6).
 */
export class RouteTable {
  private readonly methods = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      // A plugin's catch-all route (a preflight) is not an address.
      if (url === '*') return;
      const entry = this.methods.get(url) ?? {
        pattern: new RegExp(
          `^${url
            .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
            .replace(/:[^/]+/g, '[^/]+')
            .replace(/\*/g, '.*')}/?$`,
        ),
        methods: new Set<string>(),
      };
      for (const each of [method].flat()) entry.methods.add(each);
      this.methods.set(url, entry);
    });
  }

  answer(request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = new Set<string>();
    for (const { pattern, methods } of this.methods.values()) {
      if (pattern.test(path)) for (const each of methods) allowed.add(each);
    }
    const allow = [...allowed].sort().join(', ');
    sendProblem(
      allowed.size > 0 && !allowed.has(request.method)
        ? new ProblemError(
            'method-not-allowed',
            `${request.method} is not allowed here; allowed: ${allow}.`,
            {},
            { allow },
          )
        : new ProblemError(
            'not-found',
            'No route has this address. GET /openapi.json lists the routes, and /docs shows them.',
          ),
      request,
      reply,
    );
  }
}
