import { PAGE_SIZE, refusalsQuery, type RefusalView, refusalView, workspaceId } from '@casebook/contracts';
import type { Page } from '@casebook/views';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { Refusals } from '../access/refusals.js';
import { Lists } from './documentation.js';
import { Param, Query } from '../http/checked-parameters.js';

@ApiTags('members')
@Controller('v1/workspaces/:workspace/refusals')
export class RefusalsController {
  constructor(@Inject(Refusals) private readonly refusals: Refusals) {}

  @Get()
  @Needs('oversee')
  @Lists(refusalView, 'RefusalPage', {
    summary: 'List refused attempts, latest first',
    description:
      'Requests to this workspace without a valid token, beyond the permissions of a role or token, or beyond the limits. Identical attempts within a minute are one item with a count. Not part of the ledger: the latest 10,000 are kept.',
  })
  list(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: refusalsQuery }) { limit = PAGE_SIZE, ...query }: z.infer<typeof refusalsQuery>,
  ): Promise<Page<RefusalView>> {
    return this.refusals.list(workspace, { ...query, limit });
  }
}
