import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { type ReplayedView, replayViews, Runner } from '@casebook/projections';
import { projections } from '@casebook/views';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createApplication,
  openResources,
  openTour,
  openWithAdmin,
  type Protection,
  type Settings,
} from '../../apps/api/src/index.js';
import { checkAnswer } from './answers.js';

const SIGNING_SECRET = Buffer.alloc(32, 7);
const UNLIMITED: Protection = { corsOrigins: [], requestsPerMinute: 0, refusalsPerMinute: 0 };

/** What a request over real HTTP came back with. */
export interface Answer<T = any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

/** A member at work: every call carries the member's token, and every answer is checked against the contracts. */
export interface Client {
  readonly token: string;
  request<T = any>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  get<T = any>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T = any>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  patch<T = any>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
}

export interface TestService {
  readonly url: string;
  readonly database: TestDatabase;
  readonly application: NestFastifyApplication;
  /** The admin of the workspace `default`. */
  readonly admin: Client;
  /** A client of this service, or of the one at `url` on the same database. */
  client(token: string, url?: string): Client;
  /** Adds a member to the workspace `default` and works as that member. */
  member(id: string, role: string, name?: string): Promise<Client>;
  /** Waits until every view of the workspace `default` has followed the ledger to its end. */
  caughtUp(): Promise<void>;
  /** Every view of the workspace folded again from its first event, beside the live one. */
  replay(workspaceId?: string): Promise<ReplayedView[]>;
  /** How many events the ledger holds. */
  size(workspaceId?: string): Promise<number>;
  /** Another service process' worth of application on the same database. */
  another(): Promise<{ url: string; client(token: string): Client; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** Paths are relative to the workspace `default` unless they begin with `/`. */
export function clientOf(url: string, token: string): Client {
  const request: Client['request'] = async (method, path, body, headers = {}) => {
    const address = new URL(path.startsWith('/') ? path : `/v1/workspaces/default/${path}`, url);
    const answer = await fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    checkAnswer({
      method,
      path: `${address.pathname}${address.search}`,
      status: answer.status,
      contentType: answer.headers.get('content-type'),
      text,
    });
    const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };
  return {
    token,
    request,
    get: (path, headers) => request('GET', path, undefined, headers),
    post: (path, body = {}, headers = {}) => request('POST', path, body, headers),
    patch: (path, body, headers = {}) => request('PATCH', path, body, headers),
  };
}

async function viewsLag(pool: TestDatabase['pool']): Promise<boolean> {
  const { rows } = await pool.query<{ lags: boolean }>(
    `SELECT EXISTS (
       SELECT FROM view_progress p JOIN ledger_heads h ON h.workspace_id = p.workspace_id
       JOIN unnest($1::text[], $2::integer[]) AS w (view, version) ON w.view = p.view AND w.version = p.version
       WHERE p.workspace_id = 'default' AND p.status <> 'attached' AND p.position < h.size) AS lags`,
    [projections.map(({ view }) => view.name), projections.map(({ view }) => view.version)],
  );
  return rows[0]!.lags;
}

/** What a service has beside what every one has. */
export interface ServiceOptions {
  readonly consoleDirectory?: string;
  readonly oidc?: Settings['oidc'];
  readonly metricsToken?: string;
  readonly webhookNetworks?: readonly string[];
  /** Its limits; none by default. */
  readonly protection?: Partial<Protection>;
  /** The workspace `tour` beside `default`, as a first start brings it in. */
  readonly tour?: boolean;
}

/** The whole service on a database of its own, listening on a free port of the loopback interface. */
export async function startTestService({
  consoleDirectory,
  oidc,
  metricsToken,
  webhookNetworks,
  protection,
  tour = false,
}: ServiceOptions = {}): Promise<TestService> {
  const database = await createTestDatabase();
  const open = async () => {
    const ground = await openResources(database.url, {
      poolSize: 10,
      home: temporaryHome(),
      origin: 'casebook.test',
      signingSecrets: [SIGNING_SECRET],
    });
    const app = await createApplication(ground, undefined, {
      consoleDirectory,
      oidc,
      metricsToken,
      webhookNetworks,
      ...(protection && { protection: { ...UNLIMITED, ...protection } }),
    });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    return {
      app,
      ground,
      url,
      client: (token: string) => clientOf(url, token),
      close: async () => {
        await app.close();
        await ground.close();
      },
    };
  };
  const first = await open();
  const opened = await openWithAdmin(first.ground.ledger, {
    workspaceId: 'default',
    admin: { id: 'admin', name: 'Administrator' },
    correlationId: 'test',
  });
  if (opened === null) throw new Error('the workspace was there already');
  if (tour) await openTour(first.ground, opened.token);
  const admin = first.client(opened.token);
  const others: { close(): Promise<void> }[] = [];
  return {
    url: first.url,
    application: first.app,
    database,
    admin,
    client: (token, url = first.url) => clientOf(url, token),
    async member(id, role, name = id) {
      const added = await admin.post('members', { id, name, role });
      if (added.status >= 300) throw new Error(added.text);
      const issued = await admin.post(`members/${id}/tokens`);
      return first.client(issued.body.token as string);
    },
    async caughtUp() {
      const runner = new Runner(database.pool, { projections });
      // A page that the service's own runner has in hand is that one's to finish: `catchUp` leaves it alone, so look again.
      do await runner.catchUp('default');
      while (await viewsLag(database.pool));
      await runner.close();
    },
    replay: (workspaceId = 'default') => replayViews(database.pool, projections, workspaceId),
    size: async (workspaceId = 'default') => (await first.ground.ledger.head(workspaceId))?.size ?? 0,
    async another() {
      const other = await open();
      others.push(other);
      return other;
    },
    async close() {
      for (const other of [...others, first]) await other.close();
      await database.drop();
    },
  };
}
