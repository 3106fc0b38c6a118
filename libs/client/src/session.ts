import { ProblemAnswer, problemOf } from './problem.js';

/*
 * Sign-in of web pages that the service itself serves: the session is a cookie that no script can read. Programs send a token.
 */

/** Tells the service that its own console asks; a page of another site cannot send it. */
export const CONSOLE_HEADERS: Readonly<Record<string, string>> = { 'casebook-console': '1' };

/** Who is signed in. */
export interface Session {
  readonly workspace: string;
  readonly member: { readonly id: string; readonly name: string };
  readonly role: 'reader' | 'annotator' | 'adjudicator' | 'auditor' | 'admin';
  /** What the token is narrowed to; null: nothing. */
  readonly permissions: readonly string[] | null;
}

/** How to begin signing in by an identity provider: an authorization code with PKCE (RFC 7636). */
export interface ProviderOffer {
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly scope: string;
}

/**
 * A token, the one-time code of an address that the service printed, or what an identity provider came back with. The name of a workspace
 * alone moves a session to another workspace of its token.
 */
export type Credentials =
  | { readonly token: string; readonly workspace?: string }
  | { readonly code: string }
  | { readonly workspace: string }
  | { readonly authorizationCode: string; readonly verifier: string; readonly redirectUri: string };

export interface CurrentSession {
  /** `null` for somebody who is not signed in, or no longer. */
  readonly session: Session | null;
  readonly provider?: ProviderOffer | null;
}

export const currentSession = (url: string): Promise<CurrentSession> => asked(url, 'GET');

/** @throws ProblemAnswer where the service does not let them in */
export async function signIn(url: string, credentials: Credentials): Promise<Session> {
  return (await asked<{ session: Session }>(url, 'POST', credentials)).session;
}

/** Ends the session of this browser; the token stays good. */
export async function signOut(url: string): Promise<void> {
  await asked(url, 'DELETE');
}

async function asked<T>(url: string, method: string, body?: unknown): Promise<T> {
  const answer = await fetch(new URL('/v1/session', url), {
    method,
    headers: { ...CONSOLE_HEADERS, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new ProblemAnswer(problemOf(answer.status, said));
  return said as T;
}
