import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Length of a payload's salt, and of what a UUID is made of, in bytes. */
export const SALT_BYTES = 16;

const DRAWN_AT_ONCE = 512;
let drawn = Buffer.alloc(0);

/** 16 fresh random bytes. Drawn for many at a time: a call for each would cost more than all hashing of an event. */
export function newSalt(): Buffer {
  // Never filled anew: whoever was given a part of it may still use it.
  if (drawn.length === 0) drawn = randomFillSync(Buffer.allocUnsafeSlow(DRAWN_AT_ONCE * SALT_BYTES));
  const salt = drawn.subarray(0, SALT_BYTES);
  drawn = drawn.subarray(SALT_BYTES);
  return salt;
}

const rng = { rng: newSalt };

/** A UUIDv7 (RFC 9562): rises with time, so that an index of them grows at its end. */
export function newId(): string {
  return v7(rng);
}
