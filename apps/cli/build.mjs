import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Compiles the service and the command line to `dist`, and joins them in `dist/casebook`, unless the sources are older than that.
const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist/casebook/main.js');
const stamp = join(root, 'dist/.compiled');

// Packages of many small modules, joined with our own in few files: loading the service reads 2,600 files without this, and takes twice as
// much CPU. Other packages stay where they are, because some look for files beside their own.
const JOINED =
  /^(@nestjs\/(common|core|cqrs|mapped-types|platform-fastify|swagger)|commander|csv-[a-z]+|edtf|es-toolkit|iterare|jose|rxjs|zod)(\/|$)/;

/** The latest change, in ms since 1970, of anything that the compiled program depends on. */
function lastChange(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => lastChange(join(path, name))), found.mtimeMs);
}

function isCompiled() {
  if (!existsSync(program) || !existsSync(stamp)) return false;
  const sources = [
    'apps/api',
    'apps/cli',
    'libs',
    'migrations',
    'package-lock.json',
    'tsconfig.json',
    'nest-cli.json',
  ];
  return Math.max(...sources.map((path) => lastChange(join(root, path)))) <= statSync(stamp).mtimeMs;
}

function compile() {
  const compiled = spawnSync('npx', ['nest', 'build', 'cli'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (compiled.status !== 0) process.exit(compiled.status ?? 1);
}

async function bundle() {
  const { rolldown } = await import('rolldown');
  const compiled = (path) => `${root}dist/${path}`;
  const joined = await rolldown({
    cwd: root,
    input: {
      main: compiled('apps/cli/src/main.js'),
      api: compiled('apps/api/src/index.js'),
      'extraction.worker': compiled('libs/exchange/src/documents/extraction.worker.js'),
    },
    platform: 'node',
    external: (id, importer) => !/^[./]/.test(id) && !JOINED.test(id) && importer !== undefined,
  });
  // Built aside and moved into place, so that two processes that build at the same time do not spoil each other's files.
  const [built, aside] = [`${root}dist/casebook`, `${root}dist/casebook.${process.pid}`];
  await joined.write({ dir: aside, format: 'esm', keepNames: true });
  rmSync(built, { recursive: true, force: true });
  renameSync(aside, built);
}

if (!isCompiled()) {
  process.stderr.write('Compiling Casebook (once, and after changes) …\n');
  const begun = new Date();
  compile();
  await bundle();
  // Stamped with the time before, so that what changed meanwhile is compiled the next time.
  writeFileSync(stamp, `${begun.toISOString()}\n`);
  utimesSync(stamp, begun, begun);
}
