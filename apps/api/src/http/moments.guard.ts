import { documentId, entityId, memberId, type Moment, momentQuery } from '@casebook/contracts';
import { HistoryQueries, type NamedThing } from '@casebook/views';
import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/visibility.js';
import { ProblemError } from './problem.js';
import { single } from './request-context.js';

const ANY_MOMENT = 'casebook:any-moment';
interface AnyMomentOptions {
  /** `…/timemap` lists its mementos. */
  readonly timemap?: boolean;
}

/** A read that takes `asOf` or `Accept-Datetime`; with the latter, the answer is a memento (RFC 7089). */
export const AnyMoment = (options: AnyMomentOptions = {}) =>
  applyDecorators(
    SetMetadata(ANY_MOMENT, options),
    ApiHeader({
      name: 'Accept-Datetime',
      required: false,
      description:
        'the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence',
      schema: { type: 'string' },
    }),
  );

/** The requested moment, as found by {@link MomentsGuard}. */
interface Dated {
  readonly original: URL;
  readonly hasTimemap: boolean;
  /** `null`: the current state, so the answer is not a memento. */
  readonly memento: {
    readonly address: URL;
    readonly position: number;
    readonly at: string | null;
    /** The moment is beyond the head, so later events may still precede it. */
    readonly isBeyondHead: boolean;
    /** Requested by Accept-Datetime, at the address of the original. */
    readonly isNegotiated: boolean;
  } | null;
}
type DatedRequest = FastifyRequest & { dated?: Dated };

/**
 * Datetime negotiation where the resource is its own TimeGate (RFC 7089, pattern 1.2): the answer is the
 * memento and names its own address. The moment is resolved once, here, and the handler reads as of its
 * position. Must run after the guard that sets the caller.
 */
@Injectable()
export class MomentsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(HistoryQueries) private readonly histories: HistoryQueries,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const options = this.reflector.get<AnyMomentOptions | undefined>(ANY_MOMENT, context.getHandler());
    if (options === undefined) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<DatedRequest & { caller: Caller }>();
    vary(http.getResponse<FastifyReply>());

    const query = request.query as { asOf?: unknown };
    const isNegotiated = query.asOf === undefined;
    // The schema of the query refuses an invalid moment, together with its other errors.
    const moment = isNegotiated
      ? acceptDatetime(request)
      : momentQuery.safeParse({ asOf: query.asOf }).data?.asOf;
    const original = new URL(request.url, 'http://relative');
    original.searchParams.delete('asOf');
    request.dated = { original, hasTimemap: options.timemap ?? false, memento: null };
    if (moment === undefined) return true;

    const { workspaceId } = request.caller;
    let { position, at } = await this.histories.momentOf(workspaceId, moment);
    if (isNegotiated) {
      // A time before the first memento gets the first (RFC 7089 §4.5.3).
      const first = await this.histories.firstPosition(workspaceId, thingAt(request.params));
      if (first !== null && first > position) {
        ({ position, at } = await this.histories.momentOf(workspaceId, { position: first }));
      }
    }
    const asOf = String(position);
    query.asOf = asOf;
    const address = new URL(original);
    address.searchParams.set('asOf', asOf);
    const isBeyondHead =
      'position' in moment ? moment.position > position : Date.parse(moment.time) > Date.now();
    request.dated = { ...request.dated, memento: { address, position, at, isBeyondHead, isNegotiated } };
    return true;
  }
}

/** The thing named by an address, if its parts are valid ids. */
function thingAt(params: unknown): NamedThing {
  const named = params as Partial<Record<string, unknown>>;
  return {
    incident: entityId.safeParse(named['incident']).data,
    document: documentId.safeParse(named['document']).data,
    member: memberId.safeParse(named['member']).data,
    annotation: entityId.safeParse(named['annotation']).data,
  };
}

/** Adds the RFC 7089 headers of an original or a memento. */
export function dateAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { dated } = request as DatedRequest;
  if (dated === undefined) return;
  const { original, hasTimemap, memento } = dated;
  const before = reply.getHeader('link');
  const links = typeof before === 'string' ? [before] : [];
  links.push(link(original, 'rel="original timegate"'));
  if (hasTimemap) links.push(`<${original.pathname}/timemap>; rel="timemap"; type="application/link-format"`);
  if (memento !== null) {
    const { address, position, at, isBeyondHead, isNegotiated } = memento;
    if (isBeyondHead) void reply.header('ledger-head', String(position));
    void reply.header(
      'ledger-position',
      String(Math.min(Number(reply.getHeader('ledger-position')), position)),
    );
    if (isNegotiated) void reply.header('content-location', address.pathname + address.search);
    if (at !== null) {
      const datetime = mementoDatetime(at);
      void reply.header('memento-datetime', datetime);
      links.push(link(address, `rel="memento"; datetime="${datetime}"`));
    }
  }
  void reply.header('link', links.join(', '));
}

/**
 * The first whole second at which `Accept-Datetime` includes an event of this time: HTTP dates have no
 * fractions.
 */
export const mementoDatetime = (at: string): string =>
  new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toUTCString();

const link = ({ pathname, search }: URL, parameters: string): string =>
  `<${pathname}${search}>; ${parameters}`;

function vary(reply: FastifyReply): void {
  const before = reply.getHeader('vary');
  void reply.header('vary', typeof before === 'string' ? `${before}, accept-datetime` : 'accept-datetime');
}

/** @throws ProblemError invalid-request for anything but a valid RFC 1123 date (RFC 7089 §2.1.1, §4.5.3) */
function acceptDatetime({ headers }: FastifyRequest): Moment | undefined {
  const value = single(headers['accept-datetime']);
  if (value === undefined) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime()) || date.toUTCString() !== value) {
    throw ProblemError.invalid([
      {
        header: 'Accept-Datetime',
        detail: 'must be an HTTP date, such as Sat, 31 Jan 2026 09:30:00 GMT',
      },
    ]);
  }
  return { time: date.toISOString() };
}
