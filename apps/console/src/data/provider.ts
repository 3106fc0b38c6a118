import type { Credentials, ProviderOffer } from '@casebook/client';

/*
 * Sign-in through an identity provider: an authorization code with PKCE (RFC 7636). The data kept while the provider
 * asks for a password belongs to this tab and is valid once.
 */

const KEPT = 'casebook-sign-in';
const CALLBACK = '/sign-in';

interface Begun {
  readonly state: string;
  readonly verifier: string;
  /** The requested page. */
  readonly address: string;
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
const redirectUri = (): string => `${window.location.origin}${CALLBACK}`;

/** Redirects to the identity provider, which redirects back to {@link providerReturn}. */
export async function goToProvider({ authorizationEndpoint, clientId, scope }: ProviderOffer): Promise<void> {
  const { pathname, search } = window.location;
  const begun: Begun = {
    state: random(),
    verifier: random(),
    address: pathname === CALLBACK ? '/' : pathname + search,
  };
  sessionStorage.setItem(KEPT, JSON.stringify(begun));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier));
  const address = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(),
    scope,
    state: begun.state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  window.location.assign(address);
}

/** The result of the provider's redirect, if this tab started it; restores the address without the code. */
export function providerReturn(): Credentials | undefined {
  if (window.location.pathname !== CALLBACK) return undefined;
  const parameters = new URLSearchParams(window.location.search);
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const begun = kept === null ? undefined : (JSON.parse(kept) as Begun);
  window.history.replaceState(null, '', begun?.address ?? '/');
  const code = parameters.get('code');
  if (begun === undefined || code === null || parameters.get('state') !== begun.state) return undefined;
  return { authorizationCode: code, verifier: begun.verifier, redirectUri: redirectUri() };
}
