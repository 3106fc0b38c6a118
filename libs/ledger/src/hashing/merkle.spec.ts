import fc from 'fast-check';
import { EMPTY_ROOT, Frontier, leafHash, nodeHash } from './merkle.js';

/** The inputs and roots of the reference tree in certificate-transparency (merkle_tree_test), as RFC 6962 logs use them. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = ENTRIES.map((hex) => leafHash(Buffer.from(hex, 'hex')));

/** MTH(D[n]) as RFC 6962 section 2.1 writes it. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  if (hashes.length === 1) return hashes[0]!;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

const anyLeaves = fc
  .array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 })
  .map((entries) => entries.map((entry) => leafHash(Buffer.from(entry))));

describe('the frontier of a Merkle tree', () => {
  test.each(ROOTS.map((root, size) => [size, root]))('has the known root of %i leaves', (size, root) => {
    expect(Frontier.EMPTY.append(leaves.slice(0, size)).root().toString('hex')).toBe(root);
  });

  test('has the root that RFC 6962 defines, however the leaves are divided over batches', () => {
    fc.assert(
      fc.property(fc.array(anyLeaves, { maxLength: 5 }), (batches) => {
        const frontier = batches.reduce((before, batch) => before.append(batch), Frontier.EMPTY);
        expect(frontier.size).toBe(batches.flat().length);
        expect(frontier.root()).toEqual(rootOf(batches.flat()));
      }),
    );
  });

  test('is the same after it was written and read', () => {
    fc.assert(
      fc.property(anyLeaves, anyLeaves, (before, after) => {
        const frontier = Frontier.EMPTY.append(before);
        const read = Frontier.fromBytes(frontier.size, frontier.toBytes());
        expect(read.append(after).root()).toEqual(rootOf([...before, ...after]));
      }),
    );
  });

  test('is not changed by what is appended to it', () => {
    const frontier = Frontier.EMPTY.append(leaves.slice(0, 3));
    frontier.append(leaves);
    expect(frontier.root().toString('hex')).toBe(ROOTS[3]);
  });

  test('is refused where its bytes cannot be those of a tree of that size', () => {
    const three = Frontier.EMPTY.append(leaves.slice(0, 3)).toBytes();
    expect(() => Frontier.fromBytes(4, three)).toThrow('not that of a tree of 4 leaves');
    expect(() => Frontier.fromBytes(3, three.subarray(1))).toThrow('not that of a tree of 3 leaves');
  });
});
