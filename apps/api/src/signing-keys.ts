import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { secretsIn, SignedRecord, SigningKeys } from '@casebook/ledger';
import type { Settings } from './settings.js';

/** Readable only by its owner. Anyone who has it can sign checkpoints in the service's name. */
export const SIGNING_KEY_FILE = 'signing-key';

/** Also in CASEBOOK_HOME. */
export const SIGNED_RECORD_FOLDER = 'signed-checkpoints';

/** The keys from the environment, or else from `signing-key` in CASEBOOK_HOME, created on the first start: one secret per line, the current one first. */
export async function openSigningKeys({
  home,
  origin,
  signingSecrets,
}: Pick<Settings, 'home' | 'origin' | 'signingSecrets'>): Promise<SigningKeys> {
  return new SigningKeys(
    signingSecrets.length > 0 ? signingSecrets : await secretsIn(join(home, SIGNING_KEY_FILE)),
    origin,
  );
}

/** The same for commands that create no key: without one, nothing can be signed. */
export async function presentSigningKeys(
  settings: Pick<Settings, 'home' | 'origin' | 'signingSecrets'>,
): Promise<SigningKeys> {
  const path = join(settings.home, SIGNING_KEY_FILE);
  return settings.signingSecrets.length > 0 || existsSync(path)
    ? openSigningKeys(settings)
    : new MissingKeys(resolve(path), settings.origin);
}

class MissingKeys extends SigningKeys {
  constructor(
    private readonly path: string,
    origin: string,
  ) {
    super([Buffer.alloc(32)], origin);
  }

  override signers(): never {
    throw new Error(
      `There is no signing key in ${this.path}, and this command does not create one. Give the service’s key: set CASEBOOK_HOME or CASEBOOK_SIGNING_KEY.`,
    );
  }
}

/** The record of signed checkpoints, in files beside the key: restoring an older database does not revert them. */
export const openSignedRecord = ({ home }: Pick<Settings, 'home'>): SignedRecord =>
  new SignedRecord(resolve(home, SIGNED_RECORD_FOLDER));
