import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ScopedPool } from './reading-scope.js';

/**
 * The database roles a service drops to. `casebook_service` serves: it may append events and keep views, nothing more;
 * `casebook_reader` only reads. The first migration makes both and lets the migrating user become either.
 */
export type DatabaseRole = 'casebook_service' | 'casebook_reader';

/**
 * After how long the server gives up on one statement, in milliseconds, by what the statement is for. A request's statements are of the first
 * three kinds.
 */
export const STATEMENT_TIMEOUT_MS = { search: 2_000, read: 10_000, write: 30_000 } as const;

export interface ConnectionOptions {
  /** postgres://user:password@host:port/database, with the parameters that node-postgres knows (`sslmode`, …). */
  url: string;
  /** The role that every connection takes at its start; the URL's own user where none is given. */
  role?: DatabaseRole;
  /** The most connections at a time; 10 unless given. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
  /** After how long the server gives up on one statement; that of writes unless given, 0 for never. */
  statementTimeoutMs?: number;
  /** How long to wait for a connection; 10 s unless given. */
  connectionTimeoutMs?: number;
}

export interface CreateDataSourceOptions extends ConnectionOptions {
  entities?: NonNullable<DataSourceOptions['entities']>;
  /** Lends its connections within the reading scope of whoever asks (ScopedPool), for the role `casebook_reader`. */
  scoped?: boolean;
}

/** node-postgres as it is, with another pool: TypeORM asks its driver for one. */
const SCOPED_DRIVER = Object.create(pg, { Pool: { value: ScopedPool } }) as typeof pg;

/** A data source for TypeORM that is not yet initialised. It never changes the schema: that is {@link migrate}'s. */
export function createDataSource(options: CreateDataSourceOptions): DataSource {
  const { connectionString, ...extra } = connectionConfig(options);
  return new DataSource({
    type: 'postgres',
    driver: options.scoped ? SCOPED_DRIVER : pg,
    url: connectionString,
    poolSize: extra.max,
    entities: options.entities ?? [],
    synchronize: false,
    // An idle connection that breaks is no event of ours: the pool drops it, and whoever asks next gets a new one.
    poolErrorHandler: () => undefined,
    extra,
  });
}

/** A plain pool on the same terms as {@link createDataSource}'s. */
export function createPool(options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool(connectionConfig(options));
  pool.on('error', () => undefined);
  return pool;
}

/** The pool beneath an initialised data source, for statements that are written by hand. It ends with the data source. */
export function poolOf(dataSource: DataSource): pg.Pool {
  const { master } = dataSource.driver as unknown as { master?: pg.Pool };
  if (!dataSource.isInitialized || master === undefined)
    throw new Error('The data source is not initialised, so it has no pool yet.');
  return master;
}

/**
 * A client whose loss is never an event that nobody listens to, which would end the process: neither while it is lent, nor in the moment between two
 * listeners, when an answer and the server's farewell come in one packet. Whoever has a statement under way, or gives it another, hears of it by that.
 */
class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** int8 (`bigint`) in the wire protocol: the oid of pg_catalog.int8. */
const INT8 = 20;

/**
 * bigint as a number, on our connections alone: positions and counts stay below 2^53. A value beyond is given as the string it came as,
 * never rounded. Everything else as node-postgres has it.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? parseInt8 : (pg.types.getTypeParser(oid, format) as unknown),
};

function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/** What a statement means, or how its answer reads, hangs on these, and a server, a database or a role may have them otherwise. */
const MEANING = {
  search_path: 'public',
  default_transaction_isolation: 'read committed',
  row_security: 'on',
  standard_conforming_strings: 'on',
  bytea_output: 'hex',
  DateStyle: 'ISO',
  TimeZone: 'UTC',
};

/** What node-postgres needs for a connection on our terms, be it a pool's or one by itself; `settings` are further ones of the server. */
export function connectionConfig(
  options: ConnectionOptions,
  settings: Readonly<Record<string, string>> = {},
): pg.PoolConfig & { connectionString: string; max: number } {
  const url = new URL(options.url);
  const ours = {
    ...MEANING,
    ...(options.role === undefined ? {} : { role: options.role }),
    statement_timeout: String(options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS.write),
    // A client that hangs in the middle of a transaction would keep its locks for ever.
    idle_in_transaction_session_timeout: '60000',
    ...settings,
  };
  // node-postgres lets the URL's parameters win over ours, so its `options` are taken out and put before ours.
  const given = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.toString(),
    max: options.poolSize ?? 10,
    application_name: options.applicationName ?? 'casebook',
    options: [
      ...(given === null ? [] : [given]),
      ...Object.entries(ours).map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`),
    ].join(' '),
    keepAlive: true,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
    // Whoever gives a connection two statements at once has both sent at once.
    pipeline: true,
    Client: SteadyClient,
    types,
  };
}
