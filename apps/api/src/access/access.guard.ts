import { workspaceId as workspaceName } from '@casebook/contracts';
import { IDENTITY_PROVIDER, type Member } from '@casebook/incident';
import { Ledger } from '@casebook/ledger';
import { AccessQueries } from '@casebook/views';
import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ProblemError } from '../http/problem.js';
import { type Authenticated, callerOf } from '../http/request-context.js';
import { commandMembers, FIRST_WORKSPACE, MembersRefused } from '../workspaces.js';
import { type Identity, Oidc, ProviderUnavailable, TokenRefused } from './oidc.js';
import type { Permission } from './permissions.js';
import { bearerToken, digestOf } from './tokens.js';
import { type Caller, isVouchedFor } from './visibility.js';

export type { Caller };

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission;
  }
}

/** Names what a route asks for. A route without it is open to everybody: only health and documentation are. Held to in admission.ts. */
export const Needs = (permission: Permission) => RouteConfig({ permission });

/** The authenticated caller, in a handler's arguments. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return callerOf(context.switchToHttp().getRequest<Authenticated>());
});

/** Who a token is, and what it may. Asked of the database with each request, so what was revoked is dead at once in every process. */
@Injectable()
export class Access {
  constructor(
    @Inject(AccessQueries) private readonly members: AccessQueries,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Oidc) private readonly oidc: Oidc | null,
  ) {}

  /**
   * `workspaceId`: that of the address, if it has one.
   * @throws ProblemError unauthenticated, wrong-workspace, not-permitted; unavailable where the identity provider cannot be asked
   */
  async authenticate(
    authorization: string | undefined,
    workspaceId: string | undefined,
    correlationId: string,
  ): Promise<Caller> {
    const token = bearerToken(authorization);
    if (token === undefined) {
      throw unauthenticated(
        'Send your token in the header Authorization: Bearer … . `casebook token` or an admin gives you one.',
      );
    }
    const caller =
      this.oidc !== null && Oidc.isToken(token)
        ? await this.byIdentity(
            await this.identify(this.oidc, token),
            workspaceId ?? FIRST_WORKSPACE,
            correlationId,
          )
        : await this.byToken(token, workspaceId);
    if (caller === null) {
      throw unauthenticated(
        'This token is unknown, expired or revoked. Ask an admin for a new one.',
        'invalid_token',
      );
    }
    if (workspaceId !== undefined && workspaceId !== caller.workspaceId) throw wrongWorkspace();
    return caller;
  }

  /** The holder of one of our own tokens. */
  private async byToken(token: string, workspaceId: string | undefined): Promise<Caller | null> {
    const holder = await this.members.authenticate(
      digestOf(token),
      isName(workspaceId) ? workspaceId : undefined,
    );
    if (holder?.expiresAt == null) return holder;
    return { ...holder, endsAt: Date.parse(holder.expiresAt) };
  }

  private async identify(oidc: Oidc, token: string): Promise<Identity> {
    try {
      return await oidc.identify(token);
    } catch (error) {
      if (error instanceof TokenRefused) throw unauthenticated(error.message, 'invalid_token');
      if (error instanceof ProviderUnavailable) {
        throw new ProblemError(
          'unavailable',
          'The identity provider cannot be asked for its keys just now. Try again in a moment.',
          {},
          { 'retry-after': '5' },
          { cause: error },
        );
      }
      throw error;
    }
  }

  /**
   * The member whom an identity stands for. Who is given a role by the provider becomes a member with the first request, and the
   * member's role follows the provider; both by events, so that the audit says who came in and how.
   */
  private async byIdentity(identity: Identity, workspaceId: string, correlationId: string): Promise<Caller> {
    if (!isName(workspaceId) || !identity.entitles(workspaceId)) throw wrongWorkspace();
    const { memberId, subject, endsAt } = identity;
    const role = identity.roleIn(workspaceId);
    let member = await this.members.member(workspaceId, memberId);
    if (member === null) {
      if (role == null || (await this.ledger.head(workspaceId)) === null) throw wrongWorkspace();
      const added = commandMembers(this.ledger, { workspaceId, actorId: IDENTITY_PROVIDER, correlationId }, [
        { type: 'AddMember', member: { id: memberId, name: identity.name, role, identity: subject } },
      ]);
      // Refused where somebody else added the member meanwhile: then it is for them to say who that is.
      await added.catch(unlessRefused);
      member = await this.members.member(workspaceId, memberId);
    }
    if (member?.status === 'removed' && member.identity === subject) {
      throw new ProblemError(
        'not-permitted',
        `The member ${memberId} was removed from this workspace. An admin of the workspace can add them again.`,
      );
    }
    if (member?.status !== 'active') throw wrongWorkspace();
    if (member.identity !== subject) {
      throw new ProblemError(
        'not-permitted',
        `The member ${memberId} is not bound to your identity. An admin of the workspace can bind it (PATCH …/members/${memberId}, identity).`,
      );
    }
    if (role === null) {
      throw new ProblemError('not-permitted', 'Your identity provider gives you no role in this workspace.');
    }
    if (role !== undefined && role !== member.role) {
      await this.followRole(workspaceId, member, role, correlationId);
    }
    return {
      workspaceId,
      memberId,
      role: role ?? member.role,
      clearance: member.clearance ?? 'red',
      tokenId: null,
      endsAt,
      identity: subject,
      permissions: null,
    };
  }

  private async followRole(
    workspaceId: string,
    { id }: Pick<Member, 'id'>,
    role: Caller['role'],
    correlationId: string,
  ): Promise<void> {
    const refused = await commandMembers(
      this.ledger,
      { workspaceId, actorId: IDENTITY_PROVIDER, correlationId },
      [{ type: 'ReviseMember', id, changes: { role }, reason: 'The identity provider says so.' }],
    ).catch(unlessRefused);
    if (refused instanceof MembersRefused) {
      throw new ProblemError(
        'not-permitted',
        `Your identity provider gives you the role ${role}, which the workspace cannot take over: ${refused.message}`,
        {},
        {},
        { cause: refused },
      );
    }
  }

  /** For answers that go on for long: is the caller still a member with the same role, as cleared as before, and the token still good? */
  async mayStill(caller: Caller): Promise<boolean> {
    const { workspaceId, memberId, tokenId, role, clearance } = caller;
    const [member, isGood] = await Promise.all([
      this.members.member(workspaceId, memberId),
      tokenId === null || this.members.isGood(workspaceId, memberId, tokenId),
    ]);
    return (
      isGood &&
      member?.status === 'active' &&
      member.role === role &&
      (member.clearance ?? 'red') === clearance &&
      isVouchedFor(caller, member, Date.now())
    );
  }
}

/** A database that is away says nothing about who may do what, and its words are for the log alone. */
function unlessRefused(error: unknown): MembersRefused {
  if (error instanceof MembersRefused) return error;
  throw error;
}

/**
 * Whether it can be the name of a workspace at all. What is asked for in an address is not, until its route has checked it, and who asks is
 * found together with others: text that the database cannot take would fail them all.
 */
const isName = (workspaceId: string | undefined): workspaceId is string =>
  workspaceName.safeParse(workspaceId).success;

const wrongWorkspace = (): ProblemError =>
  new ProblemError(
    'wrong-workspace',
    'This token belongs to a member of another workspace. Use a token of the workspace in the address.',
  );

/** RFC 6750 §3. */
const unauthenticated = (detail: string, error?: string): ProblemError =>
  new ProblemError(
    'unauthenticated',
    detail,
    {},
    {
      'www-authenticate': `Bearer realm="casebook"${error === undefined ? '' : `, error="${error}"`}`,
    },
  );
