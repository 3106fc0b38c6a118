import * as ledger from '@casebook/ledger';
import fc from 'fast-check';
import { fromBase64, toBase64, utf8 } from './bytes.js';
import { type Bytes, leafHash, provesConsistency, provesInclusion } from './merkle.js';
import {
  checkSignature,
  parseCheckpoint,
  parseOfflineProof,
  parseVerifierKey,
  signedAt,
  witnessesOf,
} from './note.js';

const bytes = (buffer: Buffer): Bytes => new Uint8Array(buffer);
const leaves = Array.from({ length: 70 }, (_, index) => ledger.leafHash(Buffer.from(String(index))));

/* RFC 6962 section 2.1, as written there. */
const node = (left: Buffer, right: Buffer): Buffer =>
  ledger.sha256(Buffer.concat([Buffer.of(1), left, right]));
const below = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);
function mth(from: number, to: number): Buffer {
  if (to - from === 1) return leaves[from]!;
  const middle = from + below(to - from);
  return node(mth(from, middle), mth(middle, to));
}
function path(index: number, from: number, to: number): Buffer[] {
  if (to - from === 1) return [];
  const middle = from + below(to - from);
  return index < middle
    ? [...path(index, from, middle), mth(middle, to)]
    : [...path(index, middle, to), mth(from, middle)];
}
function subproof(size: number, from: number, to: number, whole: boolean): Buffer[] {
  if (size === to) return whole ? [] : [mth(from, to)];
  const middle = from + below(to - from);
  return size <= middle
    ? [...subproof(size, from, middle, whole), mth(middle, to)]
    : [...subproof(size, middle, to, false), mth(from, middle)];
}

const SIZES = fc.integer({ min: 1, max: leaves.length });
/** A proof, or the same with one hash taken out, put in twice or changed. */
const spoilt = (proof: readonly Buffer[], how: number): Buffer[] => {
  const at = proof.length === 0 ? 0 : how % proof.length;
  if (how % 4 === 0) return [...proof];
  if (how % 4 === 1) return proof.toSpliced(at, 1);
  if (how % 4 === 2) return proof.toSpliced(at, 0, proof[at] ?? leaves[0]!);
  return proof.toSpliced(at, 1, leaves[how % leaves.length]!);
};

describe('a proof checked in the browser', () => {
  it('of inclusion: the ledger’s own check says the same, for right proofs and for spoilt ones', async () => {
    await fc.assert(
      fc.asyncProperty(SIZES, fc.nat(), fc.nat(), async (size, at, how) => {
        const index = at % size;
        const root = mth(0, size);
        const proof = spoilt(path(index, 0, size), how);
        const leaf = leaves[index]!;
        const said = await provesInclusion(proof.map(bytes), bytes(leaf), index, { size, root: bytes(root) });
        expect(said).toBe(ledger.provesInclusion(proof, leaf, index, size, root));
        if (how % 4 === 0) expect(said).toBe(true);
      }),
    );
  });

  it('of consistency: the ledger’s own check says the same, for right proofs and for spoilt ones', async () => {
    await fc.assert(
      fc.asyncProperty(SIZES, fc.nat(), fc.nat(), async (size, before, how) => {
        const older = 1 + (before % size);
        const [olderRoot, root] = [mth(0, older), mth(0, size)];
        const proof = spoilt(subproof(older, 0, size, true), how);
        const said = await provesConsistency(
          proof.map(bytes),
          { size: older, root: bytes(olderRoot) },
          { size, root: bytes(root) },
        );
        expect(said).toBe(ledger.provesConsistency(proof, older, olderRoot, size, root));
        if (how % 4 === 0) expect(said).toBe(true);
      }),
    );
  });

  it('of the empty ledger: all grew out of it, and it out of none', async () => {
    const empty = { size: 0, root: bytes(ledger.sha256('')) };
    const one = { size: 1, root: bytes(leaves[0]!) };
    expect(await provesConsistency([], empty, one)).toBe(true);
    expect(await provesConsistency([], one, empty)).toBe(false);
    expect(await provesInclusion([], one.root, 0, empty)).toBe(false);
  });

  it('hashes an entry as the ledger does', async () => {
    for (const text of ['', '{"actorId":"alice"}', 'Ёж 🦔'])
      expect(toBase64(await leafHash(utf8(text)))).toBe(
        ledger.leafHash(Buffer.from(text)).toString('base64'),
      );
  });
});

