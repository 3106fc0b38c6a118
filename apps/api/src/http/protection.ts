import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { LRUCache } from 'lru-cache';
import type { Refusable } from '../access/refusals.js';
import { bearerToken, digestOf } from '../access/tokens.js';
import { Allowance, type Taken } from './allowance.js';
import { ProblemError } from './problem.js';
import { budgetOfRequest } from './request-budgets.js';

/** What the service lets others do to it. */
export interface Protection {
  /** Origins of web pages that may call the API from a browser; none: no page of another origin may (RFC 6454). */
  readonly corsOrigins: readonly string[];
  /**
   * Plain requests that one token, or one address without a token, may send in a minute to one process; what costs more counts as several
   * (request-budgets.ts). 0: any number.
   */
  readonly requestsPerMinute: number;
  /** How many of them may come at once after a pause; as many as in a minute where left out. */
  readonly burst?: number;
  /** Requests with a wrong token that one address may send in a minute to one process; 0: any number. */
  readonly refusalsPerMinute: number;
  /** Live feeds that one token may have open at one process; 0, or left out: any number. */
  readonly feedsPerToken?: number;
}

/** For tests, and for what a proxy limits already. */
export const UNLIMITED: Protection = { corsOrigins: [], requestsPerMinute: 0, refusalsPerMinute: 0 };

/** How long a token that was let in is known by. */
const LET_IN_MS = 600_000;
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
  if (protection.requestsPerMinute > 0) limitRequests(server, protection);
  if (protection.refusalsPerMinute > 0) limitGuesses(server, protection);
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

/** So much of a body counts as one more request, in bytes. */
const BODY_SHARE = 16 * 1024;

/** What a request counts for: its route's cost, and its body, which is as long as it may be where it does not say. */
function costOf(request: FastifyRequest): number {
  const { cost, bytes } = budgetOfRequest(request);
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const body = length === undefined ? (encoding === undefined ? 0 : bytes) : Number(length);
  return cost + Math.floor(Math.min(body, bytes) / BODY_SHARE);
}

function limitRequests(server: FastifyInstance, { requestsPerMinute, burst }: Protection): void {
  const most = burst ?? requestsPerMinute;
  const allowance = new Allowance({ perMinute: requestsPerMinute, burst: most, callers: CALLERS });
  server.addHook('onRequest', (request, reply, done) => {
    if (isHealthCheck(request)) return done();
    const taken = allowance.take(callerOf(request), costOf(request));
    void reply.headers({
      'ratelimit-limit': String(most),
      'ratelimit-remaining': String(taken.remaining),
      'ratelimit-reset': String(seconds(taken.fullIn)),
    });
    done(taken.isAllowed ? undefined : tooMany(`${requestsPerMinute} requests in a minute`, taken));
  });
}

/**
 * Whoever guesses tokens sends another one each time, so wrong ones are counted by address. Callers who were let in lately go on from the
 * same address: behind a proxy that names no clients it is everybody's.
 */
function limitGuesses(server: FastifyInstance, { refusalsPerMinute }: Protection): void {
  const letIn = new LRUCache<string, true>({ max: CALLERS, ttl: LET_IN_MS });
  const allowance = new Allowance({
    perMinute: refusalsPerMinute,
    burst: refusalsPerMinute,
    callers: CALLERS,
  });
  server.addHook('onRequest', (request, _reply, done) => {
    if (isHealthCheck(request) || letIn.has(callerOf(request))) return done();
    const asked = allowance.ask(request.ip, 1);
    done(asked.isAllowed ? undefined : tooMany(`${refusalsPerMinute} wrong tokens in a minute`, asked));
  });
  server.addHook('onResponse', (request, reply, done) => {
    if (reply.statusCode === 401) allowance.take(request.ip, 1);
    // Who asked where everybody is answered showed no token that is any good.
    else if ((request as Refusable).caller !== undefined) letIn.set(callerOf(request), true);
    done();
  });
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

function tooMany(allowed: string, { retryIn }: Taken): ProblemError {
  const wait = Math.max(1, seconds(retryIn));
  return new ProblemError(
    'rate-limited',
    `No more than ${allowed} are taken from one caller, and costly ones count as several (docs/access.md). Wait ${wait} s and go on; Retry-After says so too.`,
    {},
    { 'retry-after': String(wait) },
  );
}
