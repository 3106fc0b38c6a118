import { setTimeout as delay } from 'node:timers/promises';
import { verifyLedger } from '@casebook/ledger';
import { createDataSource, createPool, migrate, poolOf } from '@casebook/postgres';
import {
  makeSynchronous,
  type OwnServer,
  type Standby,
  startOwnServer,
  startStandby,
  temporaryHome,
} from '@casebook/testing';
import { replayViews } from '@casebook/projections';
import { projections } from '@casebook/views';
import type pg from 'pg';
import { openResources, openWithAdmin } from '../../apps/api/src/index.js';
import { SEED, ServiceProcess } from './service-process.js';

/** How a request ended: with an answer, or with a connection that broke. */
export type Attempt =
  { readonly status: number; readonly headers: Headers; readonly body: any } | { readonly status: 'broken' };

/** Service processes of their own on a server of their own, which loses nothing that it says it has: for what ends badly. */
export class DurableService {
  private readonly programs = new Set<ServiceProcess>();
  private standby: Standby | null = null;
  /** As the owner, past every proxy. */
  pool: pg.Pool;

  private constructor(
    /** The primary. */
    public server: OwnServer,
    /** The database as its owner has it, past every proxy. */
    public databaseUrl: string,
    readonly token: string,
  ) {
    this.pool = createPool({ url: databaseUrl, poolSize: 3 });
  }

  /** `owned`: makes the database, of which it gives the owner's URL; that of the server's own user where left out. */
  static async start(
    owned: (server: OwnServer) => Promise<string> = ({ url }) => Promise.resolve(url),
  ): Promise<DurableService> {
    const server = await startOwnServer();
    return DurableService.on(server, await owned(server));
  }

  static async on(server: OwnServer, databaseUrl: string): Promise<DurableService> {
    await migrate(databaseUrl);
    const ground = await openResources(databaseUrl, {
      poolSize: 3,
      home: temporaryHome(),
      origin: 'casebook.test',
      signingSecrets: [Buffer.alloc(32, Number(SEED))],
    });
    const opened = await openWithAdmin(ground.ledger, {
      workspaceId: 'default',
      admin: { id: 'admin', name: 'Administrator' },
      correlationId: 'test',
    });
    await ground.close();
    return new DurableService(server, databaseUrl, opened!.token);
  }

  /** Starts a standby, for which every commit waits from now on. */
  async standBy(): Promise<void> {
    await this.standByLate();
    await makeSynchronous(this.server);
  }

  /** Starts a standby that may be behind, as no commit waits for it. */
  async standByLate(): Promise<Standby> {
    this.standby = await startStandby(this.server);
    return this.standby;
  }

  /** Kills the primary for good. */
  async losePrimary(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.discard();
  }

  /** Makes the standby the primary. */
  async promote(): Promise<void> {
    const { standby, pool } = this;
    if (standby === null) throw new Error('there is no standby');
    await standby.promote();
    this.databaseUrl = this.urlOn(standby);
    this.server = standby;
    this.standby = null;
    this.pool = createPool({ url: this.databaseUrl, poolSize: 3 });
    await pool.end();
  }

  /** The database on the standby. */
  get standbyUrl(): string {
    if (this.standby === null) throw new Error('there is no standby');
    return this.urlOn(this.standby);
  }

  private urlOn({ port }: OwnServer): string {
    const url = new URL(this.databaseUrl);
    url.port = String(port);
    return url.toString();
  }

  async process(databaseUrl = this.databaseUrl, roles?: string): Promise<ServiceProcess> {
    const program = await ServiceProcess.start(databaseUrl, roles);
    this.programs.add(program);
    return program;
  }

  /** One request, whatever comes of it. */
  async attempt(url: string, path: string, body: unknown, key?: string): Promise<Attempt> {
    try {
      const answer = await fetch(`${url}/v1/workspaces/default/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.token}`,
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as unknown };
    } catch {
      return { status: 'broken' };
    }
  }

  /** Sends a command with its key until it is answered, as clients are told to; what was answered in between must tell them so. */
  async untilAnswered(
    url: string | (() => string),
    path: string,
    body: unknown,
    key: string,
  ): Promise<{ status: number; body: any }> {
    for (let tries = 0; tries < 600; tries += 1) {
      const attempt = await this.attempt(typeof url === 'string' ? url : url(), path, body, key);
      if (attempt.status === 200 || attempt.status === 201) return attempt;
      checkRefusal(attempt);
      await delay(100);
    }
    throw new Error(`${key} was never answered`);
  }

  /** How many events each key has, of those that are a key of the test's. */
  async recorded(prefix: string): Promise<Map<string, number[]>> {
    const { rows } = await this.pool.query<{ command_id: string; positions: number[] }>(
      `SELECT command_id, array_agg(position::integer ORDER BY position) AS positions FROM events
       WHERE workspace_id = 'default' AND starts_with(command_id, $1) GROUP BY command_id`,
      [prefix],
    );
    return new Map(rows.map(({ command_id, positions }) => [command_id, positions]));
  }

  /** Nothing in the ledger or the views that should not be there; gives the lies, none where all is well. */
  async lies(): Promise<unknown[]> {
    const verified = await verifyLedger(this.pool, 'default');
    const dataSource = createDataSource({ url: this.databaseUrl });
    await dataSource.initialize();
    try {
      const views = await replayViews(poolOf(dataSource), projections, 'default');
      return [...(verified?.lies ?? ['no workspace']), ...views.flatMap(({ differences }) => differences)];
    } finally {
      await dataSource.destroy();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.programs].map((program) => program.kill()));
    await this.pool.end();
    await this.standby?.discard();
    await this.server.discard();
  }
}

/** A service that cannot answer says so as a problem, and when to come again. */
export function checkRefusal(attempt: Attempt): void {
  if (attempt.status === 'broken') return;
  const said = JSON.stringify(attempt.body);
  if (attempt.status === 409 && attempt.body.type === 'urn:casebook:problem:key-in-progress') return;
  if (attempt.status !== 503) throw new Error(`answered ${attempt.status}: ${said}`);
  if (attempt.body.type !== 'urn:casebook:problem:unavailable') throw new Error(`answered with ${said}`);
  if (!/^\d+$/.test(attempt.headers.get('retry-after') ?? '')) throw new Error('no Retry-After');
}
