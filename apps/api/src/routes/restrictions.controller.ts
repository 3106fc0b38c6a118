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

/** Restricts who may see an incident. */
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
      'From then on nobody else can see it, count it or be notified of it, including its past, except members who oversee all incidents (auditors and admins). The names replace any named before.',
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
      'Every member can see the incident again, including its past. Requires permission to adjudicate.',
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
