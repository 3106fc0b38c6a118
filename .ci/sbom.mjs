import { spawnSync } from 'node:child_process';
import { nameOf, shippedPackages } from './shipped.mjs';

/* Prints the bill of materials of a release: npm's own CycloneDX document of the lock file, cut down to the packages that are shipped. */
const { stdout, status } = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
  {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
if (status !== 0) process.exit(status ?? 1);
const bill = JSON.parse(stdout);
const shipped = new Set([...shippedPackages()].map(([path, { version }]) => `${nameOf(path)}@${version}`));
const { component } = bill.metadata;
// npm calls it by the folder that it lies in.
component.name = 'casebook';
const isShipped = (/** @type {string} */ ref) => ref === component['bom-ref'] || shipped.has(ref);
// What the console is bundled from is a development dependency of npm's, and part of the release.
const development = 'cdx:npm:package:development';
bill.components = bill.components
  .filter((/** @type {any} */ { name, version }) => shipped.has(`${name}@${version}`))
  .map((/** @type {any} */ { properties, ...rest }) => ({
    ...rest,
    scope: 'required',
    properties: properties?.filter((/** @type {any} */ { name }) => name !== development),
  }));
const refs = new Set(bill.components.map((/** @type {any} */ each) => each['bom-ref']));
bill.dependencies = bill.dependencies
  .filter((/** @type {any} */ { ref }) => isShipped(ref) || refs.has(ref))
  .map((/** @type {any} */ { ref, dependsOn }) => ({
    ref,
    dependsOn: dependsOn?.filter((/** @type {string} */ other) => refs.has(other)),
  }));
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
