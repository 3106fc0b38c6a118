import { callbackify } from 'node:util';
import pg from 'pg';

/** libpq's `target_session_attrs`; a server is writable unless it is a standby. */
const ATTRIBUTES = ['any', 'read-write', 'primary', 'read-only', 'standby', 'prefer-standby'] as const;
export type SessionAttributes = (typeof ATTRIBUTES)[number];

/** The servers that a database URL names, and which of them a connection is for. */
export interface Destination {
  /** A URL for each server, with one host and without `target_session_attrs`. */
  readonly urls: readonly string[];
  readonly attributes: SessionAttributes;
}

/**
 * Reads a URL as libpq does: `postgresql://a:5432,b:5432/casebook?target_session_attrs=read-write`. Several
 * hosts mean `read-write` where the URL says nothing, other than in libpq: a service has no use for a standby
 * that it meets by chance. One host may be any server.
 * @throws Error that says what is wrong, without the URL's password
 */
export function destinationOf(url: string): Destination {
  const [, before = '', hosts = '', after = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(url) ?? [];
  if (before === '') throw new Error('must be a postgres:// URL');
  const named = hosts.split(',');
  const urls = named.map((host) => parsed(before + host + after, host));
  if (named.length > 1 && named.includes('')) throw new Error('names no host before or after a comma');
  const [first] = urls;
  for (const name of ['host', 'port'])
    if (first!.searchParams.get(name)?.includes(','))
      throw new Error(`must name its hosts before the path (a:5432,b:5432), not in the parameter ${name}`);
  const attributes =
    first!.searchParams.get('target_session_attrs') ?? (named.length > 1 ? 'read-write' : 'any');
  if (!isAttribute(attributes))
    throw new Error(`target_session_attrs must be one of ${ATTRIBUTES.join(', ')}`);
  for (const each of urls) each.searchParams.delete('target_session_attrs');
  return { urls: urls.map((each) => each.toString()), attributes };
}

/** Hosts and database of a URL, for messages: neither who logs in, nor by what password. */
export function placeOf(url: string): string {
  const parts = destinationOf(url).urls.map((each) => new URL(each));
  return `${parts.map(({ host }) => host).join(',')}${parts[0]!.pathname}`;
}

function parsed(url: string, host: string): URL {
  try {
    return new URL(url);
  } catch {
    // The cause has the URL, and with it the password.
    throw new Error(`has a host that cannot be read: ${host}`);
  }
}

const isAttribute = (text: string): text is SessionAttributes =>
  (ATTRIBUTES as readonly string[]).includes(text);

/** None of the servers is one to connect to now; SQLSTATE cannot_connect_now, as of a server that starts. */
class NoServer extends Error {
  override readonly name = 'NoServer';
  readonly code = '57P03';
}

export interface Server {
  readonly host: string;
  readonly port: number;
}

interface Answer extends Server {
  readonly isStandby: boolean;
  /** Of a primary: raised by each promotion. */
  readonly timeline: number;
}

/** How long a server may take to say what it is. */
const PATIENCE_MS = 3_000;
/** Connections that are opened within this time share an answer, so that an outage does not multiply them. */
const SHARED_MS = 500;

/**
 * Finds the server that new connections go to. It asks all of them at the same time, so a dead host delays
 * nothing for longer than {@link PATIENCE_MS}. Of two primaries, as after a failover that did not stop the old
 * one, it takes the one that was promoted last.
 */
export class Servers {
  private found: Promise<Server> | null = null;

  /** `configs`: of a connection to each server. */
  constructor(
    private readonly configs: readonly pg.ClientConfig[],
    private readonly attributes: SessionAttributes,
  ) {}

  /** @throws NoServer, or the refusal that all servers give alike, such as a wrong password */
  find(): Promise<Server> {
    if (this.found !== null) return this.found;
    const found = this.ask();
    this.found = found;
    setTimeout(() => {
      if (this.found === found) this.found = null;
    }, SHARED_MS).unref();
    return found;
  }

  /** Throws if the server of an open connection is not one to use: it may have become a standby meanwhile. */
  async check(client: pg.Client): Promise<void> {
    const { primary, standby } = this.accepted;
    if ((await isStandby(client)) ? standby : primary) return;
    throw new NoServer(`${nameOf(client)} is ${primary ? 'a standby' : 'no standby'}`);
  }

  private get accepted(): { readonly primary: boolean; readonly standby: boolean } {
    switch (this.attributes) {
      case 'read-write':
      case 'primary':
        return { primary: true, standby: false };
      case 'read-only':
      case 'standby':
        return { primary: false, standby: true };
      case 'any':
      case 'prefer-standby':
        return { primary: true, standby: true };
    }
  }

  private async ask(): Promise<Server> {
    const answers = await Promise.allSettled(this.configs.map((config) => questioned(config)));
    const { primary, standby } = this.accepted;
    const [server] = answers
      .flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      .filter(({ isStandby }) => (isStandby ? standby : primary))
      .sort((a, b) => this.rank(b) - this.rank(a));
    if (server === undefined) throw this.failure(answers);
    return server;
  }

  /** Equals are taken in the order of the URL. */
  private rank({ isStandby, timeline }: Answer): number {
    if (this.attributes === 'any') return 0;
    return isStandby ? Number.MAX_SAFE_INTEGER : timeline;
  }

  private failure(answers: readonly PromiseSettledResult<Answer>[]): unknown {
    const reasons = answers.map((answer) =>
      answer.status === 'rejected' ? (answer.reason as unknown) : null,
    );
    const [code, ...others] = new Set(reasons.map((reason) => (reason as { code?: string } | null)?.code));
    if (code !== undefined && others.length === 0) return reasons[0];
    const found = reasons.map((reason, at) => {
      const name = new URL(this.configs[at]!.connectionString!).host;
      if (reason === null) return `${name} is ${this.accepted.primary ? 'a standby' : 'no standby'}`;
      return `${name}: ${messageOf(reason)}`;
    });
    return new NoServer(`No ${this.accepted.primary ? 'primary' : 'standby'} is there: ${found.join('; ')}`);
  }
}

/** A client that connects to the server that {@link Servers} finds, where the configuration has any to choose from. */
export class FollowingClient extends pg.Client {
  private readonly servers: Servers | undefined;

  constructor(config?: string | FollowingConfig) {
    super(config);
    if (typeof config === 'object') this.servers = config.servers;
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error | null, client?: pg.Client) => void): void;
  override connect(callback?: (error: Error | null, client?: pg.Client) => void): Promise<pg.Client> | void {
    if (callback === undefined) return this.open();
    callbackify(() => this.open())(callback);
  }

  private async open(): Promise<pg.Client> {
    const { servers } = this;
    if (servers === undefined) return super.connect();
    Object.assign(this, await servers.find());
    await super.connect();
    try {
      await servers.check(this);
    } catch (error) {
      await this.end();
      throw error;
    }
    return this;
  }
}

