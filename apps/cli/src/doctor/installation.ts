import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secretsIn } from '@casebook/ledger';
import {
  InvalidSettings,
  readSettings,
  type Settings,
  SIGNING_KEY_FILE,
  strangeSettings,
} from '../../../api/src/index.js';
import { readPolicyFile } from '../policy-file.js';
import { bytes, fail, type Finding, ok, warn } from './finding.js';

/** Release lines of Node that no longer get security fixes; https://nodejs.org/en/about/previous-releases. */
const ENDED = ['20'];

export function examineNode(running = process.versions.node): Finding {
  const { engines } = JSON.parse(readFileSync(manifest(), 'utf8')) as { readonly engines: { node: string } };
  if (!isWithin(engines.node, running))
    return fail('Node', `Node ${running} is not supported.`, `Install Node ${engines.node}.`);
  return ENDED.includes(running.split('.')[0]!)
    ? warn('Node', `Node ${running} no longer gets security fixes.`, 'Install Node 24.')
    : ok('Node', `Node ${running}.`);
}

/** Whether a version is in a range as in package.json: `^a.b.c` and `>=a.b.c`, with `||` between. */
const isWithin = (range: string, version: string): boolean =>
  range.split('||').some((part) => {
    const least = part.trim().replace(/^(?:\^|>=)/, '');
    const isNewEnough = version.localeCompare(least, 'en', { numeric: true }) >= 0;
    return isNewEnough && (part.trim().startsWith('>=') || version.split('.')[0] === least.split('.')[0]);
  });

/** The package.json above this file, compiled or not. */
function manifest(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'package.json');
}

/** `settings` is absent if they cannot be used. */
export function examineSettings(variables: NodeJS.ProcessEnv): {
  readonly findings: readonly Finding[];
  readonly settings?: Settings;
} {
  const strange = strangeSettings(variables).map((sentence) =>
    warn('settings', `${sentence}.`, 'Correct its name, or remove it.'),
  );
  try {
    const settings = readSettings(variables);
    return {
      settings,
      findings: [...strange, ...(strange.length === 0 ? [ok('settings', 'All settings are valid.')] : [])],
    };
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    const wrong = error.message
      .split('\n')
      .map((line) => fail('settings', `${line}.`, 'Correct the variable; the README has the table.'));
    return { findings: [...strange, ...wrong] };
  }
}

export function examineHome({ home, databaseUrl }: Settings): Finding {
  const path = resolve(home);
  if (!existsSync(path))
    return databaseUrl === undefined
      ? fail('home', `There is no folder ${path}.`, 'Start the service once, or set CASEBOOK_HOME.')
      : warn('home', `There is no folder ${path}.`, 'The first start creates it; or set CASEBOOK_HOME.');
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fail('home', `This user may not write to ${path}.`, 'Give the folder to the service’s user.');
  }
  return ok('home', `${path} can be written.`);
}

/** The share and the number of bytes of a disk that should be free. */
const FREE_SHARE = 0.1;
const FREE_BYTES = 2_000_000_000;
/** Below this PostgreSQL and the signing record soon cannot write. */
const FULL_BYTES = 200_000_000;

/** The disk that holds a folder; none if the folder does not exist. */
export function examineDisk(what: string, folder: string): Finding[] {
  if (!existsSync(folder)) return [];
  const { bavail, blocks, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const found = `${bytes(free)} of ${bytes(blocks * bsize)} are free for ${what} (${folder}).`;
  const todo = 'Make room, or move the folder to a larger disk.';
  if (free < FULL_BYTES) return [fail('disk', found, todo)];
  if (free < FREE_BYTES || bavail < FREE_SHARE * blocks) return [warn('disk', found, todo)];
  return [ok('disk', found)];
}

/** Checks the secrets that sign checkpoints and where they are kept. */
export async function examineKeyFile({ home, signingSecrets }: Settings): Promise<{
  readonly findings: readonly Finding[];
  readonly secrets: readonly Buffer[];
}> {
  if (signingSecrets.length > 0)
    return {
      secrets: signingSecrets,
      findings: [ok('signing key', 'The key is given by CASEBOOK_SIGNING_KEY.')],
    };
  const path = resolve(home, SIGNING_KEY_FILE);
  if (!existsSync(path))
    return {
      secrets: [],
      findings: [
        warn(
          'signing key',
          `There is no key in ${path}.`,
          'The first start creates one. If this ledger was signed before, restore its key from the backup.',
        ),
      ],
    };
  try {
    const secrets = await secretsIn(path);
    const mode = statSync(path).mode & 0o777;
    return {
      secrets,
      findings: [
        (mode & 0o077) === 0
          ? ok('signing key', `Only its owner may read ${path}.`)
          : fail(
              'signing key',
              `Others may read ${path} (mode ${mode.toString(8)}), and sign in your name.`,
              `chmod 600 ${path}. If somebody may have read it, change the key (docs/audit.md).`,
            ),
      ],
    };
  } catch (error) {
    return {
      secrets: [],
      findings: [
        fail(
          'signing key',
          (error as Error).message,
          'Restore the key from the backup, and let this user read it.',
        ),
      ],
    };
  }
}

export async function examinePolicy({ witnessPolicy }: Settings): Promise<Finding[]> {
  if (witnessPolicy === undefined) return [];
  try {
    const { witnesses } = await readPolicyFile(witnessPolicy);
    return [ok('witnesses', `${witnessPolicy} names ${witnesses.length}.`)];
  } catch (error) {
    return [fail('witnesses', (error as Error).message, 'Correct the file of CASEBOOK_WITNESS_POLICY.')];
  }
}
