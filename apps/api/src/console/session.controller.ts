import { workspaceId } from '@casebook/contracts';
import { MemberQueries } from '@casebook/views';
import { Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProviderUnavailable, TokenRefused } from '../access/oidc.js';
import { Access } from '../access/access.guard.js';
import type { Refusable } from '../access/refusals.js';
import { type Caller, readAs } from '../access/visibility.js';
import { Body } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { CONSOLE_HEADER, endSession, fitsCookie, sessionOf, startSession } from './session-cookie.js';
import { OidcSignIn, type SignInOffer } from './oidc-sign-in.js';
import { SignInCodes } from './sign-in-codes.js';

const signIn = z.union([
  z.strictObject({ token: z.string().regex(/^[\x21-\x7e]{1,8000}$/), workspace: workspaceId.optional() }),
  z.strictObject({ code: z.string().min(1).max(200) }),
  z.strictObject({
    authorizationCode: z.string().min(1).max(4000),
    // RFC 7636 §4.1
    verifier: z.string().regex(/^[\w.~-]{43,128}$/),
    redirectUri: z.url().max(2000),
    workspace: workspaceId.optional(),
  }),
  // For somebody already signed in: the same token in another workspace.
  z.strictObject({ workspace: workspaceId }),
]);
type SignIn = z.infer<typeof signIn>;

/** Who is signed in to the console. */
interface SessionView {
  readonly workspace: string;
  readonly member: { readonly id: string; readonly name: string };
  readonly role: string;
  /** The permissions that the token is narrowed to; null: not narrowed. */
  readonly permissions: readonly string[] | null;
}

interface SessionAnswer {
  /** null: nobody is signed in. */
  readonly session: SessionView | null;
  /** How to sign in through the identity provider; null: only with a token. */
  readonly provider?: SignInOffer | null;
}

/** The console's own endpoint, for browsers only: other clients send a bearer token, so /openapi.json does not list it. */
@ApiExcludeController()
@Controller('v1/session')
export class SessionController {
  constructor(
    @Inject(Access) private readonly access: Access,
    @Inject(MemberQueries) private readonly members: MemberQueries,
    @Inject(SignInCodes) private readonly codes: SignInCodes,
    @Inject(OidcSignIn) private readonly provider: OidcSignIn,
  ) {}

  /** `session` is null if nobody is signed in, or no longer. */
  @Get()
  async current(@Req() request: FastifyRequest): Promise<SessionAnswer> {
    const session = sessionOf(request);
    if (session === undefined) return this.nobody();
    try {
      return { session: await this.view(`Bearer ${session.token}`, session.workspaceId, request.id) };
    } catch (error) {
      if (error instanceof ProblemError && error.status < 500) {
        // Otherwise tokens could be guessed here without limit.
        (request as Refusable).wrongToken = true;
        return this.nobody();
      }
      throw error;
    }
  }

  private async nobody(): Promise<SessionAnswer> {
    return { session: null, provider: await this.provider.offer() };
  }

  @Post()
  @HttpCode(200)
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: signIn }) body: SignIn,
  ): Promise<SessionAnswer> {
    if (request.headers[CONSOLE_HEADER] === undefined) throw ofConsoleAlone();
    const { token, workspace } = await this.entryOf(request, body);
    const session = await this.view(`Bearer ${token}`, workspace, request.id);
    const kept = { workspaceId: session.workspace, token };
    if (!fitsCookie(kept)) {
      throw ProblemError.invalid([
        {
          pointer: '/token',
          detail: 'is too long for a browser cookie; ask the identity provider for a smaller one',
        },
      ]);
    }
    startSession(request, reply, kept);
    return { session };
  }

  @Delete()
  @HttpCode(204)
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    if (request.headers[CONSOLE_HEADER] === undefined) throw ofConsoleAlone();
    endSession(request, reply);
  }

  /** The token to sign in with, and the requested workspace. */
  private async entryOf(
    request: FastifyRequest,
    body: SignIn,
  ): Promise<{ readonly token: string; readonly workspace?: string | undefined }> {
    if ('token' in body) return body;
    if ('code' in body) {
      const entry = this.codes.redeem(body.code);
      if (entry !== undefined) return entry;
      throw new ProblemError(
        'unauthenticated',
        'This sign-in address was used already, or is more than 15 minutes old. Sign in with a token.',
      );
    }
    if ('authorizationCode' in body)
      return { token: await this.redeem(request, body), workspace: body.workspace };
    const session = sessionOf(request);
    if (session !== undefined) return { token: session.token, workspace: body.workspace };
    throw new ProblemError('unauthenticated', 'Nobody is signed in on this browser. Sign in with a token.');
  }

  /** The identity provider's token for an authorization code. */
  private async redeem(
    { headers }: FastifyRequest,
    body: Extract<SignIn, { authorizationCode: string }>,
  ): Promise<string> {
    if (headers.origin !== undefined && new URL(body.redirectUri).origin !== headers.origin)
      throw new ProblemError(
        'not-permitted',
        'The sign-in was started by a page of another origin. Start again.',
      );
    try {
      return await this.provider.redeem({ ...body, code: body.authorizationCode });
    } catch (error) {
      if (error instanceof TokenRefused) throw new ProblemError('unauthenticated', error.message);
      if (error instanceof ProviderUnavailable)
        throw new ProblemError(
          'unavailable',
          'The identity provider is not answering. Try again.',
          {},
          { 'retry-after': '5' },
          { cause: error },
        );
      throw error;
    }
  }

  private async view(
    authorization: string,
    workspace: string | undefined,
    requestId: string,
  ): Promise<SessionView> {
    const caller: Caller = await this.access.authenticate(authorization, workspace, requestId);
    const self = await readAs(caller, () => this.members.member(caller.workspaceId, caller.memberId));
    return {
      workspace: caller.workspaceId,
      member: { id: caller.memberId, name: self?.name ?? caller.memberId },
      role: caller.role,
      permissions: caller.permissions,
    };
  }
}

const ofConsoleAlone = (): ProblemError =>
  new ProblemError(
    'not-permitted',
    `Sessions are for the console only: send the header ${CONSOLE_HEADER}, or use a bearer token without a session.`,
  );
