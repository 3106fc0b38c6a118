import { createHash, createPublicKey, verify } from 'node:crypto';

/*
 * An auditor's tool that has nothing of ours: written from the specifications alone (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof;
 * RFC 6962 §2.1, RFC 9162 §2.1.3 and §2.1.4), with node:crypto and nothing else. It must never import from libs/: that the two agree
 * is what it is for.
 */

export interface AuditedCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafHash = (entry: Buffer): Buffer => sha256(Buffer.of(0), entry);
const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);

/** RFC 6962 §2.1, as it is written there: split at the largest power of two below n. */
export function treeRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(treeRoot(leaves.slice(0, split)), treeRoot(leaves.slice(split)));
}

/** base64 in its one canonical form, or an error. */
function base64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Error(`not base64: ${text}`);
  return bytes;
}

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** signed-note: the text, if a signature of the key's is there and good. A bad one of the key's, or none, is an error. */
export function openSignedNote(note: string, vkey: string): string {
  const [name, id, material] = vkey.split(/\+/, 2).concat(vkey.split('+').slice(2).join('+'));
  const key = base64(material!);
  if (key.length !== 33 || key[0] !== 1) throw new Error('not the key of an Ed25519 signature');
  const keyId = sha256(`${name}\n`, key).subarray(0, 4);
  if (keyId.toString('hex') !== id) throw new Error('the key ID is not that of name and key');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new Error('no signatures');
  const text = note.slice(0, end + 1);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new Error('control characters');
  let good = 0;
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
    if (match === null) throw new Error(`not a signature line: ${line}`);
    const signature = base64(match[2]!);
    if (match[1] !== name || !signature.subarray(0, 4).equals(keyId)) continue;
    const publicKey = createPublicKey({
      key: Buffer.concat([ED25519_SPKI, key.subarray(1)]),
      format: 'der',
      type: 'spki',
    });
    if (!verify(null, Buffer.from(text), publicKey, signature.subarray(4)))
      throw new Error('a bad signature');
    good += 1;
  }
  if (good === 0) throw new Error('not signed with this key');
  return text;
}

/** tlog-cosignature: when the key says that it signed this, in POSIX seconds. No cosignature of the key's, or a bad one, is an error. */
export function cosignedAt(note: string, vkey: string): number {
  const text = openSignedNote(note, vkey);
  const name = vkey.slice(0, vkey.indexOf('+'));
  const publicKey = base64(vkey.split('+').slice(2).join('+')).subarray(1);
  const keyId = sha256(`${name}\n`, Buffer.of(4), publicKey).subarray(0, 4);
  for (const line of note.slice(note.lastIndexOf('\n\n') + 2, -1).split('\n')) {
    const [, by, encoded] = line.split(' ');
    const signature = base64(encoded!);
    if (by !== name || !signature.subarray(0, 4).equals(keyId)) continue;
    const time = signature.readBigUInt64BE(4);
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
    const key = createPublicKey({
      key: Buffer.concat([ED25519_SPKI, publicKey]),
      format: 'der',
      type: 'spki',
    });
    if (!verify(null, message, key, signature.subarray(12))) throw new Error('a bad cosignature');
    return Number(time);
  }
  throw new Error('not cosigned with this key');
}

/** tlog-checkpoint */
export function openAuditedCheckpoint(note: string, vkey: string): AuditedCheckpoint {
  const lines = openSignedNote(note, vkey).split('\n');
  const [origin, size, root] = lines;
  if (lines.length < 4 || lines.at(-1) !== '' || lines.slice(0, -1).includes(''))
    throw new Error('not a checkpoint');
  if (!/^(0|[1-9][0-9]*)$/.test(size!)) throw new Error('not a size');
  if (base64(root!).length !== 32) throw new Error('not a root');
  return { origin: origin!, size: Number(size), root: base64(root!) };
}

/** RFC 9162 §2.1.3.2 */
export function isIncluded(
  { index, leaf, proof }: { index: number; leaf: Buffer; proof: readonly Buffer[] },
  { size, root }: { size: number; root: Buffer },
): boolean {
  if (index >= size) return false;
  let [fn, sn] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf;
  for (const each of proof) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = nodeHash(each, hash);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else hash = nodeHash(hash, each);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && hash.equals(root);
}

/** RFC 9162 §2.1.4.2; of an old size of 0, or of equal sizes, there is nothing to prove but the roots. */
export function isConsistent(
  old: { size: number; root: Buffer },
  now: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (old.size === 0) return proof.length === 0 && old.root.equals(sha256());
  if (old.size === now.size) return proof.length === 0 && old.root.equals(now.root);
  if (old.size > now.size) return false;
  const path = [...proof];
  if ((old.size & (old.size - 1)) === 0) path.unshift(old.root);
  const first = path.shift();
  if (first === undefined) return false;
  let [fn, sn] = [BigInt(old.size - 1), BigInt(now.size - 1)];
  while ((fn & 1n) === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [fr, sr] = [first, first];
  for (const each of path) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      [fr, sr] = [nodeHash(each, fr), nodeHash(each, sr)];
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else sr = nodeHash(sr, each);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && fr.equals(old.root) && sr.equals(now.root);
}

/** tlog-tiles: `<N>[.p/<W>]`, N in groups of three digits, all but the last behind an x. */
export function tilePath(index: number, width: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g)!;
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === 256 ? path : `${path}.p/${width}`;
}

/** tlog-tiles: every tile of a level of a tree of this size, with its width; empty ones are none. */
export function tilesOf(level: number, size: number): { index: number; width: number }[] {
  const hashes = Math.floor(size / 256 ** level);
  return Array.from({ length: Math.ceil(hashes / 256) }, (_, index) => ({
    index,
    width: Math.min(256, hashes - index * 256),
  }));
}

/** tlog-tiles: the entries of a bundle, each behind its length in two bytes. */
export function entriesOf(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) throw new Error('a bundle that ends within an entry');
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** tlog-proof: whether the file proves its entry, given as `extra`, in a checkpoint of this key. Gives the entry. */
export function provenEntry(file: string, vkey: string): { index: number; entry: Buffer; size: number } {
  const end = file.indexOf('\n\n');
  const [magic, extra, index, ...hashes] = file.slice(0, end).split('\n');
  if (magic !== 'c2sp.org/tlog-proof@v1') throw new Error('not a proof');
  const entry = base64(/^extra (.+)$/.exec(extra!)![1]!);
  const at = Number(/^index (0|[1-9][0-9]*)$/.exec(index!)![1]);
  const checkpoint = openAuditedCheckpoint(file.slice(end + 2), vkey);
  if (!isIncluded({ index: at, leaf: leafHash(entry), proof: hashes.map(base64) }, checkpoint)) {
    throw new Error('the proof does not lead to the root');
  }
  return { index: at, entry, size: checkpoint.size };
}
