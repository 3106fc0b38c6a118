import { Casebook, CONSOLE_HEADERS } from '@casebook/client';
import { reportAnswer, reportConnection } from './connection.js';

type Listener = () => void;
const whenSignedOut = new Set<Listener>();

/** Calls `listener` as soon as an answer shows that the session has ended. */
export function onSignedOut(listener: Listener): Listener {
  whenSignedOut.add(listener);
  return () => void whenSignedOut.delete(listener);
}

const earliestReads = new Map<string, number>();

/** Whether an answer of the workspace reflects only what was before this position. */
export const wasReadBefore = (workspace: string, position: number): boolean =>
  (earliestReads.get(workspace) ?? Infinity) < position;

function rememberPosition(path: string, position: string | null): void {
  const workspace = /^\/v1\/workspaces\/([^/]+)/.exec(path)?.[1];
  if (workspace === undefined || position === null) return;
  const name = decodeURIComponent(workspace);
  earliestReads.set(name, Math.min(earliestReads.get(name) ?? Infinity, Number(position)));
}

/** Sends a request, and informs the rest of the console about the connection and the session. */
async function send(request: Request): Promise<Response> {
  const sentAt = performance.now();
  try {
    const answer = await fetch(request);
    reportAnswer(sentAt);
    rememberPosition(new URL(request.url).pathname, answer.headers.get('ledger-position'));
    if (answer.status === 401) for (const listener of whenSignedOut) listener();
    return answer;
  } catch (error) {
    if (!request.signal.aborted) reportConnection('offline');
    throw error;
  }
}

/** The only client of the API. Its session is a cookie that scripts cannot read. */
export const casebook = new Casebook({
  url: window.location.origin,
  headers: CONSOLE_HEADERS,
  fetch: send,
  attempts: 4,
  longestWait: 2_000,
});
