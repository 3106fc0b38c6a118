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

/** Erasing by law: what events said goes, that they happened stays. */
@ApiTags('ledger')
@Controller('v1/workspaces/:workspace/erasures')
export class ErasuresController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Needs('administer')
  @Writes(
    true,
    {
      summary: 'Erase by law what events said, for good',
      description:
        'Erases the payloads of the events at `positions`, or of all about `subject`, from the ledger and from every view, in one transaction. That they happened, when, by whom and about what remains, and every proof still verifies. The erasure is an event itself. Nothing brings back what it erased.',
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
