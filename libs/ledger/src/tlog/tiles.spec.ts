import fc from 'fast-check';
import { Frontier, HASH_BYTES, leafHash, nodeHash } from '../hashing/merkle.js';
import { formatOfflineProof, parseOfflineProof, provesConsistency, provesInclusion } from './proofs.js';
import {
  decodeTilePath,
  encodeIndex,
  hashesOf,
  perfectRoot,
  TILE_WIDTH,
  type TileAddress,
  TiledTree,
  tileWidth,
} from './tiles.js';

const leaves = Array.from({ length: 70_000 }, (_, index) => leafHash(Buffer.from(String(index))));

/** Tiles of the first `size` leaves, each made of the level below. */
class MemoryTiles {
  reads = 0;
  constructor(private readonly size: number) {}

  hashes({ level, index, width }: TileAddress): Buffer[] {
    if (level === 0) return leaves.slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
    return Array.from({ length: width }, (_, at) =>
      perfectRoot(this.hashes({ level: level - 1, index: index * TILE_WIDTH + at, width: TILE_WIDTH })),
    );
  }

  tile(address: TileAddress): Promise<Buffer> {
    this.reads += 1;
    expect(address.width).toBe(tileWidth(this.size, address.level, address.index));
    return Promise.resolve(Buffer.concat(this.hashes(address)));
  }
}

const treeOf = (size: number): TiledTree => new TiledTree(size, new MemoryTiles(size));
const rootOf = (size: number): Buffer => Frontier.EMPTY.append(leaves.slice(0, size)).root();

/** RFC 6962 section 2.1.1, as written there. */
function path(m: number, from: number, to: number): Buffer[] {
  if (to - from <= 1) return [];
  let k = 1;
  while (k * 2 < to - from) k *= 2;
  return m < k
    ? [...path(m, from, from + k), mth(from + k, to)]
    : [...path(m - k, from + k, to), mth(from, from + k)];
}
function mth(from: number, to: number): Buffer {
  if (to - from === 1) return leaves[from]!;
  let k = 1;
  while (k * 2 < to - from) k *= 2;
  return nodeHash(mth(from, from + k), mth(from + k, to));
}

const sizes = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 65_000, max: 70_000 }));

describe('a tree in tiles', () => {
  it('has the root that its leaves have', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        expect(await treeOf(size).root()).toEqual(rootOf(size));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the inclusion proof of RFC 6962 for any leaf, which proves that leaf and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), fc.nat(), async (size, a, b) => {
        const [index, other] = [a % size, b % size];
        const proof = await treeOf(size).inclusion(index);
        expect(proof).toEqual(path(index, 0, size));
        expect(provesInclusion(proof, leaves[index]!, index, size, rootOf(size))).toBe(true);
        if (other !== index) {
          expect(provesInclusion(proof, leaves[other]!, index, size, rootOf(size))).toBe(false);
          expect(provesInclusion(proof, leaves[index]!, other, size, rootOf(size))).toBe(false);
        }
      }),
    );
  });

  it('proves inclusion in three levels of tiles with three reads', async () => {
    const tiles = new MemoryTiles(66_000);
    const proof = await new TiledTree(66_000, tiles).inclusion(12_345);
    expect(provesInclusion(proof, leaves[12_345]!, 12_345, 66_000, rootOf(66_000))).toBe(true);
    // One tile a level on the leaf's way up, and the tree's right edge.
    expect(tiles.reads).toBeLessThanOrEqual(5);
  });

  it('proves that it grew out of any smaller tree, and out of no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), async (size, a) => {
        const older = a % (size + 1);
        const proof = await treeOf(size).consistency(older);
        expect(provesConsistency(proof, older, rootOf(older), size, rootOf(size))).toBe(true);
        if (older > 0)
          expect(provesConsistency(proof, older, Buffer.alloc(HASH_BYTES), size, rootOf(size))).toBe(false);
        if (older > 0 && older < size) {
          expect(provesConsistency(proof, older, rootOf(older), size, Buffer.alloc(HASH_BYTES))).toBe(false);
        }
      }),
    );
  });

  it.each([-1, 5, 1.5])('has no leaf %p when it has five', async (index) => {
    await expect(treeOf(5).inclusion(index)).rejects.toThrow(RangeError);
  });
});

describe('the path of a tile', () => {
  it('is in groups of three digits, as the specification shows', () => {
    expect(encodeIndex(1_234_067)).toBe('x001/x234/067');
    expect(encodeIndex(0)).toBe('000');
  });

  it('comes back from what was written', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 256 }), (index, width) => {
        const path = `${encodeIndex(index)}${width === 256 ? '' : `.p/${width}`}`;
        expect(decodeTilePath(path)).toEqual({ index, width });
      }),
    );
  });

  it.each([
    '0',
    '00',
    '1234',
    'x000/001',
    '001.p/0',
    '001.p/256',
    '001.p/',
    'x001',
    '001/002',
    '../001',
    '001.p/01',
  ])('is not %j', (path) => {
    expect(decodeTilePath(path)).toBeNull();
  });
});

describe('an offline proof', () => {
  it('is read as it was written', () => {
    const proof = {
      extra: Buffer.from('{}'),
      index: 3,
      hashes: leaves.slice(0, 4),
      checkpoint: 'o\n5\nroot\n\n\u2014 o sig\n',
    };
    const text = formatOfflineProof(proof);
    expect(text.split('\n').slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra e30=', 'index 3']);
    expect(parseOfflineProof(text)).toEqual(proof);
  });

  it('for a tree of one has no hashes', () => {
    const text = formatOfflineProof({ extra: null, index: 0, hashes: [], checkpoint: 'c\n' });
    expect(parseOfflineProof(text)).toEqual({ extra: null, index: 0, hashes: [], checkpoint: 'c\n' });
  });

  it.each([
    '',
    'c2sp.org/tlog-proof@v2\nindex 0\n\nc',
    'c2sp.org/tlog-proof@v1\nindex 00\n\nc',
    'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nc',
  ])('is not %j', (text) => {
    expect(() => parseOfflineProof(text)).toThrow();
  });
});

it('a tile holds the hashes that were put in', () => {
  expect(hashesOf(Buffer.concat(leaves.slice(0, 3)))).toEqual(leaves.slice(0, 3));
});
