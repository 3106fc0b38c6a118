import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const CONSOLE_DIRECTORY = fileURLToPath(new URL('../../dist/console', import.meta.url));

/** Builds the console where its sources are newer than what was built. */
export function buildConsole(): string {
  const { status } = spawnSync(process.execPath, ['apps/console/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the console cannot be built');
  return CONSOLE_DIRECTORY;
}

/** The script that the page asks for by itself, and what that imports, gzipped; what is loaded when something is opened is not in it. */
export function firstLoadKb(directory: string): number {
  const seen = new Set<string>();
  const take = (name: string): number => {
    if (seen.has(name)) return 0;
    seen.add(name);
    const source = readFileSync(join(directory, 'assets', name), 'utf8');
    const imported = [...source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(
      ([, file = '']) => file,
    );
    return gzipSync(source).length / 1000 + imported.reduce((sum, file) => sum + take(file), 0);
  };
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].reduce(
    (sum, [, file = '']) => sum + take(file),
    0,
  );
}
