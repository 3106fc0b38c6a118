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

/** Bytes of a SHA-256. */
export const SHA256_BYTES = 32;

/** Writes the SHA-256 of the text in UTF-8 to a place among others: of many, a Buffer each would be the dearer part. */
export const writeSha256: (target: Buffer, at: number, text: string) => void = oneShot
  ? (target, at, text) => void target.write(oneShot('sha256', text, 'binary'), at, 'latin1')
  : (target, at, text) => void sha256(text).copy(target, at);

/** A UUID (RFC 9562 §5.8, version 8) of the first 122 bits that matter of a digest: the id of what is known by what it says. */
export const uuidOf = (digest: Uint8Array): string => uuidText(digest, 8);

/** The UUID of a name in a namespace (RFC 9562 §5.5, version 5), which is by SHA-1: an id for other systems, and no proof of anything. */
export const uuidOfName = (namespace: Uint8Array, name: string): string =>
  uuidText(crypto.createHash('sha1').update(namespace).update(name, 'utf8').digest(), 5);

function uuidText(digest: Uint8Array, version: number): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
