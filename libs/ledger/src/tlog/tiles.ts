import { EMPTY_ROOT, HASH_BYTES, nodeHash } from '../hashing/merkle.js';

/*
 * The Merkle tree in tiles of 256 hashes (C2SP tlog-tiles). Level 0 holds the leaf hashes; a hash of level L + 1 is the
 * root of a full tile of level L. Any subtree's hash is in one tile or follows from a few hashes of one tile, so a
 * proof reads one tile per level: one for every factor of 256.
 */

/** The number of hashes in a full tile. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

export interface TileAddress {
  /** 0 holds the leaf hashes. */
  readonly level: number;
  readonly index: number;
  /** 1 to 256; below 256 the tile is the partial one at the tree's edge. */
  readonly width: number;
}

/** A source of tiles: `width` hashes of 32 bytes each; a source may return more, never fewer. */
export interface TileSource {
  tile(address: TileAddress): Promise<Buffer>;
}

/** The number of hashes of tile `index` of `level` in a tree of `size` leaves; 0: there is no such tile. */
export function tileWidth(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** `N` in a tile's path: groups of three digits, each but the last prefixed with x. */
export function encodeIndex(index: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? ['000'];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** The index and width in the last part of a tile's path (`x001/x234/067`, `067.p/12`), or `null` if it is malformed. */
export function decodeTilePath(path: string): { index: number; width: number } | null {
  const match = /^((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (match === null) return null;
  const index = Number((match[1] ?? '').replace(/[x/]/g, ''));
  const width = match[2] === undefined ? TILE_WIDTH : Number(match[2]);
  const isCanonical =
    Number.isSafeInteger(index) &&
    encodeIndex(index) === match[1] &&
    (match[2] === undefined || width < TILE_WIDTH);
  return isCanonical ? { index, width } : null;
}

/** The root of `hashes`, whose number must be a power of two. */
export function perfectRoot(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at + 1 < row.length; at += 2) above.push(nodeHash(row[at]!, row[at + 1]!));
    row = above;
  }
  return row[0] ?? EMPTY_ROOT;
}

/** The hashes in a tile's bytes. */
export function hashesOf(tile: Buffer): Buffer[] {
  const hashes: Buffer[] = [];
  for (let at = 0; at + HASH_BYTES <= tile.length; at += HASH_BYTES)
    hashes.push(tile.subarray(at, at + HASH_BYTES));
  return hashes;
}

const largestPowerBelow = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};

/** Hashes and proofs of a tree of `size` leaves, read from tiles; each tile is read once. */
export class TiledTree {
  private readonly read = new Map<string, Promise<Buffer>>();

  constructor(
    readonly size: number,
    private readonly source: TileSource,
  ) {}

  private tile(level: number, index: number): Promise<Buffer> {
    const key = `${level}/${index}`;
    let tile = this.read.get(key);
    if (tile === undefined) {
      tile = this.source.tile({ level, index, width: tileWidth(this.size, level, index) });
      this.read.set(key, tile);
    }
    return tile;
  }

  /** The hash of the perfect subtree over leaves `start` to `start + 2^height`; `start` is a multiple of `2^height`. */
  private async perfect(start: number, height: number): Promise<Buffer> {
    const level = Math.floor(height / TILE_HEIGHT);
    const count = 2 ** (height - level * TILE_HEIGHT);
    const first = Math.floor(start / TILE_WIDTH ** level);
    const tile = await this.tile(level, Math.floor(first / TILE_WIDTH));
    const from = (first % TILE_WIDTH) * HASH_BYTES;
    return perfectRoot(hashesOf(tile.subarray(from, from + count * HASH_BYTES)));
  }

  /** MTH(D[start:end]) of RFC 6962 section 2.1, for ranges that its recursion meets. */
  private async range(start: number, end: number): Promise<Buffer> {
    const count = end - start;
    const height = Math.log2(count);
    if (Number.isInteger(height)) return this.perfect(start, height);
    const split = start + largestPowerBelow(count);
    return nodeHash(await this.range(start, split), await this.range(split, end));
  }

  root(): Promise<Buffer> {
    return this.size === 0 ? Promise.resolve(EMPTY_ROOT) : this.range(0, this.size);
  }

  /** PATH(m, D[n]) of RFC 6962 section 2.1.1: the leaf's sibling first. `index` counts from 0. */
  async inclusion(index: number): Promise<Buffer[]> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(`a tree of ${this.size} leaves has no leaf ${index}`);
    }
    const proof: Buffer[] = [];
    let start = 0;
    let end = this.size;
    while (end - start > 1) {
      const split = start + largestPowerBelow(end - start);
      if (index < split) {
        proof.unshift(await this.range(split, end));
        end = split;
      } else {
        proof.unshift(await this.range(start, split));
        start = split;
      }
    }
    return proof;
  }

  /** PROOF(m, D[n]) of RFC 6962 section 2.1.2; empty if `older` is 0 or the size itself. */
  async consistency(older: number): Promise<Buffer[]> {
    if (!Number.isSafeInteger(older) || older < 0 || older > this.size) {
      throw new RangeError(`a tree of ${this.size} leaves was never one of ${older}`);
    }
    if (older === 0 || older === this.size) return [];
    const proof: Buffer[] = [];
    let start = 0;
    let end = this.size;
    let wasWhole = true;
    while (older !== end) {
      const split = start + largestPowerBelow(end - start);
      if (older <= split) {
        proof.unshift(await this.range(split, end));
        end = split;
      } else {
        proof.unshift(await this.range(start, split));
        start = split;
        wasWhole = false;
      }
    }
    if (!wasWhole) proof.unshift(await this.range(start, end));
    return proof;
  }
}
