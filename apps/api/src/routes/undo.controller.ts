import { undoAnswer, type UndoAnswer, UNDO_LIMIT, undoRequest, type UndoRequest } from '@casebook/contracts';
import { Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Needs } from '../access/access.guard.js';
import { UndoWrite } from '../commands/undo.handler.js';
import { Body } from '../http/checked-parameters.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Writes } from './documentation.js';

@ApiTags('undo')
@Controller('v1/workspaces/:workspace/undo')
export class UndoController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Needs('annotate')
  @Writes(
    false,
    {
      summary: 'Undo events, or what one member did in a period',
      description: `By compensating events, in one commit, at most ${UNDO_LIMIT} at once: what was recorded is retracted, what was retracted is reinstated, what was revised gets its earlier values back where they are still as that revision left them. What was changed since, or is referred to, is a conflict: nothing is undone then, or with skipConflicts all the rest. dryRun answers the same and records nothing. An undo is undone like anything else. It takes permission to read as well, for it tells what it undoes.`,
      problems: ['undo-conflict', 'member-unknown', 'incident-unknown'],
    },
    undoAnswer,
  )
  async undo(
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: undoRequest }) body: UndoRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UndoAnswer> {
    const { answer, replayed } = await this.commands.execute(new UndoWrite(request, body));
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return answer;
  }
}
