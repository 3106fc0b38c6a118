import type { Json, WriteAnswer } from '@casebook/contracts';
import { decideMembers, type MembersCommand, type MembersState, SETTINGS } from '@casebook/incident';
import type { StoredEvent } from '@casebook/ledger';
import { membersFold, streams } from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { clearanceFault } from '../access/visibility.js';
import type { WriteRequest } from '../http/request-context.js';
import { Committing, type Committed } from './commit.js';
import { Merging } from './merging.js';

/** One command to a workspace's member list. */
export class MembersWrite extends Command<Committed> {
  constructor(
    readonly request: WriteRequest,
    readonly command: MembersCommand,
    readonly body: Json,
  ) {
    super();
  }
}

@CommandHandler(MembersWrite)
export class MembersHandler implements ICommandHandler<MembersWrite> {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(Merging) private readonly merging: Merging,
  ) {}

  execute({ request, command, body }: MembersWrite): Promise<Committed> {
    const target = targetOf(command);
    return this.merging.write({
      request,
      thing: command.type === 'ConfigureWorkspace' ? { what: 'settings' } : { what: 'member', id: target },
      what: 'member',
      ...(command.type === 'ReviseMember' && { changes: command.changes }),
      attempt: (base) =>
        this.committing.commit<MembersState>({
          request,
          permission: 'administer',
          body,
          streamId: streams.members,
          fold: membersFold,
          revises: revises(command),
          decide: (state, { recordedAt: at }) => {
            const refusal = clearanceFault(request.caller, command, state);
            if (refusal !== null) return { accepted: false, refusal };
            return decideMembers(
              command.type === 'IssueToken'
                ? { ...command, at }
                : base === undefined
                  ? command
                  : ({ ...command, base } as MembersCommand),
              state,
            );
          },
          answer: (state, last) => answerOf(state, last?.subject ?? target, last),
        }),
    });
  }
}

/** Whether the command accepts an expected revision. */
function revises({ type }: MembersCommand): boolean {
  switch (type) {
    case 'ReviseMember':
    case 'RemoveMember':
    case 'ConfigureWorkspace':
      return true;
    case 'OpenWorkspace':
    case 'AcceptRestore':
    case 'AddMember':
    case 'IssueToken':
    case 'RevokeToken':
      return false;
  }
}

const targetOf = (command: MembersCommand): string => {
  switch (command.type) {
    case 'AddMember':
      return command.member.id;
    case 'IssueToken':
    case 'RevokeToken':
      return command.tokenId;
    case 'ConfigureWorkspace':
    case 'AcceptRestore':
      return SETTINGS;
    case 'OpenWorkspace':
    case 'ReviseMember':
    case 'RemoveMember':
      return command.id;
  }
};

function answerOf(state: MembersState, subject: string, last: StoredEvent | undefined): WriteAnswer {
  if (subject === SETTINGS) {
    const { revision, position } = state.settings;
    return { id: SETTINGS, revision, position };
  }
  const member = state.members.get(subject);
  if (member !== undefined) return { id: member.id, revision: member.revision, position: member.position };
  const token = state.tokens.get(subject);
  // An erased token's details are unknown; that it was issued or revoked is still known.
  if (token === undefined && last !== undefined) {
    return { id: subject, revision: last.type === 'TokenRevoked' ? 2 : 1, position: last.position };
  }
  if (token === undefined) throw new Error(`member or token ${subject} is missing after it was written`);
  return { id: token.id, revision: token.revokedAt === undefined ? 1 : 2, position: token.position };
}
