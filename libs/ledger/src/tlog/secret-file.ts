import { randomBytes } from 'node:crypto';
import { link, mkdir, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readIfThere } from './durable-file.js';
import { SECRET_BYTES } from './signing-keys.js';

/** The secrets in a file, one per line. A missing file is created with one secret. */
export async function secretsIn(path: string): Promise<Buffer[]> {
  const text = await readIfThere(path);
  if (text === null) {
    await makeSecret(path);
    return secretsIn(path);
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

/** If two processes start at once, one creates the file, complete as soon as it exists, and both use it. */
async function makeSecret(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
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
