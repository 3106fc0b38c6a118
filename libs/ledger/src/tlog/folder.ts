import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder named by a setting, with its parents. Not with Node's recursive mkdir, which never returns, even
 * on a signal, if a parent exists in which no folder can be created (`/proc/x`).
 * @throws Error naming the folder that cannot be created, and why
 */
export function makeFolder(folder: string, setting = 'CASEBOOK_HOME'): void {
  const path = resolve(folder);
  try {
    makeWithin(path);
  } catch (error) {
    throw new Error(
      `The folder ${path} cannot be made: ${(error as Error).message}. Choose another one (${setting}).`,
      { cause: error },
    );
  }
}

function makeWithin(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found !== undefined) throw new Error('there is a file of that name');
  if (dirname(path) !== path) makeWithin(dirname(path));
  try {
    mkdirSync(path, { mode: 0o711 });
  } catch (error) {
    // Another process may have created it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
