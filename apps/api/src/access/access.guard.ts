import { MemberQueries } from '@casebook/views';
import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@casebook/contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.js';
import { type Permission, permits } from './permissions.js';
import { digestOf } from './tokens.js';

/** Who sends a request: a member of one workspace, by one of the member's tokens. */
export interface Caller {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly tokenId: string;
}

type Authenticated = FastifyRequest & { caller?: Caller };

const PERMISSION = 'casebook:permission';
/** Names what a route asks for. A route without it is open to everybody: only health and documentation are. */
export const Needs = (permission: Permission) => SetMetadata(PERMISSION, permission);

/** The authenticated caller, in a handler's arguments. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<Authenticated>();
  if (caller === undefined) throw new Error('a route that names its caller needs a permission');
  return caller;
});

/** Who a token is, and what it may. */
@Injectable()
export class Access {
  constructor(@Inject(MemberQueries) private readonly members: MemberQueries) {}

  /** @throws ProblemError unauthenticated */
  async authenticate(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer +([\x21-\x7e]{1,2000})$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      throw unauthenticated(
        'Send your token in the header Authorization: Bearer … . `casebook token` or an admin gives you one.',
      );
    }
    const found = await this.members.authenticate(digestOf(token));
    if (found === null) {
      throw unauthenticated(
        'This token is unknown, expired or revoked. Ask an admin for a new one.',
        'invalid_token',
      );
    }
    return found;
  }

  /** For answers that go on for long: is the caller still a member with this permission, and the token still good? */
  async mayStill({ workspaceId, memberId, tokenId }: Caller, permission: Permission): Promise<boolean> {
    const [member, tokens] = await Promise.all([
      this.members.member(workspaceId, memberId),
      this.members.tokens(workspaceId, memberId),
    ]);
    const token = tokens.find((each) => each.id === tokenId);
    return (
      member?.status === 'active' &&
      permits(member.role, permission) &&
      token !== undefined &&
      token.revokedAt === undefined &&
      (token.expiresAt === undefined || Date.parse(token.expiresAt) > Date.now())
    );
  }
}

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(Access) private readonly access: Access,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (permission === undefined) return true;
    const request = context.switchToHttp().getRequest<Authenticated>();
    const caller = await this.access.authenticate(request.headers.authorization);
    const { workspace } = request.params as { workspace?: string };
    if (workspace !== undefined && workspace !== caller.workspaceId) {
      throw new ProblemError(
        'wrong-workspace',
        'This token belongs to a member of another workspace. Use a token of the workspace in the address.',
      );
    }
    if (!permits(caller.role, permission)) {
      throw new ProblemError(
        'not-permitted',
        `Your role (${caller.role}) may not do this; it takes permission to ${permission}. An admin of the workspace can change your role.`,
        { role: caller.role, needed: permission },
      );
    }
    request.caller = caller;
    return true;
  }
}

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
