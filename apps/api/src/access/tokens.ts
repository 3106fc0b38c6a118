import { randomBytes } from 'node:crypto';
import { sha256 } from '@casebook/ledger';

/** A new bearer token: 256 random bits after a prefix that secret scanners recognize. */
export const newToken = (): string => `casebook_${randomBytes(32).toString('base64url')}`;

/** The SHA-256 of a bearer token in lower-case hex; the token itself is never stored. */
export const digestOf = (token: string): string => sha256(token).toString('hex');

/** The token in an Authorization header (RFC 6750 §2.1), if it is not too long. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,8000})$/i.exec(authorization ?? '')?.[1];
