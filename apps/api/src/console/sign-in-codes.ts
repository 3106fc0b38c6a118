import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { digestOf } from '../access/tokens.js';

/** Long enough to open the printed address, short enough to be worthless in an old log. */
const LIFETIME_MS = 15 * 60_000;

/** Codes that stand for a token once, for a short while. They live in this process alone and are never stored. */
@Injectable()
export class SignInCodes {
  private readonly tokens = new Map<string, { readonly token: string; readonly endsAt: number }>();

  /** A new code for `token`: 128 random bits. */
  issue(token: string): string {
    const code = randomBytes(16).toString('base64url');
    this.tokens.set(digestOf(code), { token, endsAt: Date.now() + LIFETIME_MS });
    return code;
  }

  /** The token that the code stands for; afterwards it stands for nothing. */
  redeem(code: string): string | undefined {
    const digest = digestOf(code);
    const found = this.tokens.get(digest);
    this.tokens.delete(digest);
    return found !== undefined && found.endsAt > Date.now() ? found.token : undefined;
  }
}