describe('a checkpoint read in the browser', () => {
  const keys = new ledger.SigningKeys([Buffer.alloc(32, 7)], 'ledger.example');
  const [signer] = keys.signers('default');
  const witness = ledger.noteSigner('witness.example/w1', Buffer.alloc(32, 9));
  const text = `ledger.example/default\n70\n${mth(0, 70).toString('base64')}\n`;
  const line = (by: typeof witness, id = by.keyId, signature = by.sign(text)): string =>
    `\u2014 ${by.name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
  const note = `${text}\n${line(signer!)}${line(witness)}`;

  it('opens by the verifier key of the ledger, and names its witnesses', async () => {
    const checkpoint = parseCheckpoint(note);
    expect(checkpoint).toMatchObject({ origin: 'ledger.example/default', size: 70 });
    expect(await checkSignature(checkpoint, await parseVerifierKey(signer!.verifierKey))).toBe('signed');
    expect(witnessesOf(checkpoint)).toEqual(['witness.example/w1']);
    expect(ledger.openCheckpoint(note, [signer!]).size).toBe(checkpoint.size);
  });

  it('detects another size under the same signature, and another key', async () => {
    const key = await parseVerifierKey(signer!.verifierKey);
    expect(await checkSignature(parseCheckpoint(note.replace('\n70\n', '\n71\n')), key)).toBe('wrong');
    const [other] = new ledger.SigningKeys([Buffer.alloc(32, 8)], 'ledger.example').signers('default');
    expect(await checkSignature(parseCheckpoint(note), await parseVerifierKey(other!.verifierKey))).toBe(
      'unknown-key',
    );
    await expect(parseVerifierKey(signer!.verifierKey.replace('default', 'other'))).rejects.toThrow(/id/);
  });

  it('says when the ledger’s key signed it', async () => {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(1_700_000_000n);
    const timed = line(
      signer!,
      signer!.cosignatureId,
      Buffer.concat([time, signer!.sign(`cosignature/v1\ntime 1700000000\n${text}`)]),
    );
    const key = await parseVerifierKey(signer!.verifierKey);
    expect(await signedAt(parseCheckpoint(note + timed), key)).toBe(1_700_000_000_000);
    expect(await signedAt(parseCheckpoint(note), key)).toBeUndefined();
  });

  it('a .tlog-proof that the ledger wrote leads from its event to the root', async () => {
    const envelope = Buffer.from('12');
    const written = ledger.formatOfflineProof({
      extra: envelope,
      index: 12,
      hashes: path(12, 0, 70),
      checkpoint: note,
    });
    const proof = parseOfflineProof(written);
    expect(proof.index).toBe(12);
    const leaf = await leafHash(proof.envelope);
    expect(await provesInclusion(proof.hashes, leaf, proof.index, proof.checkpoint)).toBe(true);
    expect(await provesInclusion(proof.hashes, leaf, 13, proof.checkpoint)).toBe(false);
  });

  it('what is none is refused', () => {
    for (const wrong of ['', 'x', text, note.slice(0, -1), note.replace('70', '070'), `${note}x\n`])
      expect(() => parseCheckpoint(wrong)).toThrow(/checkpoint/);
    expect(() => parseOfflineProof(note)).toThrow(/tlog-proof/);
    expect(fromBase64('QQ')).toBeUndefined();
  });
});
