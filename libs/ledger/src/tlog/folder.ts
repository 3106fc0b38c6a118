import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder that a setting names, with those above it. Not by Node's recursive mkdir, which never ends where a parent is there and a folder
 * in it can never be (`/proc/x`), and hears no signal meanwhile.
 * @throws Error that says which folder cannot be made, and why
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
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
