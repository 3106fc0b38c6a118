import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { type Placement, place, type ServerUser, serverUser } from './placement.js';
import { processCommand, processIdentity } from './process-identity.js';
import { claimOwnership, DirectoryInUseError } from './single-owner.js';

/** Casebook's superuser and database in an embedded server. */
const USER = 'casebook';
const DATABASE = 'casebook';

const MINUTE_MS = 60_000;
/** A larger log is set aside at the next start. */
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;

export interface EmbeddedPostgresOptions {
  /** The folder of the server's data, password and log; created if missing. It outlives the server. */
  directory: string;
  /** The TCP port on 127.0.0.1; a free one by default. */
  port?: number;
  /** Settings of postgresql.conf beyond the defaults, which are fully durable. */
  settings?: Readonly<Record<string, string>>;
  /** Receives a short line for each slow step and each repaired fault. */
  onProgress?: (line: string) => void;
}

/** An embedded PostgreSQL server on the loopback interface, protected by a password. */
export interface EmbeddedPostgres {
  /** Connects as the server's superuser to its database `casebook`. The same for the server's whole life. */
  readonly url: string;
  readonly port: number;
  /** The postmaster's process id; it changes if the server is restarted. */
  readonly pid: number;
  /** The data folder: the requested directory or, under root, another (see {@link place}). */
  readonly folder: string;
  /** Where the server writes its log. */
  readonly logFile: string;
  /** Ends every connection, flushes and stops. Idempotent. Call it after the service has closed its pools. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL installed by npm, with its data in `directory`.
 *
 * A server left over by a killed process is stopped first; a server that dies is restarted on its port; when
 * this process exits without `stop()`, the server is asked to stop. Signals are up to the caller: none is
 * handled here, and the server does not receive the terminal's Ctrl-C.
 *
 * Throws {@link DirectoryInUseError} while another living process has a server in `directory`, and an Error
 * with the last lines of PostgreSQL's log if it does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const report = options.onProgress ?? (() => undefined);
  mkdirSync(options.directory, { recursive: true, mode: 0o711 });
  // The real path, because the postmaster is known by it.
  const directory = realpathSync(options.directory);
  const user = serverUser();
  const release = claim(directory);
  try {
    const placement = place(directory, findBinaries(), user, report);
    setLogAside(placement);
    await removeEmptyLock(placement.folder, report);
    await stopLeftover(placement, report);
    const password = initialise(placement, user, report);
    const server = new Server(placement, user, password, options.settings ?? {}, report, release);
    await server.start(options.port);
    return server;
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * The server in `options.directory`, for a tool that may run beside the service: another process's server if
 * there is one (waiting while it starts), otherwise a new one. `stop()` stops only a server that was started
 * here; another process's server ends with that process.
 *
 * Throws as {@link startEmbeddedPostgres} does; {@link DirectoryInUseError} if the other server accepts no
 * connections within a minute.
 */
export async function joinEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  for (const deadline = Date.now() + MINUTE_MS; ; await sleep(100)) {
    try {
      return await startEmbeddedPostgres(options);
    } catch (error) {
      if (!(error instanceof DirectoryInUseError)) throw error;
      const url = await runningEmbeddedPostgres(options.directory);
      if (url !== null) return { url, stop: () => Promise.resolve() };
      if (Date.now() > deadline) throw error;
    }
  }
}

/**
 * The URL of the server that another process runs in `directory`, from the port in its lock file; null if it
 * accepts no connections. Starts nothing.
 */
