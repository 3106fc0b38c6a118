import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const CONSOLE_DIRECTORY = fileURLToPath(new URL('../../dist/console', import.meta.url));

/** Builds the console where its sources are newer than what was built. */
export function buildConsole(): string {
  const { status } = spawnSync(process.execPath, ['apps/console/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the console cannot be built');
  return CONSOLE_DIRECTORY;
}
