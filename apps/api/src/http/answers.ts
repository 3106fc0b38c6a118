import type { Readable } from 'node:stream';
import type { WriteAnswer } from '@casebook/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { boundCursor } from './cursors.js';
import { entityTag } from './entity-tags.js';
import { jsonInSlices, type WrittenJson } from './json-in-slices.js';
import { dateAnswer } from './moments.guard.js';
import { isRead } from './request-context.js';

/** The answer to a write, with its status and headers. */
export class Written {
  constructor(
    readonly answer: WriteAnswer & Record<string, unknown>,
    readonly options: {
      readonly created?: boolean;
      readonly location?: string;
      readonly replayed?: boolean;
    } = {},
  ) {}
}

/** A representation with an entity tag; `revision` is that of what it represents. */
export class Tagged<T> {
  constructor(
    readonly value: T,
    readonly revision?: number,
  ) {}
}

/**
 * Whether the caller already has this representation (If-None-Match, RFC 9110 §13.1.2, weak comparison), so
 * that 304 suffices.
 */
export const isKnown = (tag: string, { headers }: FastifyRequest): boolean =>
  headers['if-none-match']
    ?.split(',')
    .some((known) => known.trim() === '*' || known.trim().replace(/^W\//, '') === tag) ?? false;

/** Content-Disposition (RFC 6266) of a file to be saved; non-ASCII names are encoded by RFC 8187. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"${plain === fileName ? '' : `; filename*=UTF-8''${encoded}`}`;
}

const isPage = (value: unknown): value is { items: unknown[]; next: string | null; position?: number } =>
  typeof value === 'object' && value !== null && 'next' in value && 'items' in value;

/** An answer ready to be sent; its headers are set. */
export interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/**
 * Sets the headers of each kind of answer: ETag, Location and position for writes, ETag for reads, Link for
 * pages (RFC 8288), and the memento headers for reads of the past (RFC 7089).
 */
export async function answerOf(
  value: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer> {
  const answer =
    value instanceof Tagged ? await tagged(value, request, reply) : headed(value, request, reply);
  dateAnswer(request, reply);
  if (!isRead(request)) {
    const position = latestIn(answer.body);
    if (position > 0) void reply.header('ledger-position', String(position));
  }
  if (!isParsed(answer.body)) return answer;
  return { ...answer, body: asJson(await jsonInSlices(answer.body), reply) };
}

/** A plain object or array, as opposed to a stream or text. */
const isParsed = (body: unknown): body is object =>
  Array.isArray(body) ||
  (typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype);

function asJson(json: WrittenJson, reply: FastifyReply): Buffer | Readable {
  if (!reply.hasHeader('content-type')) void reply.header('content-type', 'application/json; charset=utf-8');
  void reply.header('content-length', json.bytes);
  return json.body();
}

async function tagged(
  { value, revision }: Tagged<unknown>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer> {
  const json = await jsonInSlices(value);
  const tag = entityTag(json.digest, revision, request);
  void reply.header('etag', tag);
  return isKnown(tag, request) ? { status: 304, body: undefined } : { body: asJson(json, reply) };
}

/** The latest position in the answer to a write; 0 if there is none. A preview records nothing. */
function latestIn(answer: unknown): number {
  const { position, results, undone, dryRun } = (answer ?? {}) as Partial<Record<string, unknown>>;
  const listed = (list: unknown) => (Array.isArray(list) ? (list as Record<string, unknown>[]) : []);
  return Math.max(
    typeof position === 'number' ? position : 0,
    ...listed(results).map((result) => latestIn(result['answer'])),
    ...(dryRun === false ? listed(undone).map(({ change }) => latestIn(change)) : []),
  );
}

function headed(value: unknown, request: FastifyRequest, reply: FastifyReply): Answer {
  if (value instanceof Written) {
    const { created, location, replayed } = value.options;
    void reply.header('etag', `"${value.answer.revision}"`);
    if (location !== undefined) void reply.header('location', location);
    if (value.answer.merged !== undefined) void reply.header('preference-applied', 'merge');
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return { status: created ? 201 : 200, body: value.answer };
  }
  // All pages of a search are as of the position of the first.
  if (isPage(value) && value.position !== undefined)
    void reply.header('ledger-position', String(value.position));
  if (isPage(value) && value.next !== null) {
    const next = boundCursor(value.next, request);
    const address = new URL(request.url, 'http://relative');
    address.searchParams.set('cursor', next);
    // All pages show the same moment, however it was requested.
    const { asOf } = request.query as { asOf?: string };
    if (asOf !== undefined) address.searchParams.set('asOf', asOf);
    void reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
    return { body: { ...value, next } };
  }
  return { body: value };
}
