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
      description: `By compensating events, in one commit, at most ${UNDO_LIMIT} at once: recorded annotations are retracted, retracted ones are reinstated, and revised fields get their earlier values back if they are still as that revision left them. Anything changed since, or referred to, is a conflict: then nothing is undone or, with skipConflicts, everything else is. dryRun gives the same answer and records nothing. An undo can be undone like any other change. It also takes permission to read, because the answer shows what it undoes.`,
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
