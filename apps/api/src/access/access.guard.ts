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

/**
 * The permission that a route requires. A route without it is public: only health and documentation are.
 * Enforced in admission.ts.
 */
export const Needs = (permission: Permission) => RouteConfig({ permission });

/** The authenticated caller, in a handler's arguments. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return callerOf(context.switchToHttp().getRequest<Authenticated>());
});

/**
 * Identifies a token's member and permissions. Every request asks the database, so a revoked token stops
 * working at once in every process.
 */
@Injectable()
export class Access {
  constructor(
    @Inject(AccessQueries) private readonly members: AccessQueries,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Oidc) private readonly oidc: Oidc | null,
  ) {}

  /**
   * `workspaceId`: the one in the address, if any.
   * @throws ProblemError unauthenticated, wrong-workspace, not-permitted; unavailable if the identity
   * provider cannot be reached
   */
  async authenticate(
    authorization: string | undefined,
    workspaceId: string | undefined,
    correlationId: string,
  ): Promise<Caller> {
    const token = bearerToken(authorization);
    if (token === undefined) {
      throw unauthenticated(
        'Send your token in the header Authorization: Bearer … . `npx casebook token` or an admin gives you one.',
      );
    }
    const caller =
      this.oidc !== null && Oidc.isToken(token)
        ? await this.byIdentity(
            await this.identify(this.oidc, token),
            workspaceId ?? FIRST_WORKSPACE,
            correlationId,
          )
        : await this.byToken(token, workspaceId ?? FIRST_WORKSPACE);
    if (caller === null) {
      throw unauthenticated(
        'This token is unknown, expired or revoked. Ask an admin for a new one.',
        'invalid_token',
      );
    }
    if (workspaceId !== undefined && workspaceId !== caller.workspaceId) throw wrongWorkspace();
    return caller;
  }

  /** The holder of one of the service's own tokens. */
  private async byToken(token: string, workspaceId: string): Promise<Caller | null> {
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
          'The identity provider’s keys cannot be fetched at the moment. Try again shortly.',
          {},
          { 'retry-after': '5' },
          { cause: error },
        );
      }
      throw error;
    }
  }

  /**
   * The member that an identity maps to. A person with a role from the provider becomes a member with the
   * first request, and the member's role follows the provider. Both are events, so the audit shows who joined
   * and how.
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
      // A concurrent request may have added the member; the refusal then leaves the decision to that record.
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

  /**
   * For long answers such as feeds: whether the caller is still a member with the same role and clearance,
   * and the token is still valid.
   */
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

/** Lets an outage through: it says nothing about permissions, and its message belongs in the log alone. */
function unlessRefused(error: unknown): MembersRefused {
  if (error instanceof MembersRefused) return error;
  throw error;
}

/**
 * Whether the text can be a workspace's name. Routes validate the address only later, and callers are looked
 * up in batches: text that the database rejects would fail the whole batch.
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
