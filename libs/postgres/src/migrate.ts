import { migrations } from '@casebook/migrations';
import pg from 'pg';
import { DataSource, type Logger } from 'typeorm';

/** The oldest PostgreSQL that Casebook runs on. */
const OLDEST_MAJOR = 14;
/** Where TypeORM keeps the names of the migrations that have run. */
const MIGRATIONS_TABLE = 'casebook_migrations';
/** The key of the advisory lock under which one process migrates a database; no meaning but being ours ("casebook" in ASCII). */
const LOCK_KEY = '7161119079443295083';

/** The database cannot be used by this version of Casebook; the message says what to do. */
export class UnsuitableDatabaseError extends Error {
  override name = 'UnsuitableDatabaseError';
}

/**
 * Brings the database at `url` to the schema of this version, one transaction a migration, and returns the names of those that
 * were missing, in order. Any number of processes may call it at the same time: one works, the others wait and find nothing to do.
 *
 * Where something is missing, the URL's user must own the database, or may create tables in it, and may create roles; where nothing is,
 * any member of a role of Casebook may look. A statement here has no time limit.
 * Throws {@link UnsuitableDatabaseError} for a PostgreSQL older than 14 and for a database that a newer Casebook has migrated.
 */
export async function migrate(
  url: string,
  onProgress: (line: string) => void = () => undefined,
): Promise<string[]> {
  // A session's advisory lock, on a connection of its own that ends with it: nothing can leak into a pool, and if this
  // process dies the lock goes with its connection. A transaction's lock would not outlast the first migration.
  const lock = new pg.Client({
    connectionString: url,
    application_name: 'casebook migrate',
    keepAlive: true,
  });
  // Should the connection break, the statements on the other one decide: each migration is a transaction.
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await refuseOldServer(lock);
    const free = await lock.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [LOCK_KEY]);
    if (free.rows[0]?.got !== true) {
      onProgress('another process is migrating the database; waiting for it');
      await lock.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    }
    const missing = await missingFrom(lock);
    return missing.length === 0 ? [] : await runMissing(url, missing, onProgress);
  } finally {
    await lock.end();
  }
}

async function runMissing(
  url: string,
  missing: readonly string[],
  onProgress: (line: string) => void,
): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    poolSize: 1,
    applicationName: 'casebook migrate',
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    logger: silent,
  });
  await dataSource.initialize();
  try {
    const names = (await dataSource.runMigrations()).map((migration) => migration.name);
    for (const name of names) onProgress(`migrated: ${name}`);
    return names;
  } catch (error) {
    const { code, driverError } = error as { code?: unknown; driverError?: { hint?: string } };
    // Our own refusals say what to do.
    if (code !== '42501' || driverError?.hint !== undefined) throw error;
    throw new UnsuitableDatabaseError(
      `The database lacks ${missing.join(', ')}, and this user may not make them (${(error as Error).message}). Let its owner run casebook migrate, or give the owner's URL in MIGRATION_DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await dataSource.destroy();
  }
}

/** TypeORM prints a failed migration whatever its `logging` says; what there is to tell is in the error and in `onProgress`. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text`,
  );
  const server = rows[0];
  if (server !== undefined && Number(server.number) < OLDEST_MAJOR * 10_000) {
    throw new UnsuitableDatabaseError(
      `The server is PostgreSQL ${server.text}; Casebook needs ${OLDEST_MAJOR} or newer. Point DATABASE_URL at a newer server, or leave it unset to use the embedded one.`,
    );
  }
}

/** The migrations that have not run yet, by name. */
async function missingFrom(client: pg.Client): Promise<string[]> {
  const exists = await client.query<{ found: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS found`, [
    MIGRATIONS_TABLE,
  ]);
  if (exists.rows[0]?.found !== true) return migrations.map((migration) => migration.name);
  const known = new Set(migrations.map((migration) => migration.name));
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`);
  const unknown = rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new UnsuitableDatabaseError(
      `The database was migrated by a newer Casebook (${unknown.join(', ')}). Run that version, or restore a backup from before.`,
    );
  }
  const run = new Set(rows.map((row) => row.name));
  return [...known].filter((name) => !run.has(name));
}
