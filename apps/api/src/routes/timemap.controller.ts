import { entityId, PAGE_SIZE, timemapQuery, workspaceId } from '@casebook/contracts';
import { HistoryQueries } from '@casebook/views';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { Param, Query } from '../http/checked-parameters.js';
import { mementoDatetime } from '../http/moments.guard.js';
import { Serves } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

const LINK_FORMAT = 'application/link-format';

@ApiTags('incidents')
@Controller('v1/workspaces/:workspace/incidents/:incident/timemap')
export class TimemapController {
  constructor(@Inject(HistoryQueries) private readonly histories: HistoryQueries) {}

  @Get()
  @Needs('read')
  @Serves(LINK_FORMAT, {
    summary: 'The mementos of an incident (RFC 7089): an address and a time for each of its events',
    description: 'In order, in pages: each page but the last links to the next as a further TimeMap.',
    problems: ['incident-unknown'],
  })
  async timemap(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) id: string,
    @Query({ schema: timemapQuery })
    { limit = PAGE_SIZE, after = 0, cursor = after }: z.infer<typeof timemapQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.histories.history(workspace, id, { after: cursor, limit });
    if (page === null) throw unknownIncident();
    const original = `/v1/workspaces/${workspace}/incidents/${id}`;
    const pageFrom = (position: number | string) => `${original}/timemap?limit=${limit}&after=${position}`;
    const datetimes = page.items.map(({ at }) => mementoDatetime(at));
    const lines = [
      `<${original}>; rel="original timegate"`,
      `<${pageFrom(cursor)}>; rel="self"; type="${LINK_FORMAT}"${
        datetimes.length === 0 ? '' : `; from="${datetimes[0]}"; until="${datetimes.at(-1)}"`
      }`,
      ...page.items.map(({ position }, index) => {
        const first = cursor === 0 && index === 0 ? 'first ' : '';
        const last = page.next === null && index === page.items.length - 1 ? 'last ' : '';
        return `<${original}?asOf=${position}>; rel="${first}${last}memento"; datetime="${datetimes[index]}"`;
      }),
      ...(page.next === null ? [] : [`<${pageFrom(page.next)}>; rel="timemap"; type="${LINK_FORMAT}"`]),
    ];
    await reply
      .headers({ 'content-type': LINK_FORMAT, 'cache-control': 'private, no-cache' })
      .send(lines.join(',\n'));
  }
}
