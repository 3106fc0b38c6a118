import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'casebook-small-';

/** Unmounts what test processes left behind that were killed: the process is in the name. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^casebook-small-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(tmpdir(), name);
    spawnSync('umount', ['-l', path]);
    // Empty, unless it could not be unmounted: then it is not ours to remove.
    try {
      rmdirSync(path);
    } catch {
      continue;
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** A file system in memory, no larger than is asked for: one that a test may fill to the last byte. Whoever mounts it unmounts it. */
export class SmallFileSystem {
  private readonly ballast: string;

  private constructor(readonly path: string) {
    this.ballast = join(path, 'ballast');
  }

  /** @param owner whom its one folder belongs to, closed to everybody else. */
  static mount(bytes: number, owner: { readonly uid: number; readonly gid: number }): SmallFileSystem {
    sweep();
    const path = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    const options = `size=${bytes},mode=0700,uid=${owner.uid},gid=${owner.gid}`;
    const { status, error, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], {
      encoding: 'utf8',
    });
    if (status === 0) return new SmallFileSystem(path);
    rmdirSync(path);
    throw error ?? new Error(stderr.trim());
  }

  /** Why nothing can be mounted here (it takes root on Linux, and a container may have taken the right from root too); null where it can. */
  static refusal(): string | null {
    try {
      SmallFileSystem.mount(4096, { uid: 0, gid: 0 }).unmount();
      return null;
    } catch (error) {
      return (error as Error).message.replaceAll(/\s+/g, ' ');
    }
  }

  /** Takes all room but so many bytes. */
  fillUpTo(left: number): void {
    const { bavail, bsize } = statfsSync(this.path);
    writeFileSync(this.ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  }

  /** Gives back what was taken. */
  free(): void {
    rmSync(this.ballast, { force: true });
  }

  unmount(): void {
    // Detached at once, and gone when the last file in it is closed: the server may hold one for a moment yet.
    const { status, error, stderr } = spawnSync('umount', ['-l', this.path], { encoding: 'utf8' });
    if (status !== 0) throw error ?? new Error(stderr.trim());
    rmdirSync(this.path);
  }
}
