import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECRET_BYTES, SigningKeys } from '@casebook/ledger';
import type { Settings } from './settings.js';

/** Only its owner reads it. Whoever has it can sign checkpoints in our name. */
const FILE = 'signing-key';

/** The keys from the environment, else from `signing-key` in CASEBOOK_HOME, made on the first start: one secret a line, the current one first. */
export async function openSigningKeys({
  home,
  origin,
  signingSecrets,
}: Pick<Settings, 'home' | 'origin' | 'signingSecrets'>): Promise<SigningKeys> {
  return new SigningKeys(signingSecrets.length > 0 ? signingSecrets : await secretsIn(home), origin);
}

async function secretsIn(home: string): Promise<Buffer[]> {
  const path = join(home, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) {
    await makeSecret(home, path);
    return secretsIn(home);
  }
  const secrets = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'));
  if (secrets.length === 0 || secrets.some((secret) => secret.length !== SECRET_BYTES)) {
    throw new Error(
      `${path} does not hold signing keys: ${SECRET_BYTES} bytes in base64 on each line. Restore it from a backup.`,
    );
  }
  return secrets;
}

/** Of two processes that start at once one makes the file, complete as soon as it is there, and both use it. */
async function makeSecret(home: string, path: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const own = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(own, `${randomBytes(SECRET_BYTES).toString('base64')}\n`, { mode: 0o600 });
  try {
    await link(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(own);
  }
}