export async function runningEmbeddedPostgres(given: string): Promise<string | null> {
  const directory = realpathSync(given);
  const moved = join(directory, 'location');
  const folder = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : directory;
  const lock = readLock(folder);
  const passwordFile = join(folder, 'password');
  if (lock?.ready !== true || !existsSync(passwordFile)) return null;
  const url = urlOf(readFileSync(passwordFile, 'utf8').trim(), lock.port, DATABASE);
  const client = new pg.Client({ connectionString: url });
  // A connection that breaks later emits `end`; without a listener, its error would end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return url;
  } catch (error) {
    // Not listening, not ready yet (57P03), or the database is still to be made (3D000): all pass while the holder starts.
    const { code } = error as { code?: string };
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03' || code === '3D000') return null;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const urlOf = (password: string, port: number, database: string): string =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

function claim(directory: string): () => void {
  try {
    return claimOwnership(join(directory, 'owner'));
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    throw new DirectoryInUseError(
      `The database in ${directory} is already running: ${error.message}. Stop that process first, or choose another directory (CASEBOOK_HOME). Processes that work on one database share a PostgreSQL named by DATABASE_URL.`,
    );
  }
}

/** One postmaster after the other on one data folder and one port, until it is stopped. */
class Server implements EmbeddedPostgres {
  readonly folder: string;
  readonly logFile: string;
  #port = 0;
  #child: ChildProcess | null = null;
  #revival: Promise<void> = Promise.resolve();
  #stopping = false;
  #stopped: Promise<void> | null = null;
  readonly #onExit = (): void => {
    if (this.#child !== null && !hasExited(this.#child)) signal(this.placement, this.pid, 'INT');
  };

  constructor(
    private readonly placement: Placement,
    private readonly user: ServerUser | undefined,
    private readonly password: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly report: (line: string) => void,
    private readonly release: () => void,
  ) {
    this.folder = placement.folder;
    this.logFile = join(placement.folder, 'postgres.log');
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get url(): string {
    return this.#urlOf(DATABASE);
  }

  async start(port: number | undefined): Promise<void> {
    process.on('exit', this.#onExit);
    try {
      await this.#launch(port);
      await this.#ensureDatabase();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    this.#stopping = true;
    await this.#revival;
    const child = this.#child;
    if (child !== null && !hasExited(child)) await shutDown(this.placement, this.pid, () => hasExited(child));
    process.off('exit', this.#onExit);
    this.release();
  }

  /** Starts a postmaster and waits until it takes connections; mends what time or another port mends. */
  async #launch(wanted: number | undefined): Promise<void> {
    const deadline = Date.now() + MINUTE_MS;
    for (;;) {
      const port = wanted ?? (await freePort());
      const fault = await this.#attempt(port);
      if (fault === null) {
        this.#port = port;
        return;
      }
      const portTaken = /could not bind|address already in use/i.test(fault);
      // The backends of a postmaster that was killed need a moment to notice.
      const lingering = /shared memory block|lock file "postmaster\.pid" already exists/i.test(fault);
      const mends = lingering || (portTaken && (wanted === undefined || wanted === this.#port));
      if (!mends || this.#stopping || Date.now() > deadline) {
        throw new Error(
          portTaken
            ? `PostgreSQL could not take port ${port}: another program has it.`
            : `PostgreSQL did not start. The end of ${this.logFile}:\n${fault}`,
        );
      }
      await sleep(200);
    }
  }

  /** Null once the server takes connections, else what it wrote before it went. */
  async #attempt(port: number): Promise<string | null> {
    const logStart = existsSync(this.logFile) ? statSync(this.logFile).size : 0;
    const log = openSync(this.logFile, 'a', 0o600);
    const settings = {
      listen_addresses: '127.0.0.1',
      // Loopback with a password is the one door: a socket's path has a length limit, and its folder rights of its own.
      unix_socket_directories: '',
      max_connections: '200',
      timezone: 'UTC',
      log_timezone: 'UTC',
      ...this.settings,
    };
    const child = spawn(
      program(this.placement, 'postgres'),
      [
        ...['-D', dataFolder(this.placement.folder), '-p', String(port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      // Detached: in a session of its own it is not in the terminal's foreground group, so Ctrl-C reaches the service alone.
      { ...this.user, cwd: '/', env: environment(), detached: true, stdio: ['ignore', log, log] },
    );
    closeSync(log);
    const ended = new Promise<Error | null>((tell) => {
      child.once('error', tell);
      child.once('exit', () => tell(null));
    });
    // A caller that forgets to stop must still be able to end; `exit` then stops the server.
    child.unref();
    this.#child = child;
    for (let waitedMs = 0; ; waitedMs += 20) {
      const end = await Promise.race([ended, sleep(20, 'running' as const)]);
      if (end instanceof Error)
        throw new Error(`PostgreSQL could not be run: ${end.message}`, { cause: end });
      if (end === null) return readFrom(this.logFile, logStart);
      const lock = readLock(this.placement.folder);
      if (lock?.pid === child.pid && lock?.ready === true) break;
      if (waitedMs > 0 && waitedMs % 5000 === 0) {
        this.report('PostgreSQL is still starting (after a crash it first replays its log)');
      }
    }
    void ended.then(() => (this.#revival = this.#revive(child)));
    return null;
  }

  /** Starts a server that ended without being asked again on its port, so that pools find it where it was. */
  async #revive(dead: ChildProcess): Promise<void> {
    for (let pauseMs = 100; !this.#isStopping(); pauseMs = Math.min(pauseMs * 2, 10_000)) {
      this.report(
        `PostgreSQL ended unexpectedly (${dead.signalCode ?? `exit code ${dead.exitCode}`}); starting it again`,
      );
      await sleep(pauseMs);
      if (this.#isStopping()) return;
      try {
        await this.#launch(this.port);
        return;
      } catch (error) {
        this.report((error as Error).message);
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping;
  }

  async #ensureDatabase(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#urlOf('postgres') });
    await client.connect();
    try {
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    } finally {
      await client.end();
    }
  }

  #urlOf(database: string): string {
    return urlOf(this.password, this.port, database);
  }
}

/** A crash may leave a lock file without its content, which PostgreSQL takes for that of a server that is just starting, for ever. */
async function removeEmptyLock(folder: string, report: (line: string) => void): Promise<void> {
  const file = lockFile(folder);
  const isEmpty = (): boolean => existsSync(file) && readFileSync(file, 'utf8').trim() === '';
  if (!isEmpty()) return;
  // A server that is indeed starting fills it in a moment.
  await sleep(1000);
  if (!isEmpty()) return;
  report('a crash left an empty postmaster.pid; removing it');
  rmSync(file);
}

/** Stops the server that a killed process left running, and sees to it that a stale lock file does not stop ours. */
async function stopLeftover(placement: Placement, report: (line: string) => void): Promise<void> {
  const lock = readLock(placement.folder);
  if (lock === null) return;
  if (process.platform === 'win32') {
    spawnSync(program(placement, 'pg_ctl'), ['stop', '-D', dataFolder(placement.folder), '-m', 'fast'], {
      stdio: 'ignore',
    });
    return;
  }
  const identity = processIdentity(lock.pid);
  if (identity === null) return;
  if (serves(lock.pid, dataFolder(placement.folder))) {
    report('a PostgreSQL left over by an earlier run is still up; stopping it');
    await shutDown(placement, lock.pid, () => processIdentity(lock.pid) !== identity);
    return;
  }
  // The number belongs to another program now, and PostgreSQL would take that for a rival. Its parent it never takes for one,
  // so the parent's number makes the file stale while the rest of it still guards against lingering backends.
  writeFileSync(
    lockFile(placement.folder),
    readFileSync(lockFile(placement.folder), 'utf8').replace(/^\d+/, String(process.pid)),
  );
}

/** Whether the running process `pid` is a postmaster on this data folder. */
function serves(pid: number, data: string): boolean {
  const command = processCommand(pid);
  if (command === null || !/postgres/.test(command)) return false;
  // A postmaster works in its data folder, also when that has been moved since.
  if (process.platform === 'linux') return workingFolder(pid) === data;
  return command.includes(data);
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** Creates the data folder if it is missing; an interrupted run leaves none. Returns the password. */
function initialise(
  placement: Placement,
  user: ServerUser | undefined,
  report: (line: string) => void,
): string {
  const passwordFile = join(placement.folder, 'password');
  const data = dataFolder(placement.folder);
  if (existsSync(data)) {
    if (!existsSync(passwordFile))
      throw new Error(`${passwordFile} is missing: without it nobody can connect to the database beside it.`);
    return readFileSync(passwordFile, 'utf8').trim();
  }
  report('making a new PostgreSQL database');
  for (const name of readdirSync(placement.folder)) {
    if (name.startsWith('initialising-'))
      rmSync(join(placement.folder, name), { recursive: true, force: true });
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });

  const unfinished = mkdtempSync(join(placement.folder, 'initialising-'));
  const fresh = join(unfinished, 'data');
  const passwordForServer = join(unfinished, 'password');
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordForServer, `${password}\n`, { mode: 0o600 });
  if (user !== undefined)
    for (const path of [unfinished, fresh, passwordForServer]) chownSync(path, user.uid, user.gid);
  const made = spawnSync(
    program(placement, 'initdb'),
    [
      `--pgdata=${fresh}`,
      `--username=${USER}`,
      `--pwfile=${passwordForServer}`,
      '--auth=scram-sha-256',
      // The same order and the same case rules on every machine.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ],
    { ...user, cwd: '/', env: environment(), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(
      `PostgreSQL's initdb failed: ${made.error?.message ?? `${made.stdout}${made.stderr}`.trim()}`,
      { cause: made.error },
    );
  }
  // Only a complete folder gets the name that the next start looks for.
  renameSync(fresh, data);
  rmSync(unfinished, { recursive: true, force: true });
  return password;
}

/** A fast shutdown: open transactions are rolled back, everything is flushed. */
async function shutDown(placement: Placement, pid: number, gone: () => boolean): Promise<void> {
  // Immediate, where a minute was not enough: the write-ahead log makes good what it skips.
  for (const name of ['INT', 'QUIT'] as const) {
    signal(placement, pid, name);
    for (const deadline = Date.now() + MINUTE_MS; Date.now() < deadline; await sleep(20)) if (gone()) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) did not stop.`);
}

function signal(placement: Placement, pid: number, name: 'INT' | 'QUIT'): void {
  if (process.platform === 'win32') {
    spawnSync(program(placement, 'pg_ctl'), ['kill', name, String(pid)], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(pid, `SIG${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What the postmaster's lock file says: its process, its port, and whether it takes connections. Null where there is no such file. */
function readLock(folder: string): { pid: number; port: number; ready: boolean } | null {
  if (!existsSync(lockFile(folder))) return null;
  const lines = readFileSync(lockFile(folder), 'utf8').split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0
    ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
    : null;
}

function hasExited(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolvePort(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** At most the last 4 KiB of what a log got since `start`. */
function readFrom(file: string, start: number): string {
  return readFileSync(file).subarray(start).subarray(-4096).toString('utf8').trim();
}

function setLogAside(placement: Placement): void {
  const file = join(placement.folder, 'postgres.log');
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`);
}

/** This process's environment without the variables that configure libpq and PostgreSQL. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

const program = (placement: Placement, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  join(placement.installation, 'bin', name);
const dataFolder = (folder: string): string => join(folder, 'data');
const lockFile = (folder: string): string => join(dataFolder(folder), 'postmaster.pid');
