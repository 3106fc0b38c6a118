import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { digestOf } from '../access/tokens.js';

/** Long enough to open the printed address, short enough to be worthless in an old log. */
const LIFETIME_MS = 15 * 60_000;

/** Whom a code lets in, and where to. */
interface Entry {
  readonly token: string;
  readonly workspace: string | undefined;
}

/** Codes that stand for a token once, for a short while. They live in this process alone and are never stored. */
@Injectable()
export class SignInCodes {
  private readonly entries = new Map<string, Entry & { readonly endsAt: number }>();

  /** A new code for `token`: 128 random bits. `workspace`: the one that it opens; the token's own unless given. */
  issue(token: string, workspace?: string): string {
    const code = randomBytes(16).toString('base64url');
    this.entries.set(digestOf(code), { token, workspace, endsAt: Date.now() + LIFETIME_MS });
    return code;
  }

  /** What the code stands for; afterwards it stands for nothing. */
  redeem(code: string): Entry | undefined {
    const digest = digestOf(code);
    const found = this.entries.get(digest);
    this.entries.delete(digest);
    return found !== undefined && found.endsAt > Date.now() ? found : undefined;
  }
}
