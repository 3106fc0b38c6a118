import {
  batchAnswer,
  type BatchAnswer,
  BATCH_LIMIT,
  batchRequest,
  type BatchRequest,
} from '@casebook/contracts';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../access/access.guard.js';
import { hearProblems } from '../access/refusals.js';
import { BatchWrite } from '../commands/batch.handler.js';
import { Body } from '../http/checked-parameters.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { ANY_REFUSAL, Writes } from './documentation.js';

@ApiTags('batches')
@Controller('v1/workspaces/:workspace/batches')
export class BatchesController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Needs('annotate')
  @Writes(
    false,
    {
      summary: 'Send many commands at once: all or nothing, or each on its own',
      description: `At most ${BATCH_LIMIT} commands. A later command can refer by name to something that an earlier one creates: { "command": "record-attack", "as": "attack", … }, then "attackId": "$attack". atomic: one commit; if one command is refused, the batch is refused with its index. each: the answer has a result for every command. One Idempotency-Key covers the whole batch.`,
      problems: ANY_REFUSAL,
    },
    batchAnswer,
  )
  async send(
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: batchRequest }) batch: BatchRequest,
    @Req() raw: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchAnswer> {
    const { answer, replayed } = await this.commands.execute(
      new BatchWrite(request, batch, hearProblems(raw)),
    );
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return answer;
  }
}
