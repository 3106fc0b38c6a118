import {
  configureWorkspace,
  type ConfigureWorkspace,
  momentQuery,
  workspaceId,
  workspaceSettings,
  type WorkspaceSettings,
} from '@casebook/contracts';
import { RevisionQueries } from '@casebook/views';
import { Controller, Get, Inject, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { MembersWrite } from '../commands/members.handler.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { conditions, type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Conditional, Reads, Revalidates, Writes } from './documentation.js';

/** Settings of a whole workspace. */
@ApiTags('workspaces')
@Controller('v1/workspaces/:workspace/settings')
export class SettingsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(RevisionQueries) private readonly revisions: RevisionQueries,
  ) {}

  @Get()
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(workspaceSettings, {
    summary: 'Read the settings of the workspace, now or as they were',
    description:
      '`requireIfMatch` says whether a change without If-Match is refused; `importColumns` gives the column names of imported tables. `asOf` gives the settings of that moment.',
  })
  async read(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<WorkspaceSettings>> {
    const settings = await this.revisions.settings(workspace, asOf);
    return new Tagged(settings, settings.revision);
  }

  @Patch()
  @Needs('administer')
  @Conditional()
  @Writes(false, {
    summary: 'Change the settings of the workspace',
    description:
      'requireIfMatch: a change without If-Match is then refused with 428. importColumns: the column names that CSV imports expect unless the import gives its own; it is replaced as a whole.',
  })
  async configure(
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: configureWorkspace }) body: ConfigureWorkspace,
  ): Promise<Written> {
    const { reason, ...changes } = body;
    const { answer, replayed } = await this.commands.execute(
      new MembersWrite(
        request,
        { type: 'ConfigureWorkspace', changes, ...conditions(request, reason) },
        body,
      ),
    );
    return new Written(answer, { replayed });
  }
}
