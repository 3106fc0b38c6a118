import { migrations } from '@casebook/migrations';
import pg from 'pg';
import { DataSource, type Logger } from 'typeorm';
import { connectionConfig, createClient } from './data-source.js';
import { destinationOf } from './servers.js';

/** The oldest PostgreSQL that Casebook runs on. */
const OLDEST_MAJOR = 14;
/** Where TypeORM keeps the names of the migrations that have run. */
const MIGRATIONS_TABLE = 'casebook_migrations';
/** The key of the advisory lock under which one process migrates a database ("casebook" in ASCII). */
const LOCK_KEY = '7161119079443295083';

/** Migrations have no time limit. */
const TERMS = { applicationName: 'casebook migrate', statementTimeoutMs: 0 };
/** A custom setting: if it arrives with our value, the other settings and the role arrive too. */
const PROOF = 'casebook.settings_arrive';
const POOLER =
  "Casebook keeps a role and settings on each of its connections, which a pooler such as PgBouncer does not: give the server's own address.";

/** The database cannot be used by this version of Casebook; the message says what to do. */
export class UnsuitableDatabaseError extends Error {
  override name = 'UnsuitableDatabaseError';
}

/**
 * Migrates the database at `url` to this version's schema, one transaction per migration, and returns the
 * names of the missing ones in order. Any number of processes may call it at the same time: one works, the
 * others wait and find nothing to do.
 *
 * If something is missing, the URL's user must own the database or may create tables in it, and may create
 * roles; otherwise any member of one of Casebook's roles suffices. Statements here have no time limit.
 * Throws {@link UnsuitableDatabaseError} if {@link refuseUnsuitable} does, and for a database that a newer
 * Casebook has migrated.
 */
export async function migrate(
  url: string,
  onProgress: (line: string) => void = () => undefined,
): Promise<string[]> {
  // A session's advisory lock, on a connection of its own that ends with it: nothing can leak into a pool, and if this
  // process dies the lock goes with its connection. A transaction's lock would not outlast the first migration.
  const lock = await connect(url);
  try {
    const version = await versionOf(lock);
    const free = await lock.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [LOCK_KEY]);
    if (free.rows[0]?.got !== true) {
      onProgress('another process is migrating the database; waiting for it');
      await lock.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    }
    const missing = await missingFrom(lock);
    return missing.length === 0 ? [] : await runMissing(url, version, missing, onProgress);
  } finally {
    await lock.end();
  }
}

/**
 * Throws {@link UnsuitableDatabaseError} for a PostgreSQL older than 14, for a database that cannot hold
 * every text, and for a pooler that drops our settings.
 */
export async function refuseUnsuitable(url: string): Promise<void> {
  const client = await connect(url);
  try {
    await versionOf(client);
  } finally {
    await client.end();
  }
}

/**
 * For what only reads, or works beside a service that is running: leaves the schema alone, which an older service may be using.
 * Throws {@link UnsuitableDatabaseError} where {@link migrate} would have something to do, and where {@link refuseUnsuitable} does.
 */
