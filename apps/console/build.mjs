import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, 'dist/console');
const SOURCES = ['apps/console', 'libs/client/src', 'package-lock.json'];

/** The latest change, in ms since 1970, of a file or anything in a folder. */
function lastChange(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => lastChange(join(path, name))), found.mtimeMs);
}

/**
 * Builds the console into `dist/console`, unless what is there is newer than its sources. Builds aside and moves into place, so that two
 * processes that build at the same time do not spoil each other's files.
 *
 * @param {(line: string) => void} report
 */
async function buildConsole(report) {
  const page = join(built, 'index.html');
  const newest = Math.max(...SOURCES.map((path) => lastChange(join(root, path))));
  if (existsSync(page) && statSync(page).mtimeMs >= newest) return;
  report('Building the console (once, and after changes) …');
  // Vite would otherwise take in the development build of React where the caller runs under NODE_ENV=test or development.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const aside = join(root, `dist/console.${process.pid}`);
  await build({
    configFile: join(root, 'apps/console/vite.config.mjs'),
    logLevel: 'error',
    build: { outDir: aside },
  });
  mkdirSync(dirname(built), { recursive: true });
  rmSync(built, { recursive: true, force: true });
  renameSync(aside, built);
}

await buildConsole((line) => process.stderr.write(`${line}\n`));
