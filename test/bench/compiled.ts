import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../apps/cli/casebook.mjs', import.meta.url));

/** Compiles the service, if it is older than its sources: the command does so before anything else. */
export function compileService(): void {
  const compiled = spawnSync(process.execPath, [COMMAND, '--help']);
  if (compiled.status !== 0) throw new Error(compiled.stderr.toString());
}

/**
 * Compiles a program of this folder, and the files of this folder that it imports, to run on the compiled service: a compiler in its own
 * process would weigh more than all else. Gives the program's path.
 *
 * @param files without their ending, the program first.
 */
export function compileProgram(files: readonly string[]): string {
  compileService();
  const folder = `${ROOT}dist/test/bench`;
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const filename = `${ROOT}test/bench/${file}.ts`;
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, cwd: ROOT });
    writeFileSync(
      `${folder}/${file}.js`,
      code.replace(/(?<=from ')@casebook\/(\w+)(?=')/g, '../../libs/$1/src/index.js'),
    );
  }
  return `${folder}/${files[0]}.js`;
}
