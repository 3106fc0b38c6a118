import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Checkpoints, Ledger, type Policy, WakeUps } from '@casebook/ledger';
import {
  createDataSource,
  joinEmbeddedPostgres,
  migrate,
  placeOf,
  poolOf,
  refuseOutdated,
  refuseUnsuitable,
  startEmbeddedPostgres,
  STATEMENT_TIMEOUT_MS,
} from '@casebook/postgres';
import { ProjectionQueries, Runner } from '@casebook/projections';
import { inlineViews, viewEntities, projections } from '@casebook/views';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, pino } from 'pino';
import { AppModule, type Resources } from './app.module.js';
import { serveFrontPage, serveIcon } from './console/front-page.js';
import { serveConsole } from './console/serve-console.js';
import { UNLIMITED } from './http/protection.js';
import { fastifyAdapter, prepareServer } from './http/server.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { NestLogger } from './nest-logger.js';
import { serveDescription } from './openapi.js';
import { ALL_WORK } from './roles.js';
import type { Settings } from './settings.js';
import { WebhookFollower } from './webhooks/webhook-follower.js';
import { openSignedRecord, openSigningKeys, presentSigningKeys } from './signing-keys.js';

/** An open database, and how to close it. */
export interface Database {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The server in `DATABASE_URL`, or the embedded one from npm in CASEBOOK_HOME; migrated. The service needs the
 * embedded server to itself; a tool (`beside: true`) uses that of a running service, if there is one. With `migrates:
 * false` the schema is left alone, and a database that is missing or of another version is refused.
 */
export async function openDatabase(
  settings: Settings,
  report: (line: string) => void,
  { beside = false, migrates = !settings.roles.includes('read') } = {},
): Promise<Database> {
  if (!migrates && settings.databaseUrl === undefined && !existsSync(resolve(settings.home, 'postgres')))
    throw new Error(
      `There is no database in ${resolve(settings.home)} (CASEBOOK_HOME). Start the service once, or set DATABASE_URL.`,
    );
  const open = beside ? joinEmbeddedPostgres : startEmbeddedPostgres;
  const embedded =
    settings.databaseUrl === undefined
      ? await open({ directory: resolve(settings.home, 'postgres'), onProgress: report })
      : undefined;
  try {
    const url = embedded?.url ?? settings.databaseUrl ?? '';
    const owner = settings.migrationDatabaseUrl ?? url;
    if (migrates) await reaching(settings, owner, () => migrate(owner, report));
    else await reaching(settings, url, () => refuseOutdated(url));
    if (migrates && owner !== url) await reaching(settings, url, () => refuseUnsuitable(url));
    return { url, close: async () => embedded?.stop() };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Longer than the server's own timeout: a statement not answered by then never will be. */
const ON_THE_WAY_MS = 5_000;

type DatabaseUrls = Partial<Pick<Settings, 'databaseUrl' | 'migrationDatabaseUrl'>>;

/** Adds the setting, host and database to errors of a configured database, but never the user or password. */
async function reaching<T>(
  settings: DatabaseUrls,
  url: string,
  work: (url: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(url);
  } catch (error) {
    const setting =
      url === settings.migrationDatabaseUrl
        ? 'MIGRATION_DATABASE_URL'
        : url === settings.databaseUrl
          ? 'DATABASE_URL'
          : undefined;
    if (setting === undefined) throw error;
    throw new Error(`${setting} (${placeOf(url)}): ${reasonOf(error)}`, { cause: error });
  }
}

/** A host with several addresses fails with one error each, and none of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  return UNREACHED[code] ?? error.message;
}

/** What the driver says of a server that it does not reach, by code (errno(3)). */
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; is PostgreSQL running?',
  ENOTFOUND: 'no host has this name',
  ETIMEDOUT: 'it does not answer',
};

/** The ledger and its views on an open database, as the serving role. */
export async function openResources(
  url: string,
  settings: Pick<Settings, 'poolSize' | 'home' | 'origin' | 'signingSecrets'> &
    DatabaseUrls &
    Partial<Pick<Settings, 'roles'>> & {
      /** `false`: a missing signing key is not created. */
      readonly makesKey?: boolean;
    },
  report: (error: unknown) => void = () => undefined,
  tell: (sentence: string) => void = () => undefined,
): Promise<Resources & { close(): Promise<void> }> {
  const roles = settings.roles ?? ALL_WORK;
  const readOnly = roles.includes('read');
  const signingKeys = await (settings.makesKey === false ? presentSigningKeys : openSigningKeys)(settings);
  const signedRecord = openSignedRecord(settings);
  const dataSource = createDataSource({
    url,
    role: 'casebook_service',
    readOnly,
    poolSize: settings.poolSize,
    entities: [...viewEntities],
  });
  await reaching(settings, url, () => dataSource.initialize());
  const reading = createDataSource({
    url,
    role: 'casebook_reader',
    scoped: true,
    poolSize: settings.poolSize,
    entities: [...viewEntities],
    statementTimeoutMs: STATEMENT_TIMEOUT_MS.read,
    silenceMs: STATEMENT_TIMEOUT_MS.read + ON_THE_WAY_MS,
  });
  await reaching(settings, url, () => reading.initialize());
  // Searches have a few connections of their own, so that expensive ones do not block other reads.
  const searching = createDataSource({
    url,
    role: 'casebook_reader',
    scoped: true,
    poolSize: Math.ceil(settings.poolSize / 4),
    statementTimeoutMs: STATEMENT_TIMEOUT_MS.search,
    silenceMs: STATEMENT_TIMEOUT_MS.search + ON_THE_WAY_MS,
    connectionTimeoutMs: 2 * STATEMENT_TIMEOUT_MS.search,
  });
  await reaching(settings, url, () => searching.initialize());
  const ledger = new Ledger(poolOf(dataSource), { views: inlineViews, tell });
  const wakeUps = new WakeUps(poolOf(dataSource));
  // A standby tells nobody of commits; what waits for them looks by itself.
  if (!readOnly) await wakeUps.start();
  ledger.onCommitted((workspaceId) => wakeUps.committed(workspaceId));
  const runner = new Runner(poolOf(dataSource), { projections, wakeUps, ledger, report });
  return {
    dataSource,
    reading,
    searching,
    ledger,
    wakeUps,
    runner,
    checkpoints: new Checkpoints(poolOf(dataSource), signingKeys, signedRecord),
    signedRecord,
    roles,
    close: async () => {
      await runner.close();
      await wakeUps.close();
      await ledger.close();
      await searching.destroy();
      await reading.destroy();
      await dataSource.destroy();
    },
  };
}

/** The HTTP application, initialised but not listening. */
export async function createApplication(
  resources: Resources,
  logger: Logger = pino({ level: 'silent' }),
  {
    oidc,
    protection = UNLIMITED,
    consoleDirectory,
    policy,
    metricsToken,
    chromium,
    webhookNetworks,
  }: Partial<Pick<Settings, 'oidc' | 'protection' | 'metricsToken' | 'chromium' | 'webhookNetworks'>> & {
    readonly consoleDirectory?: string | undefined;
    readonly policy?: Policy | undefined;
  } = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(resources, { oidc, protection, policy, chromium, webhookNetworks }),
    fastifyAdapter(logger),
    {
      bodyParser: false,
      logger: new NestLogger(logger),
      abortOnError: false,
    },
  );
  await prepareServer(app, protection, resources.roles);
  serveDescription(app);
  const server = app.getHttpAdapter().getInstance();
  serveIcon(server);
  if (consoleDirectory === undefined || !(await serveConsole(server, consoleDirectory)))
    serveFrontPage(server);
  if (metricsToken !== undefined) {
    const views = new ProjectionQueries(poolOf(resources.dataSource), projections);
    serveMetrics(app, { pool: poolOf(resources.dataSource), views }, metricsToken);
  }
  await app.init();
  await server.ready();
  if (resources.roles.includes('follow')) {
    resources.runner.start();
    app.get(WebhookFollower).start(resources.wakeUps);
  }
  return app;
}
