import { readdirSync, readFileSync } from 'node:fs';

/**
 * The packages that users of a release get: those of production, and those that the console is bundled from with all that they need.
 * Each by its path in the lock file, with its entry there. Build tools and tests are not among them.
 */
const root = new URL('../', import.meta.url);
const read = (/** @type {string} */ file) => readFileSync(new URL(file, root), 'utf8');
/** @type {{packages: Record<string, any>}} */
const { packages } = JSON.parse(read('package-lock.json'));

/** The packages that the console's sources import. */
function bundled() {
  const folder = 'apps/console/src/';
  const names = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name) && !/\.spec\.tsx?$/u.test(name))
    .flatMap((name) => [...read(folder + name).matchAll(/^(?:import|export)[^;]*? from '([^'.][^']*)'/gmu)])
    .map(([, from]) => /^(?:@[^/]+\/)?[^/]+/u.exec(from ?? '')?.[0] ?? '');
  return new Set(names.filter((name) => packages[`node_modules/${name}`] !== undefined));
}

/** Where Node finds a package from a path of the lock file; `undefined` if it is not installed. */
function found(/** @type {string} */ from, /** @type {string} */ name) {
  const folders = from.split('/node_modules/');
  return folders
    .map(
      (_, depth) => `${folders.slice(0, folders.length - depth).join('/node_modules/')}/node_modules/${name}`,
    )
    .concat(`node_modules/${name}`)
    .find((path) => packages[path] !== undefined);
}

export function shippedPackages() {
  const shipped = new Map(
    Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional),
  );
  const waiting = [...bundled()].map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (shipped.has(path)) continue;
    const entry = packages[path];
    shipped.set(path, entry);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.peerDependencies })) {
      const next = found(path, name);
      if (next !== undefined) waiting.push(next);
    }
  }
  return shipped;
}

/** `react` of `node_modules/a/node_modules/react`. */
export const nameOf = (/** @type {string} */ path) => path.replace(/^.*node_modules\//u, '');
