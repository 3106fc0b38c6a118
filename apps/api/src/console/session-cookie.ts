import { workspaceId as workspaceName } from '@casebook/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRead, single } from '../http/request-context.js';

/*
 * The console's session is the member's own token in a cookie that scripts cannot read (HttpOnly) and that browsers
 * do not send for other sites (SameSite=Strict). The service keeps no sessions: every request asks the database about
 * the token, so a revoked token
 * ends every session at once, in every process.
 */

const NAME = 'casebook-session';
/** Sent by the console with every request. Another site cannot set it without a preflight, which CORS refuses. */
export const CONSOLE_HEADER = 'casebook-console';
/** Thirty days; the token may end earlier. */
const MAX_AGE_S = 30 * 24 * 3600;
/** The minimum cookie size that every browser supports, including the name (RFC 6265bis §5.7). */
const COOKIE_BYTES = 4096;

export interface Session {
  readonly workspaceId: string;
  readonly token: string;
}

/** The session in the Cookie header, if there is one and it is well-formed. */
export function sessionOf({ headers }: FastifyRequest): Session | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name !== NAME) continue;
    const [workspaceId = '', encoded = ''] = value.split(':', 2);
    const token = decoded(encoded);
    if (token !== undefined && workspaceName.safeParse(workspaceId).success) return { workspaceId, token };
  }
  return undefined;
}

/** A token may contain characters that a cookie's value may not, so it is percent-encoded. */
function decoded(encoded: string): string | undefined {
  try {
    const token = decodeURIComponent(encoded);
    return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

/** Whether, according to the browser, a page of the same origin sent the request. */
function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = single(headers['sec-fetch-site']);
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/**
 * Gives a request of the console its token. A cookie counts only for the API, only if the browser names no other
 * origin, and for a write only with the console's header; otherwise the request is treated as having no token.
 */
export function takeSession(request: FastifyRequest): void {
  if (request.headers.authorization !== undefined || !request.url.startsWith('/v1/')) return;
  if (!isSameOrigin(request)) return;
  if (!isRead(request) && request.headers[CONSOLE_HEADER] === undefined) return;
  const session = sessionOf(request);
  if (session !== undefined) request.headers.authorization = `Bearer ${session.token}`;
}

/** Whether browsers keep a cookie of this size. */
export const fitsCookie = ({ workspaceId, token }: Session): boolean =>
  NAME.length + 1 + workspaceId.length + 1 + encodeURIComponent(token).length <= COOKIE_BYTES;

export function startSession(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { workspaceId, token }: Session,
): void {
  void reply.header(
    'set-cookie',
    cookie(`${workspaceId}:${encodeURIComponent(token)}`, MAX_AGE_S, headers.origin),
  );
}

export function endSession({ headers }: FastifyRequest, reply: FastifyReply): void {
  void reply.header('set-cookie', cookie('', 0, headers.origin));
}

/** `Secure` if the browser used https, which its Origin shows whatever a proxy did to the request. */
const cookie = (value: string, maxAge: number, origin = ''): string =>
  `${NAME}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${origin.startsWith('https:') ? '; Secure' : ''}`;
