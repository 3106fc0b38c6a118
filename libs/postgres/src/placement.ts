import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';

/** The system user that runs PostgreSQL's programs; undefined if it is the user that runs Node. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** Where a server lives, and which installation runs it. */
export interface Placement {
  /** Holds `data`, `password` and `postgres.log`. */
  folder: string;
  /** The PostgreSQL installation: `bin`, `lib`, `share`. */
  installation: string;
}

/**
 * PostgreSQL refuses to run as root, so under root its programs run as the system user `postgres`, created
 * here if missing.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = lookUpUser();
  if (found !== undefined) return found;
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
    encoding: 'utf8',
  });
  const user = lookUpUser();
  if (user !== undefined) return user;
  throw new Error(
    'PostgreSQL does not run as root, and no system user "postgres" could be made for it' +
      ` (${(made.stderr as string | null)?.trim() || String(made.error?.message ?? 'useradd failed')}).` +
      ' Run as another user, add that user, or set DATABASE_URL.',
  );
}

/**
 * Decides where the server of `directory` lives. Normally that is `directory` itself, with npm's
 * installation. The exception: under root, if either is below a folder closed to the `postgres` user (such as
 * a home directory with mode 0700). Opening that folder to others is not acceptable, so the server then lives
 * in a folder of its own in the system's place for persistent data. The file `location` in `directory` names
 * it for the next start; removing `directory` starts afresh.
 */
export function place(
  directory: string,
  binaries: Binaries,
  user: ServerUser | undefined,
  report: (line: string) => void,
): Placement {
  const here: Placement = { folder: directory, installation: binaries.folder };
  if (user === undefined) return here;

  const pointer = join(directory, 'location');
  const moved = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
  const directoryOpen = canEnter(directory, user);
  const installationOpen = canEnter(join(binaries.folder, 'bin'), user);
  if (moved === null && directoryOpen && installationOpen) return here;

  const folder = moved ?? (directoryOpen ? directory : foreignFolder(directory, user));
  if (!existsSync(folder)) {
    throw new Error(
      `The database of ${directory} was kept in ${folder} (so says ${pointer}), which is gone. Bring it back, or remove ${directory} to start afresh.`,
    );
  }
  if (moved === null && folder !== directory) {
    writeFileSync(pointer, `${folder}\n`, { mode: 0o600 });
    report(`${directory} is closed to the postgres user, so the database is kept in ${folder}`);
  }
  return { folder, installation: installationOpen ? binaries.folder : copyInstallation(binaries, folder) };
}

/** A new folder that `user` can reach, in a place that survives a reboot. */
function foreignFolder(directory: string, user: ServerUser): string {
  const tried: string[] = [];
  for (const parent of ['/var/lib/casebook', '/var/tmp']) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o711 });
      const folder = mkdtempSync(
        join(parent, `${basename(dirname(directory)).replace(/[^\w-]/g, '') || 'casebook'}-`),
      );
      chmodSync(folder, 0o711);
      if (canEnter(folder, user)) return folder;
      tried.push(`${parent}: closed to the postgres user`);
    } catch (error) {
      tried.push((error as Error).message);
    }
  }
  throw new Error(
    `PostgreSQL does not run as root, and its user "postgres" may not enter ${directory}; nor was another place found (${tried.join('; ')}).` +
      ' Choose a CASEBOOK_HOME that every user may pass through, run as another user, or set DATABASE_URL.',
  );
}

/** A copy of the installation that the server's user can reach, made once per version. */
function copyInstallation(binaries: Binaries, folder: string): string {
  const copy = join(folder, `postgres-${binaries.version}`);
  if (!existsSync(copy)) {
    const partial = mkdtempSync(join(folder, 'copying-'));
    chmodSync(partial, 0o755);
    cpSync(binaries.folder, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return copy;
}

/** Checks as `user`, since permissions are more than mode bits. */
function canEnter(folder: string, user: ServerUser): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

function lookUpUser(): ServerUser | undefined {
  const line = spawnSync('getent', ['passwd', 'postgres'], { encoding: 'utf8' }).stdout as string | null;
  const [, , uid, gid] = (line || passwdLine()).split(':');
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** For systems without getent. */
function passwdLine(): string {
  return (
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('postgres:')) ?? ''
  );
}
