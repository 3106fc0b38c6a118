import * as crypto from 'node:crypto';

/** One-shot where Node has it (20.12): about half the cost of a Hash object on inputs of this size. */
const oneShot = (crypto as { hash?: typeof crypto.hash }).hash;

/**
 * SHA-256 of the bytes, or of the text in UTF-8: 32 bytes that are the caller's own. By way of a string, because a Buffer that crypto makes has a memory
 * block of its own, which costs as much as the hash; one made here is a slice of Node's pool.
 */
export const sha256: (data: Buffer | string) => Buffer = oneShot
  ? (data) => Buffer.from(oneShot('sha256', data, 'binary'), 'binary')
  : (data) => crypto.createHash('sha256').update(data).digest();
