import { erasePayloads, type ErasePayloads, erasureAnswer } from '@casebook/contracts';
import { Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/access.guard.js';
import { ErasureWrite } from '../commands/erasure.handler.js';
import { Body } from '../http/checked-parameters.js';
import { Written } from '../http/answers.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Writes } from './documentation.js';

/** Erasure by law: the content of events is erased, the fact that they happened stays. */
@ApiTags('ledger')
@Controller('v1/workspaces/:workspace/erasures')
export class ErasuresController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Needs('administer')
  @Writes(
    true,
    {
      summary: 'Erase the content of events by law, permanently',
      description:
        'Erases the payloads of the events at `positions`, or of all events about `subject`, from the ledger and every view in one transaction. The fact, time, author and subject of each event remain, and every proof still verifies. The erasure is itself an event. It cannot be undone.',
      problems: ['event-unknown', 'event-not-erasable'],
    },
    erasureAnswer,
  )
  async erase(
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: erasePayloads }) body: ErasePayloads,
  ): Promise<Written> {
    const { answer, created, replayed } = await this.commands.execute(new ErasureWrite(request, body));
    return new Written(answer, { created, replayed });
  }
}
