import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { isTrustworthy, Oidc, ProviderUnavailable, TokenRefused } from '../access/oidc.js';

const PATIENCE_MS = 5_000;

/** The parameters that a browser needs to redirect to the identity provider (RFC 6749 §4.1.1, with PKCE, RFC 7636). */
export interface SignInOffer {
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly scope: string;
}

/** The provider's redirect parameters, and the proof that the same browser started the sign-in. */
export interface Return {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

const tokens = z.object({ access_token: z.string(), id_token: z.string().optional() });

/**
 * Signs in by authorization code with PKCE if `OIDC_CLIENT_ID` is set. The service itself redeems the code, so that
 * no token appears in a page, an address or its history.
 */
@Injectable()
export class OidcSignIn {
  constructor(@Inject(Oidc) private readonly oidc: Oidc | null) {}

  /** null if it is not configured or the provider does not answer; signing in with a token still works. */
  async offer(): Promise<SignInOffer | null> {
    const { clientId, scope } = this.oidc?.settings ?? {};
    if (clientId === undefined || scope === undefined) return null;
    const endpoints = await this.endpoints().catch(() => null);
    return endpoints && { authorizationEndpoint: endpoints.authorization, clientId, scope };
  }

  /**
   * The provider's token for a code.
   *
   * @throws TokenRefused
   * @throws ProviderUnavailable
   */
  async redeem({ code, verifier, redirectUri }: Return): Promise<string> {
    const { clientId, clientSecret } = this.oidc?.settings ?? {};
    if (clientId === undefined)
      throw new TokenRefused('Sign-in through an identity provider is not set up (OIDC_CLIENT_ID).');
    const { token } = await this.endpoints();
    const answer = await fetch(token, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        client_id: clientId,
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch((cause: unknown) => {
      throw new ProviderUnavailable('the identity provider does not answer', { cause });
    });
    if (answer.status >= 500)
      throw new ProviderUnavailable(`the identity provider answered ${answer.status}`);
    const found = tokens.safeParse(await answer.json().catch(() => null));
    if (!answer.ok || !found.success)
      throw new TokenRefused('The identity provider rejected this sign-in. Start again.');
    // An opaque access token is for the provider alone; its id token says who signed in.
    const { access_token: access, id_token: id = access } = found.data;
    return Oidc.isToken(access) ? access : id;
  }

  private async endpoints(): Promise<{ authorization: string; token: string }> {
    const { authorization_endpoint: authorization, token_endpoint: token } = await this.oidc!.discover();
    if (authorization === undefined || token === undefined)
      throw new ProviderUnavailable('the identity provider offers no authorization codes');
    if (![authorization, token].every((each) => isTrustworthy(new URL(each))))
      throw new ProviderUnavailable('the identity provider has an endpoint that is not on https');
    return { authorization, token };
  }
}
