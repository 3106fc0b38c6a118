import type { Json } from '@casebook/contracts';
import { decideDocument, type DocumentCommand, type DocumentState } from '@casebook/incident';
import { documentFold, streams } from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../access/access.guard.js';
import type { WriteRequest } from '../http/request-context.js';
import { Committing, type Committed } from './commit.js';

/** One command to one document of the library. */
export class DocumentWrite extends Command<Committed> {
  constructor(
    readonly caller: Caller,
    readonly request: WriteRequest,
    readonly command: DocumentCommand,
    readonly body: Json,
  ) {
    super();
  }
}

@CommandHandler(DocumentWrite)
export class DocumentHandler implements ICommandHandler<DocumentWrite> {
  constructor(@Inject(Committing) private readonly committing: Committing) {}

  execute({ caller, request, command, body }: DocumentWrite): Promise<Committed> {
    return this.committing.commit<DocumentState>({
      caller,
      request,
      permission: 'annotate',
      body,
      streamId: streams.document(command.documentId),
      fold: documentFold,
      decide: (state) => decideDocument(command, state),
      answer: (state) => {
        if (state.status === 'unknown') throw new Error('a document that was written to is not there');
        return { id: state.id, revision: state.revision, position: state.position };
      },
    });
  }
}
