import { sha256 } from './sha256.js';

/** The length of every hash here, in bytes. */
export const HASH_BYTES = 32;

/** The root of the tree without leaves: the hash of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1);
  right.copy(pair, 1 + HASH_BYTES);
  return sha256(pair);
}

/** SHA-256(0x00 || entry), RFC 6962 section 2.1. */
export function leafHash(entry: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.of(0x00), entry]));
}

/**
 * The frontier of an RFC 6962 Merkle tree, which is all that appending needs: the roots of the perfect subtrees of
 * its leaves, one for each one bit of `size`, largest first. Immutable.
 */
export class Frontier {
  static readonly EMPTY = new Frontier(0, []);

  private constructor(
    readonly size: number,
    private readonly roots: readonly Buffer[],
  ) {}

  /** Reads the output of `toBytes`; throws if the bytes cannot belong to a tree of this size. */
  static fromBytes(size: number, bytes: Buffer): Frontier {
    const roots: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += HASH_BYTES) roots.push(bytes.subarray(at, at + HASH_BYTES));
    if (bytes.length !== HASH_BYTES * subtrees(size)) {
      throw new Error(`A frontier of ${bytes.length} bytes is not that of a tree of ${size} leaves`);
    }
    return new Frontier(size, roots);
  }

  /** The tree with these leaf hashes appended. */
  append(leaves: readonly Buffer[]): Frontier {
    const roots = [...this.roots];
    let { size } = this;
    for (const leaf of leaves) {
      let node = leaf;
      // Each trailing one bit of the old size is a subtree as large as the one completed by the new leaf.
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        node = nodeHash(roots.pop()!, node);
      }
      roots.push(node);
      size += 1;
    }
    return new Frontier(size, roots);
  }

  /** The Merkle tree hash of all leaves. */
  root(): Buffer {
    if (this.roots.length === 0) return EMPTY_ROOT;
    return this.roots.reduceRight((right, left) => nodeHash(left, right));
  }

  /** The subtrees' roots, one after the other, 32 bytes each. */
  toBytes(): Buffer {
    return Buffer.concat(this.roots);
  }
}

/** The number of perfect subtrees in a tree of this size: the one bits of the size. */
function subtrees(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
