import { sha256 } from '@casebook/ledger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

/*
 * A cursor belongs to the list that issued it: its address with all parameters except those that may change
 * between pages. For another list or filter it would start at an arbitrary place, so it is refused.
 */

/** The page size and the moment may change between pages; a search binds its cursors to its moment itself. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['cursor', 'limit', 'asOf']);

/** The cursor as sent to a client. */
export const boundCursor = (cursor: string, request: FastifyRequest): string =>
  `${listOf(request)}.${cursor}`;

/** Removes the list's tag from incoming cursors before a route reads its query. */
export function unbindCursors(server: FastifyInstance): void {
  server.addHook('preHandler', (request, _reply, done) => {
    const query = request.query as { cursor?: unknown };
    const { cursor } = query;
    // A bare position means the same in every list in ledger order; other lists reject it.
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
    'This cursor does not come from this list. Take it unchanged from `next` of the previous page, and keep the address and the other parameters.',
  );

/** A list's tag of twelve characters. */
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
