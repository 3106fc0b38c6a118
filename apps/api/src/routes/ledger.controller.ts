import {
  auditQuery,
  changeView,
  type ChangeView,
  eventsQuery,
  eventView,
  type EventView,
  PAGE_SIZE,
  tagCount,
  type TagCount,
  tagsQuery,
  workspaceId,
} from '@casebook/contracts';
import { HistoryQueries, IncidentQueries, type Page, PastLists } from '@casebook/views';
import { Ledger } from '@casebook/ledger';
import { leaveReadingScope } from '@casebook/postgres';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Access, type Caller, CallerOf, Needs } from '../access/access.guard.js';
import { readAs } from '../access/visibility.js';
import { Param, Query } from '../http/checked-parameters.js';
import { AnyMoment } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { accepts } from '../http/request-context.js';
import { type EventFilter, LiveFeed } from '../live/live-feed.js';
import { Lists } from './documentation.js';

/** @throws ProblemError invalid-request */
function lastEventId(value: string | string[] | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) {
    throw ProblemError.invalid([
      {
        header: 'Last-Event-ID',
        detail: 'must be the id of an event of this stream: a position of the ledger',
      },
    ]);
  }
  return Number(value);
}

const wantedBy =
  ({ incidentId, type }: { incidentId?: string; type?: string }): EventFilter =>
  (event) =>
    (incidentId === undefined || event.stream === `incident:${incidentId}`) &&
    (type === undefined || event.type === type);

/** The longest time that setTimeout supports. Later ends are found by the feed's check every 15 s. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Aborts when the caller's token ends, in milliseconds since 1970. */
function abortAt(endsAt: number | undefined, gone: AbortController): NodeJS.Timeout | undefined {
  const left = (endsAt ?? Infinity) - Date.now();
  return left > LONGEST_TIMER_MS ? undefined : setTimeout(() => gone.abort(), left).unref();
}

/** Reads across a workspace: the audit, the raw ledger, the tags in use. */
@ApiTags('ledger')
@Controller('v1/workspaces/:workspace')
export class LedgerController {
  constructor(
    @Inject(HistoryQueries) private readonly histories: HistoryQueries,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(PastLists) private readonly past: PastLists,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(Access) private readonly access: Access,
  ) {}

  @Get('audit')
  @Needs('read')
  @AnyMoment()
  @Lists(changeView, 'AuditPage', {
    summary: 'Every change of the workspace in order: who, when, what, before and after',
    description:
      'In pages, with filters by actor, incident, annotation, type and time. The items are those of an incident’s history.',
  })
  audit(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: auditQuery })
    { limit = PAGE_SIZE, after = 0, cursor = after, asOf, ...query }: z.infer<typeof auditQuery>,
  ): Promise<Page<ChangeView>> {
    return this.histories.audit(workspace, { ...query, after: cursor, limit }, asOf);
  }

  @Get('events')
  @Needs('read')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description:
      'for the live feed: the id of the last event that you have; takes precedence over `cursor` and `after`',
    schema: { type: 'string', pattern: '^\\d{0,15}$' },
  })
  @Lists(eventView, 'EventPage', {
    summary: 'The ledger itself, in order, or live',
    description:
      'Positions have no gaps: a reader that has seen position n has seen everything up to n. With Accept: text/event-stream the answer continues as server-sent events (CloudEvents 1.0), from `after`, from Last-Event-ID, or from now on; it begins with an id without data, which is its starting position. In place of an imported document’s text, data has its digest, its length in bytes and the href of the text; GET …/ledger/export has the text itself.',
  })
  async events(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: eventsQuery })
    { limit = PAGE_SIZE, after, cursor, here, ...filter }: z.infer<typeof eventsQuery>,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<EventView> | Readable> {
    if (!accepts(request.headers.accept, 'text/event-stream', 'application/json')) {
      const page = await this.histories.events(workspace, { after: cursor ?? after ?? 0, limit });
      return { ...page, items: page.items.filter(wantedBy(filter)) };
    }
    const head = (await this.ledger.head(workspace))?.size ?? 0;
    const seen = lastEventId(request.headers['last-event-id']);
    const from = seen ?? cursor ?? after ?? head;
    if (from > head) {
      const said =
        seen === undefined
          ? { parameter: cursor === undefined ? 'after' : 'cursor' }
          : { header: 'Last-Event-ID' };
      throw ProblemError.invalid([
        { ...said, detail: `is beyond the end of this ledger, which has ${head} events` },
      ]);
    }
    const leave = this.feed.seats.take(caller.tokenId ?? `${workspace} ${caller.memberId}`);
    // The feed sets the scope of its own reads.
    leaveReadingScope();
    const gone = new AbortController();
    const stream = Readable.from(
      this.feed.follow({
        workspaceId: workspace,
        after: from,
        wants: wantedBy(filter),
        hidden: () => readAs(caller, () => this.incidents.hiddenStreams()),
        mayStill: () => this.access.mayStill(caller),
        signal: gone.signal,
        ...(here !== undefined && { visitor: { member: caller.memberId, place: here, head } }),
        giveUp: () => request.raw.destroy(),
      }),
      { objectMode: false, highWaterMark: 1 },
    );
    const ending = abortAt(caller.endsAt, gone);
    // Otherwise a reader that disconnects while the feed is waiting would be held until the next event.
    reply.raw.once('close', () => {
      clearTimeout(ending);
      gone.abort();
      leave();
    });
    void reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    return stream;
  }

  @Get('tags')
  @Needs('read')
  @AnyMoment()
  @Lists(tagCount, 'TagPage', {
    summary: 'The tags in use, with the number of claims for each',
    description: 'In pages. Retracted claims do not count.',
  })
  tags(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: tagsQuery }) { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof tagsQuery>,
  ): Promise<Page<TagCount>> {
    return asOf === undefined
      ? this.incidents.tags(workspace, { ...query, limit })
      : this.past.tags(workspace, { ...query, limit }, asOf);
  }
}
