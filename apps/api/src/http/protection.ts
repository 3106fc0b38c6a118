import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { LRUCache } from 'lru-cache';
import type { Refusable } from '../access/refusals.js';
import { bearerToken, digestOf } from '../access/tokens.js';
import { ProblemError } from './problem.js';

/** What the service lets others do to it. */
export interface Protection {
  /** Origins of web pages that may call the API from a browser; none: no page of another origin may (RFC 6454). */
  readonly corsOrigins: readonly string[];
  /** Requests that one token, or one address without a token, may send in a minute to one process; 0: any number. */
  readonly requestsPerMinute: number;
  /** Requests with a wrong token that one address may send in a minute to one process; 0: any number. */
  readonly refusalsPerMinute: number;
}

/** For tests, and for what a proxy limits already. */
export const UNLIMITED: Protection = { corsOrigins: [], requestsPerMinute: 0, refusalsPerMinute: 0 };

const MINUTE = 60_000;
/** How many callers are counted at the same time; whoever was not heard of for the longest is forgotten first. */
const CALLERS = 20_000;

/**
 * Headers for browsers, web pages of other origins, and limits. To be awaited before the routes are made: the limits are theirs.
 */
export async function protect(server: FastifyInstance, protection: Protection): Promise<void> {
  const headers = browserHeaders(protection);
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  if (protection.corsOrigins.length > 0) {
    await server.register(cors, {
      origin: [...protection.corsOrigins],
      // Tokens come in a header that a page sets itself: no cookie of ours is ever sent along.
      credentials: false,
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
      allowedHeaders: [
        'Accept',
        'Accept-Datetime',
        'Authorization',
        'Content-Type',
        'Idempotency-Key',
        'If-Match',
        'If-None-Match',
        'Last-Event-ID',
        'Ledger-Position-At-Least',
        'Prefer',
        'X-Request-Id',
      ],
      exposedHeaders: [
        'Content-Location',
        'ETag',
        'Ledger-Position',
        'Link',
        'Location',
        'Memento-Datetime',
        'Idempotency-Replayed',
        'Preference-Applied',
        'RateLimit-Limit',
        'RateLimit-Remaining',
        'RateLimit-Reset',
        'Retry-After',
        'X-Request-Id',
      ],
      maxAge: 600,
      strictPreflight: false,
    });
  }
  if (protection.requestsPerMinute > 0 || protection.refusalsPerMinute > 0) await limit(server, protection);
}

/** Headers that tell browsers what no page of ours needs, the same for every answer: computed once, and not by helmet's middleware with each. */
function browserHeaders({ corsOrigins }: Protection): Record<string, string> {
  const headers: Record<string, string> = {};
  const tell = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The page at /docs has a style element, and Swagger UI style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Nothing of ours is to be embedded in, or read by, a page of another origin, but for the origins that CORS lets in.
    crossOriginResourcePolicy: { policy: corsOrigins.length > 0 ? 'cross-origin' : 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  tell(
    {} as IncomingMessage,
    {
      setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
      removeHeader: () => undefined,
    } as unknown as ServerResponse,
    (cause) => {
      if (cause !== undefined) throw new Error('helmet will not have its options', { cause });
    },
  );
  return headers;
}

const isHealthCheck = ({ url }: FastifyRequest): boolean => url.startsWith('/health/');

const callers = new WeakMap<FastifyRequest, string>();

/**
 * Whose requests are counted together: those with the same token, however its header is spelt, of which only a digest is kept, or of the same
 * address.
 */
function callerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined) return request.ip;
  let caller = callers.get(request);
  if (caller === undefined)
    callers.set(request, (caller = digestOf(bearerToken(authorization) ?? authorization)));
  return caller;
}

async function limit(
  server: FastifyInstance,
  { requestsPerMinute, refusalsPerMinute }: Protection,
): Promise<void> {
  await server.register(rateLimit, {
    global: requestsPerMinute > 0,
    max: requestsPerMinute,
    timeWindow: MINUTE,
    cache: CALLERS,
    enableDraftSpec: true,
    keyGenerator: callerOf,
    allowList: isHealthCheck,
    errorResponseBuilder: (_request, { ttl }) => tooMany(`${requestsPerMinute} requests in a minute`, ttl),
  });
  if (refusalsPerMinute === 0) return;

  // Whoever guesses tokens sends another one each time, so wrong ones are counted by address. Callers who were let in lately go on
  // from the same address: behind a proxy that names no clients it is everybody's.
  const letIn = new LRUCache<string, true>({ max: CALLERS, ttl: 10 * MINUTE });
  const refusals = server.createRateLimit({
    max: refusalsPerMinute,
    timeWindow: MINUTE,
    keyGenerator: ({ ip }) => ip,
    allowList: isHealthCheck,
  });
  server.addHook('onRequest', async (request) => {
    if (letIn.has(callerOf(request))) return;
    const refused = await refusals(request, { increment: false });
    if (refused.isAllowed || refused.remaining > 0) return;
    throw tooMany(`${refusalsPerMinute} wrong tokens in a minute`, refused.ttl);
  });
  server.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401) await refusals(request);
    // Who asked where everybody is answered showed no token that is any good.
    else if ((request as Refusable).caller !== undefined) letIn.set(callerOf(request), true);
  });
}

function tooMany(allowed: string, ttl: number): ProblemError {
  const seconds = Math.max(1, Math.ceil(ttl / 1000));
  return new ProblemError(
    'rate-limited',
    `No more than ${allowed} are taken from one caller. Wait ${seconds} s and go on; Retry-After says so too.`,
    {},
    { 'retry-after': String(seconds) },
  );
}
