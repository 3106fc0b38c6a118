import { equal, joined } from './bytes.js';

/*
 * An auditor's computations with WebCrypto: the leaf and node hashes of RFC 6962, and the checks of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 * The service has its own implementation; the spec compares the two.
 */

const HASH_BYTES = 32;
const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

export type Bytes = Uint8Array<ArrayBuffer>;

const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

export const leafHash = (entry: Bytes): Promise<Bytes> => sha256(joined(LEAF, entry));
const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(joined(NODE, left, right));

export interface Tree {
  readonly size: number;
  readonly root: Bytes;
}

/** One level up the tree, from node `fn` of a level whose last node is `sn`. */
const isRight = (fn: number, sn: number): boolean => fn % 2 === 1 || fn === sn;

function climb(fn: number, sn: number): [number, number] {
  let [node, last] = [fn, sn];
  // A last node without a sibling is its own parent, repeatedly if necessary.
  if (node % 2 === 0 && node === last) {
    while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return [Math.floor(node / 2), Math.floor(last / 2)];
}

/** Whether the proof leads from the leaf at `index` (from 0) to the root of the tree. */
export async function provesInclusion(
  proof: readonly Bytes[],
  leaf: Bytes,
  index: number,
  { size, root }: Tree,
): Promise<boolean> {
  if (!(index >= 0 && index < size) || !areHashes([leaf, root, ...proof])) return false;
  let [fn, sn] = [index, size - 1];
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    hash = isRight(fn, sn) ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
    [fn, sn] = climb(fn, sn);
  }
  return sn === 0 && equal(hash, root);
}

/** Whether the newer tree extends the older one. */
export async function provesConsistency(proof: readonly Bytes[], older: Tree, newer: Tree): Promise<boolean> {
  if (older.size > newer.size || older.size < 0 || !areHashes([older.root, newer.root, ...proof]))
    return false;
  if (older.size === newer.size) return proof.length === 0 && equal(older.root, newer.root);
  if (older.size === 0) return proof.length === 0;
  const [first, ...path] = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let [fn, sn] = [older.size - 1, newer.size - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [before, after] = [first, first];
  for (const hash of path) {
    if (sn === 0) return false;
    if (isRight(fn, sn)) {
      before = await nodeHash(hash, before);
      after = await nodeHash(hash, after);
    } else {
      after = await nodeHash(after, hash);
    }
    [fn, sn] = climb(fn, sn);
  }
  return sn === 0 && equal(before, older.root) && equal(after, newer.root);
}

const areHashes = (hashes: readonly Bytes[]): boolean => hashes.every(({ length }) => length === HASH_BYTES);
