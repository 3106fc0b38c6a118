import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/visibility.js';
import { revisionIn } from './entity-tags.js';
import { ProblemError } from './problem.js';

/** The metadata of a write request: its caller and what its headers say. */
export interface WriteRequest {
  readonly caller: Caller;
  /** The Idempotency-Key, if the client sent one: the id of the command. */
  readonly key: string | undefined;
  /** The revision in `If-Match`, which the client has seen. */
  readonly expected: number | undefined;
  /** Whether there was an If-Match, including `*`. */
  readonly conditional: boolean;
  /** `Prefer: merge` (RFC 7240): keep both changes if others changed other fields since. */
  readonly merge: boolean;
  /** The request's id, which its events carry as correlation id. */
  readonly correlationId: string;
  /** Method and address, which identify the command together with the body. */
  readonly route: string;
}

/** Marks the handlers of routes that accept a revision in If-Match. */
export const TAKES_IF_MATCH = 'casebook:takes-if-match';

export const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

export const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(',') : value;

/** RFC 9110 §12.4.2: the weight that an Accept header gives to exactly this name; 0 if it is not named. */
function weightOf(header: string | string[] | undefined, name: string): number {
  for (const each of (single(header) ?? '').split(',')) {
    const [named, ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    if (named !== name) continue;
    const weight = parameters.find((part) => part.startsWith('q='));
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0;
  }
  return 0;
}

/**
 * RFC 9110 §12.5: whether an Accept header names this type and does not prefer `other`, the default. Ranges
 * such as `*` do not request it.
 */
export function accepts(header: string | string[] | undefined, name: string, other?: string): boolean {
  const weight = weightOf(header, name);
  return weight > 0 && (other === undefined || weight >= weightOf(header, other));
}

/** A request after the guard has set its caller. */
export type Authenticated = FastifyRequest & { caller?: Caller };

/** The caller that the guard has set. */
export function callerOf({ caller }: Authenticated): Caller {
  if (caller === undefined) throw new Error('a route that names its caller needs a permission');
  return caller;
}

/** The request's write metadata as a handler argument. */
export const WriteRequestOf = createParamDecorator((_: unknown, context: ExecutionContext): WriteRequest => {
  const request = context.switchToHttp().getRequest<Authenticated>();
  const expected = expectedRevision(request);
  if (expected !== undefined && Reflect.getMetadata(TAKES_IF_MATCH, context.getHandler()) !== true) {
    throw badPrecondition(
      'Nothing that this request changes has a revision, so it accepts no If-Match other than *; leave the header out.',
      'is not accepted here',
    );
  }
  return {
    caller: callerOf(request),
    key: idempotencyKey(single(request.headers['idempotency-key'])),
    expected,
    conditional: request.headers['if-match'] !== undefined,
    merge: prefers(single(request.headers['prefer']), 'merge'),
    correlationId: request.id,
    route: `${request.method} ${request.url.split('?', 1)[0] ?? ''}`,
  };
});

/** @throws ProblemError invalid-request */
function idempotencyKey(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(value)) {
    throw ProblemError.invalid([
      {
        header: 'Idempotency-Key',
        detail: 'must be 1 to 255 printable ASCII characters without spaces, such as a UUID',
      },
    ]);
  }
  return value;
}

/** `*` is any existing revision. */
function expectedRevision(request: FastifyRequest): number | undefined {
  const value = request.headers['if-match'];
  if (value === undefined || value.trim() === '*') return undefined;
  const revision = revisionIn(value, request);
  if (revision === undefined) {
    throw badPrecondition(
      'Send one entity tag from an ETag of this service: If-Match: "3".',
      'is not one strong entity tag of this service',
    );
  }
  return revision;
}

const badPrecondition = (detail: string, fault: string): ProblemError =>
  new ProblemError('bad-precondition', detail, { errors: [{ header: 'If-Match', detail: fault }] });

/** The value of a preference such as `wait=10`; `undefined` if it is absent or has no value. */
export const preferred = (header: string | undefined, preference: string): string | undefined =>
  (header ?? '')
    .split(',')
    .map((each) => each.split(';', 1)[0]?.split('=') ?? [])
    .find(([name]) => name?.trim().toLowerCase() === preference)?.[1]
    ?.trim();

/**
 * RFC 7240 §2: preferences are comma-separated, their names are case-insensitive, and unknown ones are
 * ignored.
 */
const prefers = (header: string | undefined, preference: string): boolean =>
  (header ?? '').split(',').some((each) => each.split(';', 1)[0]?.trim().toLowerCase() === preference);

/** The `If-Match` revision and the reason, if present, in the form that commands take. */
export const conditions = (request: WriteRequest, reason?: string) => ({
  ...(request.expected !== undefined && { expected: request.expected }),
  ...(reason !== undefined && { reason }),
});
