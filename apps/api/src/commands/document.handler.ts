import { tlpRank } from '@casebook/contracts';
import {
  decideDocument,
  type DocumentCommand,
  type DocumentState,
  initialDocument,
  recordedOtherwise,
  supersededBy,
} from '@casebook/incident';
import type { DecisionContext } from '@casebook/ledger';
import { documentFold, erasuresFold, membersFold, streams } from '@casebook/views';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isCleared } from '../access/visibility.js';
import { Committing, type Committed, type Write } from './commit.js';
import { type Meeting, Merging } from './merging.js';
import { DocumentWrite } from './writes.js';

@CommandHandler(DocumentWrite)
export class DocumentHandler implements ICommandHandler<DocumentWrite> {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(Merging) private readonly merging: Merging,
  ) {}

  execute(write: DocumentWrite): Promise<Committed> {
    const { command } = write;
    return this.merging.write({
      ...documentMeeting(write),
      attempt: (base) =>
        this.committing.commit(
          documentWrite(write, base === undefined ? command : ({ ...command, base } as DocumentCommand)),
        ),
    });
  }
}

/** How a command to a document may conflict. */
export const documentMeeting = ({ request, command }: DocumentWrite): Omit<Meeting, 'attempt'> => ({
  request,
  thing: { what: 'document', id: command.documentId },
  what: 'document',
  ...('changes' in command && { changes: command.changes }),
});

/** How the document's stream decides the command and builds the answer. */
export function documentWrite(
  { request, body }: DocumentWrite,
  command: DocumentCommand,
): Write<DocumentState> {
  const earlier = supersededBy(command);
  const superseded = earlier === undefined ? undefined : streams.document(earlier);
  const seen = (state: DocumentState, context: DecisionContext): DocumentState =>
    isCleared(request.caller, context.read(streams.members, membersFold), state) ? state : initialDocument;
  return {
    request,
    permission: 'annotate',
    body,
    streamId: streams.document(command.documentId),
    subject: command.documentId,
    fold: documentFold,
    reads: [
      { streamId: streams.erasures, fold: erasuresFold },
      ...(superseded === undefined ? [] : [{ streamId: superseded, fold: documentFold }]),
    ],
    revises: command.type === 'DescribeDocument',
    // An import's sender has the text already, so its presence is confirmed whatever its marking.
    hides: (state, context) =>
      command.type === 'DescribeDocument' &&
      !isCleared(request.caller, context.read(streams.members, membersFold), state),
    decide: (state, context) =>
      decideDocument(
        command,
        state,
        context.read(streams.erasures, erasuresFold),
        superseded === undefined ? undefined : seen(context.read(superseded, documentFold), context),
      ),
    answer: (state, last) => {
      if (state.status === 'unknown') throw new Error('a document that was written to does not exist');
      const { id, revision, position, details } = state;
      const wasThere = command.type === 'ImportDocument' && last === undefined;
      // A caller without clearance could otherwise guess the document's details one by one.
      const compares =
        wasThere && details !== null && tlpRank(details.tlp) <= tlpRank(request.caller.clearance);
      return {
        id,
        revision,
        position,
        ...(compares && { differs: recordedOtherwise(state, command) }),
      };
    },
  };
}
