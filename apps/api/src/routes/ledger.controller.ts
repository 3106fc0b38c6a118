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
import { HistoryQueries, IncidentQueries, type Page } from '@casebook/views';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { Lists } from './documentation.js';

/** What is read across a workspace: the audit, the raw ledger, the tags in use. */
@ApiTags('ledger')
@Controller('v1/workspaces/:workspace')
export class LedgerController {
  constructor(
    @Inject(HistoryQueries) private readonly histories: HistoryQueries,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
  ) {}

  @Get('audit')
  @Needs('read')
  @Lists(changeView, 'AuditPage', {
    summary: 'Every change of the workspace in order: who, when, what, before and after',
  })
  audit(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: auditQuery })
    { limit = PAGE_SIZE, after = 0, cursor = after, ...query }: z.infer<typeof auditQuery>,
  ): Promise<Page<ChangeView>> {
    return this.histories.audit(workspace, { ...query, after: cursor, limit });
  }

  @Get('events')
  @Needs('read')
  @Lists(eventView, 'EventPage', {
    summary: 'The ledger itself, in order',
    description: 'Positions have no gap: who has seen position n has seen all up to n.',
  })
  events(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: eventsQuery })
    { limit = PAGE_SIZE, after = 0, cursor = after }: z.infer<typeof eventsQuery>,
  ): Promise<Page<EventView>> {
    return this.histories.events(workspace, { after: cursor, limit });
  }

  @Get('tags')
  @Needs('read')
  @Lists(tagCount, 'TagPage', { summary: 'The tags in use, with how many claims have them' })
  tags(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: tagsQuery }) { limit = PAGE_SIZE, ...query }: z.infer<typeof tagsQuery>,
  ): Promise<Page<TagCount>> {
    return this.incidents.tags(workspace, { ...query, limit });
  }
}
