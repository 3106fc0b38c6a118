#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs the `casebook` command from its sources: compiles them first where they are newer than what was compiled, and then
// goes on in this same process, so that signals and the exit code are the command's own.
const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist/casebook/main.js');
const stamp = join(root, 'dist/.compiled');

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

// An image holds what was compiled and no sources.
if (existsSync(join(root, 'nest-cli.json')) && !isCompiled()) {
  process.stderr.write('Compiling Casebook (once, and after changes) …\n');
  const begun = new Date();
  const compiled = spawnSync('npx', ['nest', 'build', 'cli'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (compiled.status !== 0) process.exit(compiled.status ?? 1);
  await import('./bundle.mjs');
  // Stamped with the time before, so that what changed meanwhile is compiled the next time.
  writeFileSync(stamp, `${begun.toISOString()}\n`);
  utimesSync(stamp, begun, begun);
}

// Only the service shows the console; the build looks itself whether there is anything to build.
const consoleBuild = join(root, 'apps/console/build.mjs');
if (process.argv[2] === 'serve' && existsSync(consoleBuild)) {
  const built = spawnSync(process.execPath, [consoleBuild], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

await import('../../dist/casebook/main.js');
