import * as crypto from 'node:crypto';

/** One-shot if Node has it (20.12): about half the cost of a Hash object for inputs of this size. */
const oneShot = (crypto as { hash?: typeof crypto.hash }).hash;

/**
 * SHA-256 of the bytes, or of the text in UTF-8: 32 bytes owned by the caller. Goes through a string, because a
 * Buffer from crypto has its own memory block, which costs as much as the hash; one made here is a slice of Node's
 * pool.
 */
export const sha256: (data: Buffer | string) => Buffer = oneShot
  ? (data) => Buffer.from(oneShot('sha256', data, 'binary'), 'binary')
  : (data) => crypto.createHash('sha256').update(data).digest();

/** Bytes of a SHA-256. */
export const SHA256_BYTES = 32;

/** Writes the SHA-256 of the text in UTF-8 into a buffer: for many hashes, a Buffer each would cost more than the hashing. */
export const writeSha256: (target: Buffer, at: number, text: string) => void = oneShot
  ? (target, at, text) => void target.write(oneShot('sha256', text, 'binary'), at, 'latin1')
  : (target, at, text) => void sha256(text).copy(target, at);

/** A UUID (RFC 9562 §5.8, version 8) from the first 122 usable bits of a digest: an id derived from content. */
export const uuidOf = (digest: Uint8Array): string => uuidText(digest, 8);

/** The UUID of a name in a namespace (RFC 9562 §5.5, version 5), which uses SHA-1: an id for other systems, not a proof. */
export const uuidOfName = (namespace: Uint8Array, name: string): string =>
  uuidText(crypto.createHash('sha1').update(namespace).update(name, 'utf8').digest(), 5);

function uuidText(digest: Uint8Array, version: number): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
