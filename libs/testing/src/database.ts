import { randomBytes } from 'node:crypto';
import {
  createDataSource,
  type CreateDataSourceOptions,
  createPool,
  type DatabaseRole,
  migrate,
} from '@casebook/postgres';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { onServer, RUN_ID, SERVER_URL } from './test-server.js';

/** A database of one suite's own, with the schema of every migration and nothing in it. */
export interface TestDatabase {
  /** Connects as the migrating user: the owner of the tables. */
  readonly url: string;
  /** Connects as the service does, with its role. */
  readonly pool: pg.Pool;
  /** Connects as the migrating user. */
  readonly ownerPool: pg.Pool;
  /** A new, initialised data source; as the service unless another role is given, as the migrating user for `null`. */
  dataSource(
    options?: { role?: DatabaseRole | null } & Pick<CreateDataSourceOptions, 'entities' | 'poolSize'>,
  ): Promise<DataSource>;
  /** Closes every pool and data source from here, and removes the database whoever else is still connected. */
  drop(): Promise<void>;
}

/** Makes a database out of a template that the run migrates once. Any number of test processes may ask at the same time. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[SERVER_URL];
  const run = process.env[RUN_ID];
  if (server === undefined || run === undefined) {
    throw new Error("There is no test server: run the suite with Jest and this repository's configuration.");
  }
  const name = `casebook_test_${run}_${randomBytes(5).toString('hex')}`;
  await onServer(server, async (client) => {
    const template = await ensureTemplate(client, server, run);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });

  const url = urlOf(server, name);
  const pool = createPool({ url, role: 'casebook_service', applicationName: 'casebook test' });
  const ownerPool = createPool({ url, applicationName: 'casebook test' });
  const dataSources: DataSource[] = [];
  return {
    url,
    pool,
    ownerPool,
    async dataSource({ role = 'casebook_service', ...options } = {}) {
      const source = createDataSource({
        ...options,
        url,
        ...(role === null ? {} : { role }),
        applicationName: 'casebook test',
      });
      await source.initialize();
      dataSources.push(source);
      return source;
    },
    async drop() {
      await Promise.all([
        ...dataSources.filter((source) => source.isInitialized).map((source) => source.destroy()),
        ...[pool, ownerPool].filter((each) => !each.ended).map((each) => each.end()),
      ]);
      await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** An empty database, not even migrated; for tests of what comes first. `options`: further ones of CREATE DATABASE. */
export const createEmptyDatabase = (options = ''): Promise<{ url: string; drop(): Promise<void> }> =>
  createDatabase(`TEMPLATE template0 ${options}`);

/** A copy of a test database to which nobody is connected, as a backup holds it. */
export const copyDatabase = (url: string): Promise<{ url: string; drop(): Promise<void> }> =>
  createDatabase(`TEMPLATE ${new URL(url).pathname.slice(1)}`);

async function createDatabase(options: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env[SERVER_URL];
  const run = process.env[RUN_ID];
  if (server === undefined || run === undefined) throw new Error('There is no test server.');
  const name = `casebook_test_${run}_${randomBytes(5).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} ${options}`));
  return {
    url: urlOf(server, name),
    async drop() {
      await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** The name of the run's migrated template; the first to come makes it while the others wait. */
async function ensureTemplate(client: pg.Client, server: string, run: string): Promise<string> {
  const template = `casebook_test_${run}_template`;
  // Unlocked by the end of the connection, which is the caller's own.
  await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
  if (rowCount === 0) {
    // Under another name until it is complete, or one failed migration would hand a half-made template to the next suite.
    const unfinished = `${template}_unfinished`;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished} TEMPLATE template0`);
    await migrate(urlOf(server, unfinished));
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
    await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
  }
  await client.query('SELECT pg_advisory_unlock(hashtext($1))', [template]);
  return template;
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
