import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { processIdentity } from './process-identity.js';

/** Another living process holds the directory. */
export class DirectoryInUseError extends Error {
  override name = 'DirectoryInUseError';
}

interface Owner {
  pid: number;
  identity: string | null;
}

/**
 * Makes this process the only owner of the file `path`, until the returned function is called or the process
 * ends, however it ends: a file left by a dead process is taken over.
 *
 * Throws {@link DirectoryInUseError} while another process, or this one, is the owner.
 */
export function claimOwnership(path: string): () => void {
  const own = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const content = JSON.stringify({
    pid: process.pid,
    identity: processIdentity(process.pid),
  } satisfies Owner);
  writeFileSync(own, content, { mode: 0o600 });
  try {
    for (;;) {
      // link(2) fails if the name exists, so exactly one of several processes gets it, with its content
      // complete.
      if (link(own, path)) {
        return () => {
          if (readText(path) === content) rmSync(path, { force: true });
        };
      }
      const seen = readText(path);
      if (seen === null) continue;
      const owner = parseOwner(seen);
      if (owner !== null && processIdentity(owner.pid) === owner.identity) {
        throw new DirectoryInUseError(`process ${owner.pid} is using it`);
      }
      setAside(path, seen);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes the dead owner's file, unless another process has replaced it meanwhile. */
function setAside(path: string, dead: string): void {
  const aside = `${path}.stale-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readText(aside) !== dead) link(aside, path);
  rmSync(aside, { force: true });
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return null;
  }
}
