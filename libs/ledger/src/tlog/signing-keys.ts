import { hkdfSync } from 'node:crypto';
import { type NoteSigner, noteSigner } from './signed-note.js';

/** The length of a secret, in bytes. */
export const SECRET_BYTES = 32;

/**
 * The keys that sign checkpoints. Each workspace has its own Ed25519 key, derived from the installation's
 * secret (HKDF-SHA256, RFC 5869, with the workspace's origin as info), so that a single secret is kept and
 * backed up, and one workspace's key reveals nothing about another's. The first of several secrets is the
 * current one; the others still sign, so that an auditor who knows only the old key can check, and learn to
 * trust the new one.
 */
export class SigningKeys {
  constructor(
    private readonly secrets: readonly Buffer[],
    /** The common prefix of all workspaces' origins: a host name, or a URL without its scheme. */
    readonly installation: string,
  ) {
    if (secrets.length === 0 || secrets.some((secret) => secret.length !== SECRET_BYTES)) {
      throw new Error(`a signing secret has ${SECRET_BYTES} bytes, and there is at least one`);
    }
  }

  /** The name of a workspace's ledger, in its checkpoints and keys. */
  origin(workspaceId: string): string {
    return `${this.installation}/${workspaceId}`;
  }

  /** The current key first. */
  signers(workspaceId: string): NoteSigner[] {
    const origin = this.origin(workspaceId);
    return this.secrets.map((secret) => {
      const seed = hkdfSync('sha256', secret, Buffer.alloc(0), `casebook checkpoint ${origin}`, 32);
      return noteSigner(origin, Buffer.from(seed));
    });
  }
}
