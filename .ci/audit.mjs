// Fails where a package that we ship has a known vulnerability that is high or critical. A registry that does not answer, or knows no
// advisories, fails nothing: then it says so.
import { spawnSync } from 'node:child_process';
import { shippedPackages } from './shipped.mjs';

const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=15000'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}
if (report.vulnerabilities === undefined || report.metadata === undefined) {
  process.stdout.write(
    'npm audit: the registry did not answer, so known vulnerabilities were not looked up.\n',
  );
} else {
  const shipped = shippedPackages();
  const grave = Object.values(report.vulnerabilities).filter(
    ({ severity, nodes }) =>
      ['high', 'critical'].includes(severity) &&
      nodes.some((/** @type {string} */ path) => shipped.has(path)),
  );
  for (const { name, severity, range } of grave)
    process.stderr.write(`npm audit: ${name} ${range}: ${severity}\n`);
  process.exitCode = grave.length > 0 ? 1 : 0;
}
