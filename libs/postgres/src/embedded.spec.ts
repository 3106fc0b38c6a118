import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nextMessage, startProgram } from '@casebook/testing';
import pg from 'pg';
import {
  DirectoryInUseError,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
} from './index.js';
import { serverUser } from './placement.js';
import { processIdentity } from './process-identity.js';

describe('an embedded PostgreSQL', () => {
  let root: string;
  let directory: string;
  const servers: EmbeddedPostgres[] = [];
  const programs: ChildProcess[] = [];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'casebook-embedded-'));
    chmodSync(root, 0o755);
    directory = join(root, 'postgres');
  });
  afterEach(async () => {
    for (const program of programs.splice(0)) {
      program.kill('SIGTERM');
      if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
    }
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    rmSync(root, { recursive: true, force: true });
  });

  const start = async (options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ directory, ...options });
    servers.push(server);
    return server;
  };
  const hold = (then = 'stay'): ChildProcess => {
    const program = startProgram(new URL('./hold-server.fixture.ts', import.meta.url), [directory, then]);
    programs.push(program);
    return program;
  };
  const query = async <T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await holds())) await sleep(20);
  };
  const answers = (url: string): Promise<boolean> =>
    query(url, 'SELECT 1').then(
      () => true,
      () => false,
    );

  it('keeps what was written from one start to the next', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('is found again where its directory was moved to', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    renameSync(directory, join(root, 'elsewhere'));
    const second = await start({ directory: join(root, 'elsewhere') });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('listens on the loopback interface alone and asks for its password', async () => {
    const server = await start();
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const settings = `SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'TimeZone') ORDER BY name COLLATE "C"`;
    expect(
      Object.fromEntries(
        (await query<{ name: string; setting: string }>(server.url, settings)).map((row) => [
          row.name,
          row.setting,
        ]),
      ),
    ).toEqual({
      TimeZone: 'UTC',
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      unix_socket_directories: '',
    });
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
  });

  it('takes the settings that it is given', async () => {
    const server = await start({ settings: { fsync: 'off' } });
    expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
  });

  it('takes the place of a server that a killed process left behind', async () => {
    const killed = hold();
    const left = await nextMessage<{ url: string; pid: number }>(killed);
    await query(left.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await answers(left.url)).toBe(true);

    const told: string[] = [];
    const server = await start({ onProgress: (line) => told.push(line) });
    expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(processIdentity(left.pid)).toBeNull();
    expect(told).toEqual(['a PostgreSQL left over by an earlier run is still up; stopping it']);
  });

  it('goes down with a process that exits without stopping it', async () => {
    const forgetful = hold('exit');
    const left = await nextMessage<{ pid: number }>(forgetful);
    if (forgetful.exitCode === null) await once(forgetful, 'exit');
    await eventually(() => processIdentity(left.pid) === null);
    const server = await start();
    expect(await answers(server.url)).toBe(true);
  });

  it('is not fooled by a lock file whose process number belongs to another program now', async () => {
    await (await start()).stop();
    const bystander = spawn('sleep', ['600'], { ...serverUser(), stdio: 'ignore' });
    try {
      const data = join(directory, 'data');
      writeFileSync(
        join(data, 'postmaster.pid'),
        `${bystander.pid}\n${data}\n1764000000\n54321\n\n127.0.0.1\n  1234567         1\nready   \n`,
      );
      const server = await start();
      expect(await answers(server.url)).toBe(true);
      expect(bystander.signalCode).toBeNull();
    } finally {
      bystander.kill();
    }
  });

  it('is refused to a second process, and to a second call, while the first has it', async () => {
    const server = await start();
    await expect(startEmbeddedPostgres({ directory })).rejects.toThrow(DirectoryInUseError);
    const second = await nextMessage<{ error: string }>(hold());
    expect(second.error).toContain(`already running: process ${process.pid} is using it`);
    expect(second.error).toContain('CASEBOOK_HOME');
    expect(second.error).toContain('DATABASE_URL');
    expect(await answers(server.url)).toBe(true);
  });

  it('is joined by a tool while another process has it, and survives the tool', async () => {
    const held = await nextMessage<{ url: string }>(hold());
    const joined = await joinEmbeddedPostgres({ directory });
    expect(joined.url).toBe(held.url);
    await joined.stop();
    expect(await answers(held.url)).toBe(true);
  });

  it('is joined by a tool that comes while another process is still making it', async () => {
    const holder = hold();
    const told = nextMessage<{ url: string }>(holder);
    await eventually(() => existsSync(join(directory, 'owner')));
    const joined = await joinEmbeddedPostgres({ directory });
    expect(joined.url).toBe((await told).url);
    expect(await answers(joined.url)).toBe(true);
  });

  it('is started by a tool where nobody has it, and stopped with the tool', async () => {
    const joined = await joinEmbeddedPostgres({ directory });
    expect(await answers(joined.url)).toBe(true);
    await joined.stop();
    expect(await answers(joined.url)).toBe(false);
  });

  it('goes to exactly one of several processes that start at once', async () => {
    type Answer = { url?: string; error?: string };
    const told = await Promise.all([hold(), hold(), hold()].map((program) => nextMessage<Answer>(program)));
    expect(told.filter((answer) => answer.url !== undefined)).toHaveLength(1);
    expect(told.filter((answer) => answer.error?.includes('is already running'))).toHaveLength(2);
  });

  it('comes back on its port with everything committed when the server is killed', async () => {
    const told: string[] = [];
    const server = await start({ onProgress: (line) => told.push(line) });
    await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const { pid, url } = server;
    process.kill(pid, 'SIGKILL');
    await eventually(async () => server.pid !== pid && (await answers(url)));
    expect(server.url).toBe(url);
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(told).toContain('PostgreSQL ended unexpectedly (SIGKILL); starting it again');
  });

  it('stays down when it is stopped while it is coming back', async () => {
    const server = await start();
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    expect(await answers(server.url)).toBe(false);
    expect(existsSync(join(directory, 'owner'))).toBe(false);
  });

  it('names the port that another program has', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      await expect(start({ port })).rejects.toThrow(
        `PostgreSQL could not take port ${port}: another program has it.`,
      );
    } finally {
      other.close();
    }
    expect(await answers((await start({ port })).url)).toBe(true);
  });

  it('shows the end of the log when PostgreSQL does not start', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /did not start[^]*shared_buffers/,
    );
    expect(await answers((await start()).url)).toBe(true);
  });

  it('begins anew when an earlier start was cut short while it made the database', async () => {
    const unfinished = join(directory, 'initialising-cut-short', 'data');
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'PG_VERSION'), '18\n');
    const server = await start();
    expect(await answers(server.url)).toBe(true);
    expect(existsSync(unfinished)).toBe(false);
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('under root, below a folder closed to others: is kept elsewhere, and found again', async () => {
    chmodSync(root, 0o700);
    const told: string[] = [];
    const first = await start({ onProgress: (line) => told.push(line) });
    const elsewhere = first.folder;
    expect(readFileSync(join(directory, 'location'), 'utf8')).toBe(`${elsewhere}\n`);
    try {
      await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();
      expect(told).toContain(
        `${directory} is closed to the postgres user, so the database is kept in ${elsewhere}`,
      );
      expect(statSync(root).mode & 0o777).toBe(0o700);

      const second = await start();
      expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      await second.stop();
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
    await expect(start()).rejects.toThrow(`was kept in ${elsewhere}`);
  });
});
