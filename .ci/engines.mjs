import { readFileSync } from 'node:fs';
import semver from 'semver';

/*
 * Every production package takes every Node that package.json claims (`engines`): the newest and the oldest of each line that is
 * claimed. Exits with 1 and names each package that excludes one. Optional packages are those of other platforms.
 */
const read = (/** @type {string} */ file) =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const { engines } = read('package.json');
const { packages } = read('package-lock.json');

/** The oldest Node of each part of a claimed range, and one late version of each line that is tested. */
const claimed = [
  ...new semver.Range(engines.node).set.map(
    (part) => semver.minVersion(part.map(String).join(' '))?.version ?? '',
  ),
  '20.20.2',
  '22.22.0',
  '24.15.0',
  '26.0.0',
].filter((version) => semver.satisfies(version, engines.node));

const excluding = Object.entries(packages).flatMap(
  ([path, { dev, optional, devOptional, engines: its, version }]) => {
    const range = its?.node;
    if (path === '' || dev || optional || devOptional || range === undefined) return [];
    const missing = claimed.filter((node) => !semver.satisfies(node, range));
    return missing.length === 0
      ? []
      : [
          `${path.replace(/^.*node_modules\//, '')}@${version} (${range}) excludes Node ${missing.join(', ')}`,
        ];
  },
);
if (excluding.length > 0) {
  process.stderr.write(`package.json claims Node ${engines.node}, but:\n${excluding.join('\n')}\n`);
  process.exitCode = 1;
}
