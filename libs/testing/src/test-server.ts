import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '@casebook/postgres';
import pg from 'pg';

/** Environment variables through which a test process learns of the run's server. */
export const SERVER_URL = 'CASEBOOK_TEST_SERVER_URL';
export const RUN_ID = 'CASEBOOK_TEST_RUN_ID';

/** How the temporary folders of servers begin, by which leftovers are found. */
export const FOLDER_PREFIX = 'casebook-test-';

/** A server of a test's or a benchmark's own, in a temporary folder. */
export interface OwnServer extends EmbeddedPostgres {
  /** Stops the server and removes everything that it wrote. */
  discard(): Promise<void>;
}

/** Works on a server over one connection. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let server: OwnServer | null = null;

/** Starts a server with full durability (unless `settings` say otherwise), for what the run's shared server is not fit for: to be killed, to be measured. */
export async function startOwnServer(
  options: Omit<EmbeddedPostgresOptions, 'directory'> = {},
): Promise<OwnServer> {
  const path = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  // Under root the server runs as another user, who has to pass through.
  chmodSync(path, 0o711);
  const started = await startEmbeddedPostgres({ ...options, directory: join(path, 'postgres') });
  return Object.assign(started, { discard: () => discard(started, path) });
}

/**
 * Starts one PostgreSQL for a whole test run, or takes that of DATABASE_URL, and tells the run's processes by their environment.
 * What a test writes survives no power cut here (fsync is off); a test of durability starts a server of its own.
 */
export async function startTestServer(): Promise<void> {
  process.env[RUN_ID] = randomBytes(4).toString('hex');
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    process.env[SERVER_URL] = given;
    return;
  }
  await removeLeftovers();
  const started = performance.now();
  process.stderr.write('Starting PostgreSQL for the tests … ');
  server = await startOwnServer({
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  process.env[SERVER_URL] = server.url;
  process.stderr.write(`ready after ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
  // Jest handles no signals: without this a Ctrl-C would leave the server behind until the next run.
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(name, () => void stopTestServer().finally(() => process.exit(code)));
  }
}

/** Stops what {@link startTestServer} started; on a server of somebody else's, drops the run's databases. */
export async function stopTestServer(): Promise<void> {
  if (server === null) await dropDatabasesOfRun();
  else await server.discard();
  server = null;
}

/** Stops a server and removes everything that it wrote. */
export async function discard(unwanted: EmbeddedPostgres, path: string): Promise<void> {
  await unwanted.stop();
  for (const each of [unwanted.folder, path]) rmSync(each, { recursive: true, force: true });
}

async function dropDatabasesOfRun(): Promise<void> {
  await onServer(process.env[SERVER_URL]!, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [`casebook_test_${process.env[RUN_ID]}_`],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

/** Runs that were killed leave a folder, and a server in it; starting in that folder stops the server, and tells whether anybody still owns it. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    // Without an owner it is one that another run is about to start in.
    if (!name.startsWith(FOLDER_PREFIX) || !existsSync(join(path, 'postgres/owner'))) continue;
    try {
      const leftover = await startEmbeddedPostgres({ directory: join(path, 'postgres') });
      await discard(leftover, path);
    } catch {
      // A run that is going on still owns it (DirectoryInUseError), or it is another user's: neither is ours to clear.
    }
  }
}
