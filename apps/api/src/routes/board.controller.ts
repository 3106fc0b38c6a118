import {
  activityQuery,
  activityView,
  type ActivityView,
  boardEntryView,
  type BoardEntryView,
  disputeBoardQuery,
  PAGE_SIZE,
  workspaceId,
} from '@casebook/contracts';
import { AnalysisQueries, type Page } from '@casebook/views';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { Param, Query } from '../http/checked-parameters.js';
import { AnyMoment } from '../http/moments.guard.js';
import { Lists } from './documentation.js';

/** The team's overview: the disputes of all incidents, and who did what when. */
@ApiTags('board')
@Controller('v1/workspaces/:workspace')
export class BoardController {
  constructor(@Inject(AnalysisQueries) private readonly analysis: AnalysisQueries) {}

  @Get('disputes')
  @Needs('read')
  @AnyMoment()
  @Lists(boardEntryView, 'DisputeBoardPage', {
    summary: 'The disputes of all incidents, oldest first: age, owner, positions by support',
    description:
      'With asOf: as they stood then, their ages counted to the last event of that moment. A page may then be short, or empty, while `next` is not null.',
  })
  disputes(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: disputeBoardQuery })
    { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof disputeBoardQuery>,
  ): Promise<Page<BoardEntryView>> {
    return asOf === undefined
      ? this.analysis.disputes(workspace, { ...query, limit, now: new Date() })
      : this.analysis.disputesAt(workspace, { ...query, limit }, asOf);
  }

  @Get('activity')
  @Needs('read')
  @AnyMoment()
  @Lists(activityView, 'ActivityPage', {
    summary: 'The number of changes by day, member, incident and kind',
    description: 'Days are UTC days. A page may be short or empty while `next` is not null.',
  })
  activity(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: activityQuery }) { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof activityQuery>,
  ): Promise<Page<ActivityView>> {
    return this.analysis.activity(workspace, { ...query, limit }, asOf);
  }
}