export async function refuseOutdated(url: string): Promise<void> {
  const client = await connect(url);
  try {
    await versionOf(client);
    const missing = await missingFrom(client);
    if (missing.length === 0) return;
    throw new UnsuitableDatabaseError(
      missing.length === migrations.length
        ? 'The database is empty. Start the service once, or run npx casebook migrate.'
        : `The database is of an older Casebook: it lacks ${missing.join(', ')}. This command changes no schema; run npx casebook migrate first, or use the version that is serving.`,
    );
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  // Should the connection break, the statements on the other one decide: each migration is a transaction.
  const client = createClient({ url, ...TERMS }, { [PROOF]: 'yes' });
  try {
    await client.connect();
  } catch (error) {
    if (!/unsupported startup parameter/.test((error as Error).message)) throw error;
    throw new UnsuitableDatabaseError(`${(error as Error).message}. ${POOLER}`, { cause: error });
  }
  return client;
}

async function runMissing(
  url: string,
  version: number,
  missing: readonly string[],
  onProgress: (line: string) => void,
): Promise<string[]> {
  const knowsSet = version >= 160_000;
  const { connectionString, ...extra } = connectionConfig(
    { url, ...TERMS, poolSize: 1 },
    // From 16 on, a role's creator who is not a superuser may not become it without this setting.
    knowsSet ? { createrole_self_grant: 'set,inherit' } : {},
  );
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pg,
    url: connectionString,
    poolSize: extra.max,
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    logger: silent,
    extra,
  });
  await dataSource.initialize();
  try {
    if (knowsSet) await becomeRoles(dataSource);
    const names = (await dataSource.runMigrations()).map((migration) => migration.name);
    for (const name of names) onProgress(`migrated: ${name}`);
    return names;
  } catch (error) {
    const { code, driverError } = error as { code?: unknown; driverError?: { hint?: string } };
    // The hint of our own refusal names one role, at which it stopped.
    if (driverError?.hint?.includes('casebook_') === true) throw rolesMissing(url, error as Error);
    if (code !== '42501') throw error;
    throw new UnsuitableDatabaseError(
      `The database lacks ${missing.join(', ')}, and this user may not make them (${(error as Error).message}). Let its owner run npx casebook migrate, or give the owner's URL in MIGRATION_DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await dataSource.destroy();
  }
}

/** The roles that the service works as; none of them can log in. */
const ROLES = ['casebook_service', 'casebook_reader', 'casebook_eraser'];

/** All that an administrator of the server has to run for a login that may not make roles, ready to paste. */
function rolesMissing(url: string, cause: Error): UnsuitableDatabaseError {
  const login = pg.escapeIdentifier(decodeURIComponent(new URL(destinationOf(url).urls[0]!).username));
  const statements = ROLES.map(
    (role) =>
      `  DO $$ BEGIN IF to_regrole('${role}') IS NULL THEN CREATE ROLE ${role} NOLOGIN; END IF; END $$;\n  GRANT ${role} TO ${login};`,
  );
  return new UnsuitableDatabaseError(
    `${cause.message}. Let an administrator of the server run these statements, and start again:\n\n${statements.join('\n')}\n`,
    { cause },
  );
}

/**
 * TypeORM prints a failed migration whatever its `logging` says; the error and `onProgress` already report
 * it.
 */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/**
 * Grants this user the roles that it created or administers but cannot become. For PostgreSQL 16 and newer.
 */
async function becomeRoles(dataSource: DataSource): Promise<void> {
  const grants = await dataSource.query<{ statement: string }[]>(
    `SELECT format('GRANT %I TO CURRENT_USER', rolname) AS statement FROM pg_roles
     WHERE rolname IN ('casebook_service', 'casebook_reader', 'casebook_eraser')
       AND pg_has_role(oid, 'MEMBER') AND NOT pg_has_role(oid, 'SET')`,
  );
  for (const { statement } of grants) await dataSource.query(statement);
}

/** The server's version, such as 180004 for 18.4, if server and database are suitable. */
async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{
    number: string;
    version: string;
    encoding: string;
    arrive: string | null;
  }>(
    `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version,
            current_setting('server_encoding') AS encoding, current_setting($1, true) AS arrive`,
    [PROOF],
  );
  const { number, version, encoding, arrive } = rows[0]!;
  if (Number(number) < OLDEST_MAJOR * 10_000) {
    throw new UnsuitableDatabaseError(
      `The server is PostgreSQL ${version}; Casebook needs ${OLDEST_MAJOR} or newer. Point DATABASE_URL at a newer server, or leave it unset to use the embedded one.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new UnsuitableDatabaseError(
      `The database is encoded in ${encoding}; Casebook needs UTF8, which every text fits in. Make another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
  if (arrive !== 'yes') {
    throw new UnsuitableDatabaseError(
      `The settings that Casebook opens a connection with do not reach the server. ${POOLER}`,
    );
  }
  return Number(number);
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
