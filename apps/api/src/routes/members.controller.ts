import {
  addMember,
  type AddMember,
  entityId,
  issuedToken,
  issueToken,
  type IssueToken,
  knownMemberId,
  memberView,
  type MemberView,
  momentQuery,
  optionalReason,
  type OptionalReason,
  PAGE_SIZE,
  pageQuery,
  reviseMember,
  type ReviseMember,
  tokenView,
  type TokenView,
  workspaceId,
} from '@casebook/contracts';
import { newId } from '@casebook/ledger';
import { MemberQueries, type Page, PastLists } from '@casebook/views';
import { Controller, Get, Inject, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { digestOf, newToken } from '../access/tokens.js';
import { MembersWrite } from '../commands/members.handler.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { conditions, type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Conditional, Lists, Mergeable, Reads, Revalidates, Writes } from './documentation.js';

@ApiTags('members')
@Controller('v1/workspaces/:workspace')
export class MembersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(MemberQueries) private readonly queries: MemberQueries,
    @Inject(PastLists) private readonly past: PastLists,
  ) {}

  @Get('members')
  @Needs('read')
  @AnyMoment()
  @Lists(memberView, 'MemberPage', {
    summary: 'List the members of the workspace, now or as they were',
    description:
      'In pages, with the role, clearance and status of each. A removed member stays in the list as `removed`.',
  })
  list(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: pageQuery }) { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof pageQuery>,
  ): Promise<Page<MemberView>> {
    return asOf === undefined
      ? this.queries.members(workspace, { ...query, limit })
      : this.past.members(workspace, { ...query, limit }, asOf);
  }

  @Get('members/:member')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(memberView, {
    summary: 'Read a member, now or as they were',
    description:
      'The role, clearance, status and revision of one member. `asOf` gives the member as of a moment.',
    problems: ['member-unknown'],
  })
  async one(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('member', { schema: knownMemberId }) id: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<MemberView>> {
    const member = await this.found(workspace, id, asOf);
    return new Tagged(member, member.revision);
  }

  private async found(
    workspace: string,
    id: string,
    asOf: z.infer<typeof momentQuery>['asOf'],
  ): Promise<MemberView> {
    const member =
      asOf === undefined
        ? await this.queries.member(workspace, id)
        : await this.past.member(workspace, id, asOf);
    if (member === null)
      throw new ProblemError(
        'member-unknown',
        'There is no such member in this workspace. GET …/members lists them.',
      );
    return member;
  }

  @Post('members')
  @Needs('administer')
  @Writes(true, {
    summary: 'Add a member',
    description:
      'The id appears in every event that the member records and never changes. The member cannot sign in before a token is issued or an OpenID Connect identity is set.',
    problems: ['member-exists', 'clearance-beyond-yours'],
  })
  async add(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: addMember }) member: AddMember,
  ): Promise<Written> {
    const { answer, events, replayed } = await this.commands.execute(
      new MembersWrite(request, { type: 'AddMember', member }, member),
    );
    return new Written(answer, {
      created: events.length > 0,
      replayed,
      location: `/v1/workspaces/${workspace}/members/${answer.id}`,
    });
  }

  @Patch('members/:member')
  @Needs('administer')
  @Mergeable()
  @Writes(false, {
    summary: 'Change a member’s name or role',
    description:
      'Takes effect with the member’s next request; existing tokens stay valid. Clearance and identity are changed here too, and nobody can grant a clearance above their own.',
    problems: ['member-unknown', 'member-last-admin', 'clearance-beyond-yours'],
  })
  async revise(
    @Param('member', { schema: knownMemberId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: reviseMember }) body: ReviseMember,
  ): Promise<Written> {
    const { reason, ...changes } = body;
    const { answer, replayed } = await this.commands.execute(
      new MembersWrite(request, { type: 'ReviseMember', id, changes, ...conditions(request, reason) }, body),
    );
    return new Written(answer, { replayed });
  }

  @Post('members/:member/removal')
  @Needs('administer')
  @Conditional()
  @Writes(false, {
    summary: 'Remove a member: all their tokens stop working at once',
    description: 'Everything the member recorded stays, under the same id. The member’s open live feeds end.',
    problems: ['member-unknown', 'member-last-admin'],
  })
  async remove(
    @Param('member', { schema: knownMemberId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(
      new MembersWrite(request, { type: 'RemoveMember', id, ...conditions(request, body.reason) }, body),
    );
    return new Written(answer, { replayed });
  }

  @Post('members/:member/tokens')
  @Needs('administer')
  @Writes(
    true,
    {
      summary: 'Issue a bearer token for a member',
      description:
        'The token is shown in this answer only. Repeating the Idempotency-Key gives the token’s id, but not the token again.',
      problems: ['member-unknown', 'token-expired', 'clearance-beyond-yours'],
    },
    issuedToken,
  )
  async issue(
    @Param('member', { schema: knownMemberId }) member: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: issueToken }) body: IssueToken,
  ): Promise<Written> {
    const token = newToken();
    const command = {
      type: 'IssueToken',
      tokenId: newId(),
      memberId: member,
      digest: digestOf(token),
      ...body,
    } as const;
    const { answer, replayed } = await this.commands.execute(new MembersWrite(request, command, body));
    return new Written(replayed ? answer : { ...answer, token }, { created: true, replayed });
  }

  @Get('members/:member/tokens')
  @Needs('administer')
  @AnyMoment()
  @Lists(tokenView, 'TokenPage', {
    summary: 'List the tokens of a member, without their secrets, now or as they were',
    description:
      'Label, scope, expiry and revocation of each token. A secret is shown once, when it is issued, and only its SHA-256 is stored.',
    problems: ['member-unknown'],
  })
  async tokens(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('member', { schema: knownMemberId }) member: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Page<TokenView>> {
    // A misspelt id must not look like a member without tokens.
    await this.found(workspace, member, asOf);
    const items =
      asOf === undefined
        ? await this.queries.tokens(workspace, member)
        : await this.past.tokens(workspace, member, asOf);
    return { items, next: null };
  }

  @Post('tokens/:token/revocation')
  @Needs('administer')
  @Writes(false, {
    summary: 'Revoke a token, at once',
    description:
      'The next request with it is refused, and its live feeds end. A revoked token cannot be used again; issue a new one.',
    problems: ['token-unknown'],
  })
  async revoke(
    @Param('token', { schema: entityId }) tokenId: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(
      new MembersWrite(request, { type: 'RevokeToken', tokenId, ...body }, body),
    );
    return new Written(answer, { replayed });
  }
}
