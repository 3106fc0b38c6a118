import {
  entityId,
  optionalReason,
  type OptionalReason,
  restrictIncident,
  type RestrictIncident,
} from '@casebook/contracts';
import { Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/access.guard.js';
import { IncidentWrite } from '../commands/writes.js';
import { Body, Param } from '../http/checked-parameters.js';
import { Written } from '../http/answers.js';
import { conditions, type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Conditional, Writes } from './documentation.js';

/** Who may see an incident. */
@ApiTags('incidents')
@Controller('v1/workspaces/:workspace/incidents/:incident')
export class RestrictionsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('restriction')
  @Needs('adjudicate')
  @Conditional()
  @Writes(false, {
    summary: 'Restrict an incident to named members',
    description:
      'Nobody else sees it, counts it or is told of it from then on, its past included; only those who oversee all incidents (auditors and admins). Names take the place of those named before.',
    problems: ['incident-unknown', 'member-unknown', 'restriction-without-you'],
  })
  async restrict(
    @Param('incident', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: restrictIncident }) body: RestrictIncident,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(
      new IncidentWrite(
        request,
        id,
        { type: 'RestrictIncident', members: body.members, ...conditions(request, body.reason) },
        body,
      ),
    );
    return new Written(answer, { replayed });
  }

  @Post('unrestriction')
  @Needs('adjudicate')
  @Conditional()
  @Writes(false, {
    summary: 'Let every member see a restricted incident again',
    description:
      'The incident is visible to them again, its past included. It takes permission to adjudicate.',
    problems: ['incident-unknown'],
  })
  async unrestrict(
    @Param('incident', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(
      new IncidentWrite(
        request,
        id,
        { type: 'UnrestrictIncident', ...conditions(request, body.reason) },
        body,
      ),
    );
    return new Written(answer, { replayed });
  }
}
