import { UndecodableEvent } from '@casebook/contracts';
import { LedgerFault } from '@casebook/ledger';
import { NobodyReads } from '@casebook/postgres';
import { BadCursor, MalformedSearch, TooManyLargeReads, TooMuchAtOnce } from '@casebook/views';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusable } from '../access/refusals.js';
import { badCursor } from './cursors.js';
import { type ProblemCode, ProblemError } from './problem.js';
import { asTaxiiError, isTaxii, namesTaxii, TAXII_MEDIA_TYPE } from './taxii-errors.js';

/** Turns every thrown error into an RFC 9457 problem; the only place that does. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // The client has closed the connection, so no answer is needed.
  if (error instanceof NobodyReads) return;
  const problem = problemOf(error);
  (request as Refusable).problemCode = problem.code;
  // A position that is not reached is the client's request, not an outage.
  if (problem.code === 'unavailable') logOutage(error, request);
  else if (problem.status >= 500 && problem.code !== 'position-not-reached')
    request.log.error({ err: error }, problem.detail);
  if (reply.sent || reply.raw.headersSent) return;
  const body = problem.body(request.url);
  void reply
    .status(problem.status)
    .headers({
      'content-type':
        isTaxii(request) && namesTaxii(request)
          ? TAXII_MEDIA_TYPE
          : 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...problem.headers,
    })
    .serializer((body: unknown) => JSON.stringify(body))
    .send(isTaxii(request) ? asTaxiiError(body) : body);
}

/** Minimum milliseconds between two log lines about the same outage. */
const OUTAGE_TOLD_EVERY_MS = 60_000;
const outagesTold = new Map<string, number>();

/**
 * Logs one line a minute for each reason, without a stack: an outage fails every request alike. The ledger
 * logs its own failures.
 */
function logOutage(error: unknown, request: FastifyRequest): void {
  if (error instanceof LedgerFault) return;
  const { cause = error } = (error ?? {}) as { cause?: unknown };
  const reason = cause instanceof Error ? cause.message : String(cause);
  const now = performance.now();
  if (now - (outagesTold.get(reason) ?? -Infinity) < OUTAGE_TOLD_EVERY_MS) return;
  if (outagesTold.size >= 100) outagesTold.clear();
  outagesTold.set(reason, now);
  request.log.error({ reason }, 'Requests are answered 503; this is logged once a minute.');
}

/** Fastify's errors by code, and what a client can do about each. */
const FASTIFY: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'body-too-large',
    'Send a smaller body; documents may have up to 4 MiB of text.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [
    'malformed-json',
    'The body is empty; send a JSON object, or no Content-Type.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad-request', 'Content-Length does not agree with the body.'],
  FST_ERR_BAD_URL: ['bad-request', 'The address has a broken percent-encoding.'],
  FST_ERR_MAX_PARAM_LENGTH: ['uri-too-long', 'A part of the address is too long.'],
  FST_ERR_HANDLER_TIMEOUT: ['unavailable', 'The request took too long. Try again.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive in time. Send it again.'],
};

const statusCodeOf = (error: unknown): number | undefined => {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
};

/** The problem that a client gets for an error. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof BadCursor) {
    return badCursor();
  }
  if (error instanceof TooMuchAtOnce) {
    return new ProblemError(
      'too-costly',
      `${error.message} Read its annotations kind by kind, in pages, or for a shorter period.`,
    );
  }
  if (error instanceof TooManyLargeReads) {
    return new ProblemError(
      'unavailable',
      'This incident is large, and others like it are already being read. Try again in a moment, or read its annotations kind by kind, in pages.',
      {},
      { 'retry-after': '2' },
    );
  }
  if (error instanceof MalformedSearch) {
    return ProblemError.invalid([{ parameter: error.parameter, detail: error.message }]);
  }
  const code = (error as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' ? FASTIFY[code] : undefined;
  if (known !== undefined) return new ProblemError(known[0], known[1]);
  if (error instanceof LedgerFault) {
    return new ProblemError(
      'unavailable',
      error.fate === 'unknown'
        ? 'The connection to the database broke during the change, so it is not known whether it was recorded. Send it again with the same Idempotency-Key: it is recorded only once.'
        : 'The database did not accept the change, and nothing was recorded. Try again in a moment.',
      {},
      { 'retry-after': '1' },
    );
  }
  const status = error instanceof HttpException ? error.getStatus() : statusCodeOf(error);
  if (status !== undefined && status >= 400 && status < 500) {
    return new ProblemError(
      codeOfStatus(status),
      error instanceof Error ? error.message : 'See the documentation at /docs.',
    );
  }
  if (code === STATEMENT_TIMEOUT) {
    return new ProblemError(
      'too-costly',
      'The database stopped this request because it took too long (the limit is 2 s for a search, 10 s for any other read). Ask for less: a shorter page, rarer words, one incident, one kind, a shorter period.',
    );
  }
  if (code === READ_ONLY) {
    return new ProblemError(
      'unavailable',
      'This request writes, and the database of this process is a standby, which accepts no changes. Try again in a moment; if the process only answers reads (CASEBOOK_ROLES), send it to one on the primary.',
      {},
      { 'retry-after': '1' },
    );
  }
  if (isWaitInVain(error)) {
    return new ProblemError(
      'unavailable',
      'All database connections for requests of this kind were busy for too long. Try again in a moment.',
      {},
      { 'retry-after': '2' },
    );
  }
  if (isOutage(error)) {
    return new ProblemError(
      'unavailable',
      'The database or a disk is not responding. Try again in a moment.',
      {},
      { 'retry-after': '1' },
    );
  }
  return new ProblemError(
    'internal-error',
    error instanceof UndecodableEvent
      ? 'The ledger holds an event that this version of the service cannot read. Run the version that wrote it, or a newer one.'
      : 'The service failed; nothing was recorded by this request. The log has the details under this request id.',
  );
}

/** The service's own problem with this status; an unused status reads as 400. */
const codeOfStatus = (status: number): ProblemCode =>
  status === 404
    ? 'not-found'
    : status === 405
      ? 'method-not-allowed'
      : status === 413
        ? 'body-too-large'
        : status === 415
          ? 'unsupported-media-type'
          : 'bad-request';

/** SQLSTATE query_canceled: by `statement_timeout`, or by an operator. */
const STATEMENT_TIMEOUT = '57014';
/** SQLSTATE read_only_sql_transaction. */
const READ_ONLY = '25006';

const isWaitInVain = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('timeout exceeded when trying to connect');

/**
 * SQLSTATE classes 08 (connection), 53 (resources), 57 (operator intervention) and 58 (I/O), 40001, by which a
 * standby ends a read of rows that the primary has removed, broken sockets, and a local disk that is full or
 * broken.
 */
function isOutage(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' &&
      /^(08|53|57|58|40001|ECONN|EHOST|ENET|EAI_AGAIN|EPIPE|ETIMEDOUT|ENOTFOUND|ENOSPC|EDQUOT|EROFS|EIO$)/.test(
        code,
      )) ||
    (typeof message === 'string' &&
      /Connection terminated|timeout expired|Query read timeout|Cannot use a pool after/.test(message))
  );
}
