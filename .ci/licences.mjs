import { nameOf, shippedPackages } from './shipped.mjs';

/*
 * Every package that a release contains has a licence that may be passed on under Apache-2.0. Exits with 1 and names each other one: look at
 * it, then add it here or take another package.
 */
const ALLOWED = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT-0',
  ],
  ...['Python-2.0', 'Unlicense', 'Zlib'],
]);
/** Packages whose package.json does not say it in SPDX, after a look at their licence file. */
const LOOKED_AT = new Map([['duck', 'BSD']]);

/** Of `A OR B` one is enough; of `A AND B` each has to be allowed. */
const isAllowed = (/** @type {string} */ expression) =>
  expression
    .replaceAll(/[()]/gu, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => ALLOWED.has(licence.trim())));

const refused = [...shippedPackages()].filter(
  ([path, { license }]) => !isAllowed(license ?? '') && LOOKED_AT.get(nameOf(path)) !== license,
);
for (const [path, { license, version }] of refused)
  process.stderr.write(
    `${nameOf(path)}@${version}: the licence ${license ?? '(none)'} is not in the list of .ci/licences.mjs\n`,
  );
process.exitCode = refused.length > 0 ? 1 : 0;
