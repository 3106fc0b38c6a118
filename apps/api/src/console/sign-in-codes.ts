import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { digestOf } from '../access/tokens.js';

/** Long enough to open the printed address, short enough to be worthless in an old log. */
const LIFETIME_MS = 15 * 60_000;

/** The token and workspace behind a code. */
interface Entry {
  readonly token: string;
  readonly workspace: string | undefined;
}

/** One-time codes that each represent a token for a short time. They live only in this process and are never stored. */
@Injectable()
export class SignInCodes {
  private readonly entries = new Map<string, Entry & { readonly endsAt: number }>();

  /** A new code for `token`: 128 random bits. `workspace`: the one it opens; the token's own by default. */
  issue(token: string, workspace?: string): string {
    const code = randomBytes(16).toString('base64url');
    this.entries.set(digestOf(code), { token, workspace, endsAt: Date.now() + LIFETIME_MS });
    return code;
  }

  /** Redeems the code, which is then invalid. */
  redeem(code: string): Entry | undefined {
    const digest = digestOf(code);
    const found = this.entries.get(digest);
    this.entries.delete(digest);
    return found !== undefined && found.endsAt > Date.now() ? found : undefined;
  }
}
