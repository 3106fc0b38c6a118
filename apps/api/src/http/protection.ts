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

/** Limits on what clients may do to the service. */
export interface Protection {
  /** Origins whose web pages may call the API from a browser (RFC 6454); empty: no other origin. */
  readonly corsOrigins: readonly string[];
  /**
   * Plain requests per minute and process for one token, or one address without a token; costlier requests
   * count several times (request-budgets.ts). 0: unlimited.
   */
  readonly requestsPerMinute: number;
  /** How many of them may come at once after a pause; a minute's worth by default. */
  readonly burst?: number;
  /** Requests with an invalid token per minute and process from one address; 0: unlimited. */
  readonly refusalsPerMinute: number;
  /** Live feeds that one token may have open in one process; 0 or absent: unlimited. */
  readonly feedsPerToken?: number;
}

/** For tests, and for services behind a proxy that limits already. */
export const UNLIMITED: Protection = { corsOrigins: [], requestsPerMinute: 0, refusalsPerMinute: 0 };

/** How long an accepted token is remembered. */
const LET_IN_MS = 600_000;
/** How many callers are counted at once; the least recent one is dropped first. */
const CALLERS = 20_000;

/**
 * Adds browser headers, CORS and limits. Await it before the routes are registered, since the limits apply to
 * them.
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
      // Tokens come in a header that the page sets itself, so no cookie is sent.
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

/**
 * The same browser security headers for every answer, computed once instead of by helmet's middleware each
 * time.
 */
function browserHeaders({ corsOrigins }: Protection): Record<string, string> {
  const headers: Record<string, string> = {};
  const tell = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The page at /docs has a style element, and Swagger UI has style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Pages of other origins may not embed or read any answer, except for the origins that CORS allows.
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
      if (cause !== undefined) throw new Error('helmet rejected its options', { cause });
    },
  );
  return headers;
}

const isHealthCheck = ({ url }: FastifyRequest): boolean => url.startsWith('/health/');

const callers = new WeakMap<FastifyRequest, string>();

/**
 * The key by which requests are counted: a digest of the token, however its header is spelled, or the
 * address. Public routes look at no token, so there an invented one is no caller of its own.
 */
function callerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined || request.routeOptions.config.permission === undefined) return request.ip;
  let caller = callers.get(request);
  if (caller === undefined)
    callers.set(request, (caller = digestOf(bearerToken(authorization) ?? authorization)));
  return caller;
}

/** Bytes of a body that count as one more request. */
const BODY_SHARE = 16 * 1024;

/** A request's cost: its route's cost plus its body, at the maximum length if it states none. */
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
    done(taken.isAllowed ? undefined : tooMany(`${requestsPerMinute} requests per minute`, taken));
  });
}

/**
 * Someone who guesses tokens sends a different one each time, so invalid tokens are counted by address.
 * Recently accepted callers may continue from that address: behind a proxy that hides its clients, everybody
 * shares it.
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
    done(asked.isAllowed ? undefined : tooMany(`${refusalsPerMinute} wrong tokens per minute`, asked));
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { caller, wrongToken = reply.statusCode === 401 } = request as Refusable;
    if (wrongToken) allowance.take(request.ip, 1);
    // A public route has no caller, so it proves nothing about the token.
    else if (caller !== undefined) letIn.set(callerOf(request), true);
    done();
  });
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

function tooMany(allowed: string, { retryIn }: Taken): ProblemError {
  const wait = Math.max(1, seconds(retryIn));
  return new ProblemError(
    'rate-limited',
    `One caller may send at most ${allowed}, and costly requests count as several (docs/access.md). Wait ${wait} s before the next one, as Retry-After says.`,
    {},
    { 'retry-after': String(wait) },
  );
}
