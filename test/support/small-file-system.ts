import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory, no larger than is asked for: one that a test may fill to the last byte. Whoever mounts it unmounts it. */
export class SmallFileSystem {
  private readonly ballast: string;

  private constructor(readonly path: string) {
    this.ballast = join(path, 'ballast');
  }

  /** @param owner whom its one folder belongs to, closed to everybody else. */
  static mount(bytes: number, owner: { readonly uid: number; readonly gid: number }): SmallFileSystem {
    const path = mkdtempSync(join(tmpdir(), 'casebook-small-'));
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
