import {
  issuedToken,
  openWorkspace,
  type OpenWorkspace,
  pageOf,
  workspaceView,
  type WorkspaceView,
} from '@casebook/contracts';
import { Ledger } from '@casebook/ledger';
import { AccessQueries, MemberQueries, type Page } from '@casebook/views';
import { Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf, Needs } from '../access/access.guard.js';
import { readAs } from '../access/visibility.js';
import { keyFault } from '../commands/commit.js';
import { Body } from '../http/checked-parameters.js';
import { Written } from '../http/answers.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { FIRST_WORKSPACE, KeyRefused, openWithAdmin } from '../workspaces.js';
import { Reads, Writes } from './documentation.js';

@ApiTags('workspaces')
@Controller('v1/workspaces')
export class WorkspacesController {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(MemberQueries) private readonly members: MemberQueries,
    @Inject(AccessQueries) private readonly access: AccessQueries,
  ) {}

  @Get()
  @Needs('read')
  @Reads(pageOf(workspaceView, 'WorkspacePage'), {
    summary: 'The workspaces of your token, and your role in each',
    description:
      'Lets a client find the workspace that its token belongs to: every other address begins with its id. There is one, unless an operator issued the same token in several.',
  })
  async list(@CallerOf() caller: Caller): Promise<Page<WorkspaceView>> {
    const { workspaceId, memberId, role, tokenId } = caller;
    const own = { id: workspaceId, member: memberId, role };
    if (tokenId === null) return { items: [own], next: null };
    const all = await this.access.workspacesOf({ workspaceId, tokenId });
    const others = all.filter((each) => each.workspaceId !== workspaceId);
    return {
      items: [
        own,
        ...others.map((each) => ({ id: each.workspaceId, member: each.memberId, role: each.role })),
      ],
      next: null,
    };
  }

  @Post()
  @Needs('administer')
  @Writes(
    true,
    {
      summary: 'Open a workspace',
      description:
        'Only an admin of the first workspace may do this. The caller becomes its admin, with a new token that is shown in this answer only. An Idempotency-Key applies within the new workspace.',
      problems: ['workspace-exists'],
    },
    issuedToken,
  )
  async open(
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: openWorkspace }) body: OpenWorkspace,
  ): Promise<Written> {
    const { caller } = request;
    if (caller.workspaceId !== FIRST_WORKSPACE) {
      throw new ProblemError(
        'not-permitted',
        `Only an admin of the workspace ${FIRST_WORKSPACE} may open workspaces.`,
      );
    }
    const self = await readAs(caller, () => this.members.member(caller.workspaceId, caller.memberId));
    const opened = await openWithAdmin(this.ledger, {
      workspaceId: body.id,
      ...(body.title !== undefined && { title: body.title }),
      admin: { id: caller.memberId, name: self?.name ?? caller.memberId },
      correlationId: request.correlationId,
      ...(request.key !== undefined && {
        keyed: { commandId: request.key, body: { route: request.route, body: { ...body } } },
      }),
    }).catch((error: unknown) => {
      throw error instanceof KeyRefused ? keyFault(error.status) : error;
    });
    if (opened === null)
      throw new ProblemError('workspace-exists', `The workspace ${body.id} is taken; choose another name.`);
    const { position, token, replayed } = opened;
    return new Written(
      { id: body.id, revision: 1, position, ...(!replayed && { token }) },
      { created: true, replayed, location: `/v1/workspaces/${body.id}` },
    );
  }
}
