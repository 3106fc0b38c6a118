import { Casebook, CONSOLE_HEADERS } from '@casebook/client';
import { reportAnswer, reportConnection } from './connection.js';

type Listener = () => void;
const whenSignedOut = new Set<Listener>();

/** Calls `listener` as soon as an answer says that the session is over. */
export function onSignedOut(listener: Listener): Listener {
  whenSignedOut.add(listener);
  return () => void whenSignedOut.delete(listener);
}

/** Sends a request, and tells the rest of the console whether the service answers and whether the session still holds. */
async function send(request: Request): Promise<Response> {
  const sentAt = performance.now();
  try {
    const answer = await fetch(request);
    reportAnswer(sentAt);
    if (answer.status === 401) for (const listener of whenSignedOut) listener();
    return answer;
  } catch (error) {
    if (!request.signal.aborted) reportConnection('offline');
    throw error;
  }
}

/** The one client of the API. Its session is a cookie that no script can read. */
export const casebook = new Casebook({
  url: window.location.origin,
  headers: CONSOLE_HEADERS,
  fetch: send,
  attempts: 4,
  longestWait: 2_000,
});
