import type { Json, WriteAnswer } from '@casebook/contracts';
import { decideMembers, type MembersCommand, type MembersState } from '@casebook/incident';
import { membersFold, streams } from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../access/access.guard.js';
import type { WriteRequest } from '../http/request-context.js';
import { Committing, type Committed } from './commit.js';

/** One command to a workspace's member list. */
export class MembersWrite extends Command<Committed> {
  constructor(
    readonly caller: Caller,
    readonly request: WriteRequest,
    readonly command: MembersCommand,
    readonly body: Json,
  ) {
    super();
  }
}

@CommandHandler(MembersWrite)
export class MembersHandler implements ICommandHandler<MembersWrite> {
  constructor(@Inject(Committing) private readonly committing: Committing) {}

  execute({ caller, request, command, body }: MembersWrite): Promise<Committed> {
    return this.committing.commit<MembersState>({
      caller,
      request,
      permission: 'administer',
      body,
      streamId: streams.members,
      fold: membersFold,
      decide: (state) => decideMembers(command, state),
      answer: (state, subject) => answerOf(state, subject ?? targetOf(command)),
    });
  }
}

const targetOf = (command: MembersCommand): string => {
  switch (command.type) {
    case 'AddMember':
      return command.member.id;
    case 'IssueToken':
    case 'RevokeToken':
      return command.tokenId;
    case 'OpenWorkspace':
    case 'ReviseMember':
    case 'RemoveMember':
      return command.id;
  }
};

function answerOf(state: MembersState, subject: string): WriteAnswer {
  const member = state.members.get(subject);
  if (member !== undefined) return { id: member.id, revision: member.revision, position: member.position };
  const token = state.tokens.get(subject);
  if (token === undefined) throw new Error(`member or token ${subject} is missing after it was written`);
  return { id: token.id, revision: token.revokedAt === undefined ? 1 : 2, position: token.position };
}
