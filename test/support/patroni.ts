import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  chownSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProgram } from '@casebook/testing';
import { stringify } from 'yaml';

/** The seconds without a word from the leader after which another node takes over; the least that Patroni takes. */
const TTL_S = 20;
const PASSWORD = 'casebook-test';

const inPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** The newest PostgreSQL of Debian's packages, whose pg_basebackup and pg_rewind Patroni calls. */
const postgresPrograms = (): string | undefined =>
  (existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
    .find((folder) => existsSync(join(folder, 'pg_basebackup')));

/** What Debian packages a cluster needs and this machine lacks. */
export const missingForPatroni = (): string[] => [
  ...['patroni', 'etcd'].filter((name) => inPath(name) === undefined),
  ...(postgresPrograms() === undefined ? ['postgresql'] : []),
];

interface Node {
  readonly name: string;
  readonly port: number;
  readonly api: number;
  readonly program: ChildProcess;
}

/** Three PostgreSQL under Patroni, with synchronous replication, and an etcd, all on the loopback interface. */
export class PatroniCluster {
  private constructor(
    private readonly folder: string,
    private readonly etcd: ChildProcess,
    private readonly nodes: readonly Node[],
  ) {}

  static async start(): Promise<PatroniCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'casebook-patroni-'));
    chmodSync(folder, 0o711);
    const owner = unprivileged();
    const [client, peer, ...ports] = await Promise.all(Array.from({ length: 8 }, freePort));
    const run = (program: string, args: readonly string[], name = program): ChildProcess => {
      const log = openSync(join(folder, `${name}.log`), 'a');
      return spawn(inPath(program)!, args, { ...owner, cwd: '/', stdio: ['ignore', log, log] });
    };
    const own = (name: string): string => {
      const path = join(folder, name);
      mkdirSync(path, { mode: 0o700 });
      if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
      return path;
    };
    const [clientUrl, peerUrl] = [client, peer].map((port) => `http://127.0.0.1:${port}`);
    const etcd = run('etcd', [
      ...['--name', 'etcd', '--data-dir', own('etcd'), '--log-level', 'error'],
      ...['--listen-client-urls', clientUrl!, '--advertise-client-urls', clientUrl!],
      ...['--listen-peer-urls', peerUrl!, '--initial-advertise-peer-urls', peerUrl!],
      ...['--initial-cluster', `etcd=${peerUrl}`],
    ]);
    const nodes = ['a', 'b', 'c'].map((name, at): Node => {
      const [port, api] = [ports[2 * at]!, ports[2 * at + 1]!];
      const home = own(name);
      const settings = join(folder, `${name}.yaml`);
      writeFileSync(settings, stringify(settingsOf({ name, port, api, home, client: client! })));
      return { name, port, api, program: run('patroni', [settings], name) };
    });
    const cluster = new PatroniCluster(folder, etcd, nodes);
    try {
      await cluster.untilSynchronous();
      return cluster;
    } catch (error) {
      const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
      const ends = logs.map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8').slice(-2000)}`);
      await cluster.discard();
      throw new Error(ends.join('\n'), { cause: error });
    }
  }

  /** Names all nodes; the database is that of the superuser. */
  get url(): string {
    const hosts = this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    return `postgres://postgres:${PASSWORD}@${hosts}/postgres?target_session_attrs=read-write`;
  }

  /** Kills the leader's Patroni and PostgreSQL. */
  async loseLeader(): Promise<void> {
    for (const node of this.nodes) {
      if ((await this.roleOf(node)) !== 'primary') continue;
      const postmaster = readFileSync(join(this.folder, node.name, 'data/postmaster.pid'), 'utf8').split(
        '\n',
      )[0]!;
      await endProgram(node.program, 'SIGKILL');
      process.kill(Number(postmaster), 'SIGKILL');
      return;
    }
    throw new Error('there is no leader');
  }

  async discard(): Promise<void> {
    for (const { name, program } of this.nodes) {
      await endProgram(program, 'SIGKILL');
      const lock = join(this.folder, name, 'data/postmaster.pid');
      if (existsSync(lock))
        try {
          process.kill(Number(readFileSync(lock, 'utf8').split('\n')[0]), 'SIGQUIT');
        } catch {
          // It was killed before.
        }
    }
    await endProgram(this.etcd, 'SIGKILL');
    await delay(1000);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Until there is a primary, and a standby for which its commits wait. */
  private async untilSynchronous(): Promise<void> {
    for (let tries = 0; tries < 900; tries += 1) {
      const roles = await Promise.all(this.nodes.map((node) => this.roleOf(node)));
      if (roles.includes('primary') && roles.includes('sync_standby')) return;
      await delay(200);
    }
    throw new Error('Patroni made no cluster within three minutes');
  }

  private async roleOf({ api }: Node): Promise<string> {
    for (const [path, role] of [
      ['primary', 'primary'],
      ['synchronous', 'sync_standby'],
    ] as const) {
      const answer = await fetch(`http://127.0.0.1:${api}/${path}`).catch(() => null);
      if (answer?.ok === true) return role;
    }
    return 'other';
  }
}

function settingsOf(node: { name: string; port: number; api: number; home: string; client: number }): object {
  const address = (port: number) => ({ listen: `127.0.0.1:${port}`, connect_address: `127.0.0.1:${port}` });
  return {
    scope: 'casebook',
    name: node.name,
    restapi: address(node.api),
    etcd3: { hosts: `127.0.0.1:${node.client}` },
    bootstrap: {
      dcs: {
        ttl: TTL_S,
        loop_wait: 2,
        retry_timeout: 3,
        synchronous_mode: true,
        synchronous_mode_strict: true,
        postgresql: { use_pg_rewind: true },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, { auth: 'scram-sha-256' }],
    },
    postgresql: {
      ...address(node.port),
      data_dir: join(node.home, 'data'),
      bin_dir: postgresPrograms(),
      pgpass: join(node.home, 'pgpass'),
      authentication: {
        superuser: { username: 'postgres', password: PASSWORD },
        replication: { username: 'replicator', password: PASSWORD },
        rewind: { username: 'rewinder', password: PASSWORD },
      },
      pg_hba: [
        'local all all scram-sha-256',
        'host replication all 127.0.0.1/32 scram-sha-256',
        'host all all 127.0.0.1/32 scram-sha-256',
      ],
      parameters: { unix_socket_directories: node.home },
    },
  };
}

/** PostgreSQL does not run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
