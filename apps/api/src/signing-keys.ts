import { join, resolve } from 'node:path';
import { secretsIn, SignedRecord, SigningKeys } from '@casebook/ledger';
import type { Settings } from './settings.js';

/** Only its owner reads it. Whoever has it can sign checkpoints in our name. */
const FILE = 'signing-key';

/** The keys from the environment, else from `signing-key` in CASEBOOK_HOME, made on the first start: one secret a line, the current one first. */
export async function openSigningKeys({
  home,
  origin,
  signingSecrets,
}: Pick<Settings, 'home' | 'origin' | 'signingSecrets'>): Promise<SigningKeys> {
  return new SigningKeys(
    signingSecrets.length > 0 ? signingSecrets : await secretsIn(join(home, FILE)),
    origin,
  );
}

/** What was signed, in files beside the key: a database that is put back to an older state does not take them along. */
export const openSignedRecord = ({ home }: Pick<Settings, 'home'>): SignedRecord =>
  new SignedRecord(resolve(home, 'signed-checkpoints'));
