import { createHmac, randomBytes } from 'node:crypto';

/*
 * Standard Webhooks 1.0.0 (standardwebhooks.com): the secret is `whsec_` and base64 of 24 to 64 bytes, the signature
 * `v1,` and base64 of HMAC-SHA256 over id, timestamp and body, separated by dots.
 */

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** The headers of one attempt. `id` stays the same in every attempt, so that a receiver can recognise a repetition. */
export function signedHeaders(
  secret: string,
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
