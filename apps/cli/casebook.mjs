#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs the `casebook` command from its sources: compiles them first where they are newer than what was compiled, and then
// goes on in this same process, so that signals and the exit code are the command's own.
const root = fileURLToPath(new URL('../../', import.meta.url));

// An image holds what was compiled and no sources.
if (existsSync(join(root, 'apps/cli/build.mjs'))) await import('./build.mjs');

// Only the service shows the console; the build looks itself whether there is anything to build.
const consoleBuild = join(root, 'apps/console/build.mjs');
if (process.argv[2] === 'serve' && existsSync(consoleBuild)) {
  const built = spawnSync(process.execPath, [consoleBuild], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

await import('../../dist/casebook/main.js');
