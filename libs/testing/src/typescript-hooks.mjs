import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve as resolvePath } from 'node:path';
import { transform } from '@swc/core';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** @type {Record<string, string[]>} */
const aliases = JSON.parse(readFileSync(resolvePath(root, 'tsconfig.json'), 'utf8')).compilerOptions.paths;

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const alias = aliases[specifier]?.[0];
  if (alias !== undefined) return { url: pathToFileURL(resolvePath(root, alias)).href, shortCircuit: true };
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return nextResolve(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(readFileSync(filename, 'utf8'), { filename, cwd: root });
  return { format: 'module', source: code, shortCircuit: true };
}
