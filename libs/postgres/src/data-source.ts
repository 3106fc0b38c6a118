import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ScopedPool } from './reading-scope.js';
import { destinationOf, FollowingClient, type FollowingConfig, Servers } from './servers.js';

/**
 * The database roles that a service assumes. `casebook_service` may append events and maintain views, nothing
 * more; `casebook_reader` only reads. The first migration creates both and lets the migrating user become
 * either.
 */
export type DatabaseRole = 'casebook_service' | 'casebook_reader';

/** The server's statement timeout in milliseconds, by purpose. Requests use the first three. */
export const STATEMENT_TIMEOUT_MS = { search: 2_000, read: 10_000, write: 30_000 } as const;

export interface ConnectionOptions {
  /**
   * postgres://user:password@host:port/database, with the parameters of node-postgres (`sslmode`, …); of several
   * servers, the one that {@link destinationOf} names.
   */
  url: string;
  /** The role that every connection assumes; the URL's own user by default. */
  role?: DatabaseRole;
  /** Maximum connections; 10 by default. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
  /** The server's statement timeout; that of writes by default, 0 for none. */
  statementTimeoutMs?: number;
  /**
   * How long a statement may go unanswered before its connection is given up, as after the server's host
   * vanished; for ever by default. Longer than the server's own timeout.
   */
  silenceMs?: number;
  /** Refuses every statement that would write. */
  readOnly?: boolean;
  /** How long to wait for a connection; 10 s by default. */
  connectionTimeoutMs?: number;
}

export interface CreateDataSourceOptions extends ConnectionOptions {
  entities?: NonNullable<DataSourceOptions['entities']>;
  /** Lends its connections within the caller's reading scope (ScopedPool), for the role `casebook_reader`. */
  scoped?: boolean;
}

/** node-postgres with another pool, since TypeORM asks its driver for one. */
const SCOPED_DRIVER = Object.create(pg, { Pool: { value: ScopedPool } }) as typeof pg;

/** A TypeORM data source, not initialised yet. It never changes the schema; {@link migrate} does. */
export function createDataSource(options: CreateDataSourceOptions): DataSource {
  const { connectionString, ...extra } = connectionConfig(options);
  return new DataSource({
    type: 'postgres',
    driver: options.scoped ? SCOPED_DRIVER : pg,
    url: connectionString,
    poolSize: extra.max,
    entities: options.entities ?? [],
    synchronize: false,
    // Ignore a broken idle connection: the pool drops it, and the next caller gets a new one.
    poolErrorHandler: () => undefined,
    extra,
  });
}

/** A plain pool with the same options as {@link createDataSource}. */
export function createPool(options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool(connectionConfig(options));
  pool.on('error', () => undefined);
  return pool;
}

/** The pool of an initialised data source, for hand-written statements. It ends with the data source. */
export function poolOf(dataSource: DataSource): pg.Pool {
  const { master } = dataSource.driver as unknown as { master?: pg.Pool };
  if (!dataSource.isInitialized || master === undefined)
    throw new Error('The data source is not initialised, so it has no pool yet.');
  return master;
}

/**
 * A client that never emits an unhandled error, which would end the process: neither while it is lent, nor
 * between two listeners, when an answer and the server's termination arrive in one packet. A statement under
 * way, or the next one, rejects instead.
 */
class SteadyClient extends FollowingClient {
  constructor(config?: string | FollowingConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** int8 (`bigint`) in the wire protocol: the oid of pg_catalog.int8. */
const INT8 = 20;

/**
 * bigint as a number, on these connections only: positions and counts stay below 2^53. A larger value remains
 * a string, never rounded. All other types as in node-postgres.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? parseInt8 : (pg.types.getTypeParser(oid, format) as unknown),
};

function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/**
 * Settings that determine what a statement means or how its answer reads; a server, database or role may have
 * other defaults.
 */
const MEANING = {
  search_path: 'public',
  default_transaction_isolation: 'read committed',
  row_security: 'on',
  standard_conforming_strings: 'on',
  bytea_output: 'hex',
  DateStyle: 'ISO',
  TimeZone: 'UTC',
};

/** A connection of its own, to the server that a pool with the same options would take. */
export const createClient = (
  options: ConnectionOptions,
  settings: Readonly<Record<string, string>> = {},
): pg.Client => new SteadyClient(connectionConfig(options, settings));

/** The node-postgres options for a pool or a single connection; `settings` are additional server settings. */
export function connectionConfig(
  options: ConnectionOptions,
  settings: Readonly<Record<string, string>> = {},
): FollowingConfig & pg.PoolConfig & { connectionString: string; max: number } {
  const { urls, attributes } = destinationOf(options.url);
  const configs = urls.map((url) => singleConfig(url, options, settings));
  const [first] = configs;
  if (configs.length === 1 && attributes === 'any') return first!;
  return { ...first!, servers: new Servers(configs, attributes) };
}

function singleConfig(
  given: string,
  options: ConnectionOptions,
  settings: Readonly<Record<string, string>>,
): pg.PoolConfig & { connectionString: string; max: number } {
  const url = new URL(given);
  const ours = {
    ...MEANING,
    ...(options.role === undefined ? {} : { role: options.role }),
    ...(options.readOnly === true && { default_transaction_read_only: 'on' }),
    statement_timeout: String(options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS.write),
    // A client that hangs inside a transaction would keep its locks for ever.
    idle_in_transaction_session_timeout: '60000',
    ...settings,
  };
  // The URL's parameters override ours in node-postgres, so its `options` are extracted and placed before
  // ours.
  const wanted = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.toString(),
    max: options.poolSize ?? 10,
    application_name: options.applicationName ?? 'casebook',
    options: [
      ...(wanted === null ? [] : [wanted]),
      ...Object.entries(ours).map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`),
    ].join(' '),
    keepAlive: true,
    ...(options.silenceMs !== undefined && { query_timeout: options.silenceMs }),
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
    // Sends statements that are issued together without waiting for answers in between.
    pipeline: true,
    Client: SteadyClient,
    types,
  };
}
