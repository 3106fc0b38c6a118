import { randomFillSync, randomUUID } from 'node:crypto';

/** Length of a payload's salt, in bytes. */
export const SALT_BYTES = 16;

/** Drawn in bulk: a call for each salt would cost more than all hashing of an event. */
const DRAWN_AT_ONCE = 8192;
const draw = (): Buffer => randomFillSync(Buffer.allocUnsafeSlow(DRAWN_AT_ONCE));

let bytes = draw();
let used = 0;

/** 16 fresh random bytes. */
export function newSalt(): Buffer {
  if (used === bytes.length) {
    // Never refilled, because slices handed out earlier may still be in use.
    bytes = draw();
    used = 0;
  }
  used += SALT_BYTES;
  return bytes.subarray(used - SALT_BYTES, used);
}

let millisecond = 0;
let prefix = '';

/**
 * A UUIDv7 (RFC 9562 section 5.7): milliseconds since 1970, then the random end of a UUIDv4, which has the same variant at the same
 * place. Increases with time, so an index on it grows at its end.
 */
export function newId(): string {
  const now = Date.now();
  if (now !== millisecond) {
    millisecond = now;
    const time = now.toString(16).padStart(12, '0');
    prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  }
  return prefix + randomUUID().slice(prefix.length);
}
