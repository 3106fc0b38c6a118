import { sha256 } from '@casebook/ledger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

/*
 * A cursor belongs to the list that gave it: its address with all parameters but those that may change from page to page. Sent to another list, or
 * with another filter, it would begin somewhere by chance, so it is refused.
 */

/** How many pages there are and of which moment may change on the way; a search binds its cursors to its moment itself. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['cursor', 'limit', 'asOf']);

/** The cursor as a client gets it. */
export const boundCursor = (cursor: string, request: FastifyRequest): string =>
  `${listOf(request)}.${cursor}`;

/** Takes the list's name off the cursors that come in, before a route reads its query. */
export function unbindCursors(server: FastifyInstance): void {
  server.addHook('preHandler', (request, _reply, done) => {
    const query = request.query as { cursor?: unknown };
    const { cursor } = query;
    // A bare position means the same in every list of the ledger's order; the others take none.
    if (typeof cursor !== 'string' || /^\d+$/.test(cursor)) return done();
    const prefix = `${listOf(request)}.`;
    if (!cursor.startsWith(prefix)) return done(badCursor());
    query.cursor = cursor.slice(prefix.length);
    done();
  });
}

export const badCursor = (): ProblemError =>
  new ProblemError(
    'bad-cursor',
    'This list gave no such cursor. Take it from `next` of the page before, unchanged, and keep the address and the other parameters.',
  );

/** Twelve characters that stand for the list. */
function listOf({ url }: FastifyRequest): string {
  const { pathname, searchParams } = new URL(url, 'http://relative');
  const filter = [...searchParams]
    .filter(([name]) => !MAY_CHANGE.has(name))
    .map((pair) => pair.join('='))
    .sort();
  return sha256(JSON.stringify([pathname.replace(/\/$/, ''), filter]))
    .toString('base64url')
    .slice(0, 12);
}
