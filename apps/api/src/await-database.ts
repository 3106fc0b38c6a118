import { setTimeout as delay } from 'node:timers/promises';
import { placeOf, refuseUnsuitable } from '@casebook/postgres';
import type { Settings } from './settings.js';

const TRY_EVERY_MS = 500;

/** Error codes of a server that is not available yet: socket and name errors (Node), and a server that is starting, stopping or out of connections (SQLSTATE). */
const AWAY = /^(?:ECONN|EHOST|ENET|EAI_AGAIN|ENOTFOUND|ETIMEDOUT|EPIPE|57P0[123]|53300)/;

/**
 * Waits for the configured database to accept connections, up to the configured time, and logs the wait in one line. Any other fault, or
 * a database that is still unreachable at the end, surfaces at the next connection.
 */
export async function awaitDatabase(
  {
    databaseUrl,
    migrationDatabaseUrl,
    databaseWait,
  }: Pick<Settings, 'databaseUrl' | 'migrationDatabaseUrl' | 'databaseWait'>,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (databaseUrl === undefined) return;
  const until = performance.now() + databaseWait * 1000;
  let told = false;
  for (const url of new Set([migrationDatabaseUrl ?? databaseUrl, databaseUrl])) {
    while (performance.now() < until) {
      const code = await refuseUnsuitable(url).then(() => undefined, codeOf);
      if (code === undefined || !AWAY.test(code)) break;
      if (!told)
        report(
          `The database at ${placeOf(url)} is unreachable (${code}); waiting up to ${databaseWait} s for it (CASEBOOK_DATABASE_WAIT).`,
        );
      told = true;
      await delay(TRY_EVERY_MS, undefined, { signal });
    }
  }
}

/** A host with several addresses fails with one error each; a broken connection has no code. */
function codeOf(error: unknown): string {
  const { code, message = '' } = error as { code?: string; message?: string };
  if (code !== undefined) return code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return /Connection terminated|timeout expired/.test(message) ? 'ECONNRESET' : message;
}
