import { STATUS_CODES } from 'node:http';
import { newId } from '@casebook/ledger';
import { enterReadingScope, withoutReadingScope } from '@casebook/postgres';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Access } from '../access/access.guard.js';
import { admit } from '../access/admission.js';
import { type Refusable, Refusals } from '../access/refusals.js';
import { readingScopeOf } from '../access/visibility.js';
import { takeSession } from '../console/session-cookie.js';
import { Readiness } from '../readiness.js';
import { leftToOthers, type Role } from '../roles.js';
import { answerOf } from './answers.js';
import { closeWithoutWaiting } from './graceful-close.js';
import { acceptFileBodies } from './file-bodies.js';
import { acceptExchangeBodies, acceptJsonBodies, acceptJsonLines } from './json-body.js';
import { giveBudgets, LARGEST_BODY } from './request-budgets.js';
import { unbindCursors } from './cursors.js';
import { endSlowBodies } from './slow-bodies.js';
import { boundUntaken } from './untaken-answers.js';
import { RouteTable } from './method-not-allowed.js';
import { type ProblemCode, ProblemError } from './problem.js';
import { sendProblem } from './problem.filter.js';
import { protect, type Protection } from './protection.js';
import { isRead } from './request-context.js';

/** Errors of Node's HTTP parser, which occur before there is a request, by code. */
const CLIENT_ERRORS: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

const TOKEN = /casebook_[\w-]+|\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;

/**
 * A URL as logged: its path and the names of its parameters. Values may name a person whose data is erased
 * later.
 */
export function loggedUrl(url: string): string {
  const [path = '', query] = url.split(/\?([^]*)/, 2);
  const names = query?.split('&').map((each) => each.split('=', 1)[0]);
  return (names === undefined ? path : `${path}?${names.join('&')}`).replace(TOKEN, '…');
}

/** Fastify exports it without declaring it in its types. */
const { LogController } = fastify as unknown as { LogController: new (options: object) => object };

/**
 * Nest's adapter with Casebook's answers for unknown addresses and errors outside routes, and with the headers of
 * each kind of answer. Not an interceptor: a single one sends every request through rxjs.
 */
class CasebookAdapter extends FastifyAdapter {
  readonly routes = new RouteTable();

  override setNotFoundHandler() {
    return this.server().setNotFoundHandler((request, reply) => this.routes.answer(request, reply)) as never;
  }

  override setErrorHandler() {
    return this.server().setErrorHandler(sendProblem) as never;
  }

  /** Nest waits for it, although its types do not say so. */
  override reply(response: FastifyReply, value: unknown, statusCode?: number): FastifyReply {
    return this.answer(response, value, statusCode) as never;
  }

  private async answer(response: FastifyReply, value: unknown, statusCode?: number): Promise<void> {
    const { status = statusCode, body } = await answerOf(value, response.request, response);
    // Fastify's reply is a thenable that settles once the answer is sent.
    void super.reply(response, body, status);
  }

  server(): FastifyInstance {
    return this.getInstance<FastifyInstance>();
  }
}

/** Configures Fastify: body parser, request ids, and problems for errors outside routes. */
export function fastifyAdapter(logger: Logger): FastifyAdapter {
  const adapter = new CasebookAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: LARGEST_BODY,
    // Node would answer a request without Host with an empty 400; the hook below explains the fault.
    http: { requireHostHeader: false },
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    // The request id is the correlation id of its events; a client's own id is used if it can be stored.
    genReqId: ({ headers }: { headers: Record<string, unknown> }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\x21-\x7e]{1,128}$/.test(given) ? given : newId();
    },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply),
    clientErrorHandler(error: NodeJS.ErrnoException, socket: import('node:net').Socket) {
      if (error.code === 'ECONNRESET' || !socket.writable) return;
      const problem = new ProblemError(
        CLIENT_ERRORS[error.code ?? ''] ?? 'bad-request',
        'The request is not valid HTTP/1.1 (RFC 9112), or its headers are larger than 16 KiB.',
      );
      const body = JSON.stringify(problem.body(''));
      socket.end(
        `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      );
    },
  } as object);
  // Node answers an expectation other than 100-continue with an empty 417; a server may also ignore it (RFC
  // 9110 §10.1.1).
  const { server } = adapter.server();
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  adapter.routes.watch(adapter.server());
  return adapter;
}

/** `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2); empty for a target without a host. */
const HOST = /^(?:\[[\da-f.:]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;

/**
 * RFC 9112 §3.2: a request has exactly one Host line, with a valid value; HTTP/1.0 may omit it. Node keeps the first of several.
 */
function hostFault({ raw }: FastifyRequest): ProblemError | undefined {
  const hosts = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1)
    return new ProblemError('bad-request', 'The request has several Host headers (RFC 9112, 3.2).');
  if (hosts === 0 && raw.httpVersion === '1.1')
    return new ProblemError('bad-request', 'The request has no Host header (RFC 9112, 3.2).');
  return HOST.test(raw.headers.host ?? '')
    ? undefined
    : new ProblemError('bad-request', 'The Host header is not a host with an optional port (RFC 9112, 3.2).');
}

/**
 * Refuses a query that is not percent-encoded UTF-8 (RFC 3986 §2.1), which would be decoded as something else
 * and find nothing.
 */
function queryFault({ url }: FastifyRequest): ProblemError | undefined {
  const start = url.indexOf('?');
  if (start < 0 || !url.includes('%', start)) return undefined;
  const faults = url
    .slice(start + 1)
    .split('&')
    .filter((pair) => !isPercentEncoded(pair))
    .map((pair) => ({
      parameter: pair.split('=', 1)[0] ?? '',
      detail: 'is not percent-encoded UTF-8 (RFC 3986, 2.1); é is %C3%A9, and % itself %25',
    }));
  return faults.length === 0 ? undefined : ProblemError.invalid(faults.slice(0, 20));
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Await it before the application is initialised. */
export async function prepareServer(
  app: NestFastifyApplication,
  protection: Protection,
  roles: readonly Role[],
): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  const refusals = app.get(Refusals);
  acceptJsonBodies(server);
  acceptJsonLines(server);
  acceptExchangeBodies(server);
  acceptFileBodies(server);
  endSlowBodies(server);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    takeSession(request);
    done(hostFault(request) ?? leftToOthers(roles, request) ?? queryFault(request));
  });
  closeWithoutWaiting(server, app.get(Readiness));
  // Reads see what the caller may see, and nothing without a caller. Set before the handler, since bodies
  // arrive outside of it. A write sets the scope of its reads itself (readAs).
  server.addHook('preHandler', (request: Refusable, reply, done) => {
    if (!isRead(request)) return done();
    withoutReadingScope((end) => {
      reply.raw.once('close', end);
      if (request.caller !== undefined) enterReadingScope(readingScopeOf(request.caller));
      done();
    });
  });
  server.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        url: loggedUrl(request.url),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    refusals.observe(request);
    done();
  });
  unbindCursors(server);
  boundUntaken(server);
  giveBudgets(server);
  await protect(server, protection);
  const { routes } = app.getHttpAdapter() as unknown as CasebookAdapter;
  admit(
    server,
    () => app.get(Access),
    (request, reply) => routes.answer(request, reply),
  );
}
