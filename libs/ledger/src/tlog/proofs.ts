import { HASH_BYTES, nodeHash } from '../hashing/merkle.js';
import { BadNote } from './signed-note.js';

/** The checks of RFC 9162 sections 2.1.3.2 and 2.1.4.2, which an auditor computes on the same hashes as RFC 6962. */

/** Whether the proof leads from leaf hash `leaf` at `index` (from 0) of a tree of `size` leaves to `root`. */
export function provesInclusion(
  proof: readonly Buffer[],
  leaf: Buffer,
  index: number,
  size: number,
  root: Buffer,
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && hash.equals(root);
}

/** Whether the tree of `size` leaves with `root` extends the tree of `older` leaves with `olderRoot`. */
export function provesConsistency(
  proof: readonly Buffer[],
  older: number,
  olderRoot: Buffer,
  size: number,
  root: Buffer,
): boolean {
  if (older > size || older < 0) return false;
  if (older === size) return proof.length === 0 && olderRoot.equals(root);
  if (older === 0) return proof.length === 0;
  const path = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let fn = older - 1;
  let sn = size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = first;
  let sr = first;
  for (const hash of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && fr.equals(olderRoot) && sr.equals(root);
}

/** A self-contained inclusion proof (C2SP tlog-proof). */
export interface OfflineProof {
  /** Not authenticated: Casebook stores the event's envelope, so that the file shows what it proves. */
  readonly extra: Buffer | null;
  /** From 0: position - 1. */
  readonly index: number;
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const HEADER = 'c2sp.org/tlog-proof@v1';

export function formatOfflineProof({ extra, index, hashes, checkpoint }: OfflineProof): string {
  return [
    HEADER,
    ...(extra === null ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
    '',
    checkpoint,
  ].join('\n');
}

/** @throws BadNote */
export function parseOfflineProof(text: string): OfflineProof {
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, split).split('\n');
  if (split === -1 || lines.shift() !== HEADER)
    throw new BadNote(`a .tlog-proof begins with the line ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  const hashes = lines.map((line) => Buffer.from(line, 'base64'));
  if (
    index === undefined ||
    hashes.some((hash, at) => hash.length !== HASH_BYTES || hash.toString('base64') !== lines[at])
  ) {
    throw new BadNote('the .tlog-proof has a malformed index or hash');
  }
  return {
    extra: extra === undefined ? null : Buffer.from(extra, 'base64'),
    index: Number(index),
    hashes,
    checkpoint: text.slice(split + 2),
  };
}