export type FollowingConfig = pg.ClientConfig & { readonly servers?: Servers };

/** @throws what keeps the server from saying what it is */
async function questioned(config: pg.ClientConfig): Promise<Answer> {
  const client = new pg.Client({
    ...config,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  // A connection that breaks fails the query under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const standby = await isStandby(client);
    const { host, port } = client;
    return { host, port, isStandby: standby, timeline: standby ? 0 : await timelineOf(client) };
  } finally {
    // A server that does not answer does not end its connection either.
    void client.end().catch(() => undefined);
  }
}

async function isStandby(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  return rows[0]!.standby;
}

/** 0 where a server does not say, as some that are not quite PostgreSQL. */
async function timelineOf(client: pg.Client): Promise<number> {
  try {
    const { rows } = await client.query<{ file: string }>(
      'SELECT pg_walfile_name(pg_current_wal_lsn()) AS file',
    );
    return Number.parseInt(rows[0]!.file.slice(0, 8), 16);
  } catch {
    return 0;
  }
}

const nameOf = ({ host, port }: Server): string => `${host}:${port}`;

/** A host with several addresses fails with one error for each, and none of its own. */
const messageOf = (error: unknown): string =>
  error instanceof AggregateError && error.message === ''
    ? error.errors.map(messageOf).join(', ')
    : (error as Error).message;
