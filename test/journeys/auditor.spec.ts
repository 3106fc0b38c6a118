import {
  type AuditedCheckpoint,
  cosignedAt,
  entriesOf,
  isConsistent,
  isIncluded,
  leafHash,
  openAuditedCheckpoint,
  openSignedNote,
  provenEntry,
  tilePath,
  tilesOf,
  treeRoot,
} from '../support/auditor.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

/** Somebody else's tool checks the ledger over HTTP: none of our code has a part in what is proved here. */
describe('an auditor with a tool of her own', () => {
  let service: TestService;
  let ada: Client;
  let vkey: string;
  let note: string;
  let checkpoint: AuditedCheckpoint;
  let entries: Buffer[];
  let leaves: Buffer[];

  const octets = async (path: string): Promise<Buffer> => {
    const answer = await fetch(`${service.url}/v1/workspaces/default/ledger/${path}`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      'application/octet-stream',
    ]);
    return Buffer.from(await answer.arrayBuffer());
  };
  const hashesOf = (answer: { body: { hashes: string[] } }): Buffer[] =>
    answer.body.hashes.map((hash) => Buffer.from(hash, 'base64'));
  const flipped = (hashes: readonly Buffer[], at: number): Buffer[] =>
    hashes.map((hash, index) => {
      const copy = Buffer.from(hash);
      if (index === at) copy[7]! ^= 1;
      return copy;
    });

  beforeAll(async () => {
    service = await startTestService();
    ada = await service.member('ada', 'auditor');
    const { id } = (await service.admin.post('incidents', { title: 'Rockets' })).body;
    const lines = Array.from({ length: 600 }, (_, at) =>
      JSON.stringify({ key: `n-${at}`, command: 'record-attack', body: { summary: `Rocket ${at}` } }),
    );
    const imported = await service.admin.post(`incidents/${id}/import`, `${lines.join('\n')}\n`, {
      'content-type': 'application/x-ndjson',
    });
    expect(imported.text).toContain('"recorded":600');
    vkey = (await ada.get('ledger/verifier-key')).text.trim();
    note = (await ada.get('ledger/checkpoint')).text;
    checkpoint = openAuditedCheckpoint(note, vkey);
    entries = [];
    for (const { index, width } of tilesOf(0, checkpoint.size)) {
      entries.push(...entriesOf(await octets(`tile/entries/${tilePath(index, width)}`)));
    }
    leaves = entries.map(leafHash);
  });
  afterAll(() => service.close());

  it('knows a note that the Go tool has signed, and paths as the specification has them', () => {
    const key = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const signature =
      'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=';
    const signed = (text: string) => `${text}\n\n\u2014 example.com/foo ${signature}\n`;
    expect(openSignedNote(signed('This is an example message.'), key)).toBe('This is an example message.\n');
    expect(() => openSignedNote(signed('This is another message.'), key)).toThrow('a bad signature');
    expect(() => openSignedNote(signed('This is an example message.'), vkey)).toThrow('not signed');
    expect(tilePath(1234067, 256)).toBe('x001/x234/067');
    expect(tilePath(5, 17)).toBe('005.p/17');
  });

  it('knows when the checkpoint was signed, by a cosignature of the same key', () => {
    expect(cosignedAt(note, vkey)).toBeGreaterThan(1_700_000_000);
    expect(cosignedAt(note, vkey)).toBeLessThanOrEqual(Date.now() / 1000);
    const at = note.lastIndexOf(' ') + 1;
    const moved = Buffer.from(note.slice(at), 'base64');
    moved.writeBigUInt64BE(moved.readBigUInt64BE(4) + 1n, 4);
    expect(() => cosignedAt(`${note.slice(0, at)}${moved.toString('base64')}\n`, vkey)).toThrow(
      'a bad cosignature',
    );
  });

  it('reads every entry, and comes to the root that was signed', async () => {
    expect(checkpoint.size).toBe(await service.size());
    expect(checkpoint.origin).toBe(vkey.split('+')[0]);
    expect(entries).toHaveLength(checkpoint.size);
    expect(treeRoot(leaves)).toEqual(checkpoint.root);
    expect(treeRoot(flipped(leaves, 300))).not.toEqual(checkpoint.root);
    // The entries are what the ledger says in order, each about one event.
    const positions = entries.map(
      (entry) => (JSON.parse(entry.toString('utf8')) as { position: number }).position,
    );
    expect(positions).toEqual(entries.map((_, at) => at + 1));
  });

  it('finds in every tile the hashes that the entries make', async () => {
    let hashes = leaves;
    for (let level = 0; hashes.length > 0; level += 1) {
      for (const { index, width } of tilesOf(level, checkpoint.size)) {
        const tile = await octets(`tile/${level}/${tilePath(index, width)}`);
        expect([level, index, tile]).toEqual([
          level,
          index,
          Buffer.concat(hashes.slice(index * 256, index * 256 + width)),
        ]);
      }
      hashes = Array.from({ length: Math.floor(hashes.length / 256) }, (_, at) =>
        treeRoot(hashes.slice(at * 256, at * 256 + 256)),
      );
    }
  });

  it('proves events in trees of many sizes, and no event by another’s proof', async () => {
    const { size } = checkpoint;
    for (const [index, treeSize] of [
      [0, 1],
      [0, size],
      [1, 2],
      [254, 255],
      [255, 256],
      [256, 257],
      [300, 511],
      [511, 512],
      [512, size],
      [size - 1, size],
      [77, 300],
    ] as const) {
      const proof = hashesOf(await ada.get(`ledger/inclusion/${index + 1}?size=${treeSize}`));
      const tree = { size: treeSize, root: treeRoot(leaves.slice(0, treeSize)) };
      const claim = { index, leaf: leaves[index]!, proof };
      expect([index, treeSize, isIncluded(claim, tree)]).toEqual([index, treeSize, true]);
      expect(isIncluded({ ...claim, leaf: leaves[index === 0 ? size - 1 : index - 1]! }, tree)).toBe(false);
      for (let at = 0; at < proof.length; at += 1) {
        expect(isIncluded({ ...claim, proof: flipped(proof, at) }, tree)).toBe(false);
      }
    }
  });

  it('proves that each size grew out of those before', async () => {
    const { size, root } = checkpoint;
    for (const [from, to] of [
      [0, size],
      [1, size],
      [1, 2],
      [3, 7],
      [255, 256],
      [256, 257],
      [256, 512],
      [300, size],
      [511, 513],
      [size - 1, size],
      [size, size],
    ] as const) {
      const proof = hashesOf(await ada.get(`ledger/consistency?from=${from}&to=${to}`));
      const old = { size: from, root: treeRoot(leaves.slice(0, from)) };
      const now = { size: to, root: to === size ? root : treeRoot(leaves.slice(0, to)) };
      expect([from, to, isConsistent(old, now, proof)]).toEqual([from, to, true]);
      for (let at = 0; at < proof.length; at += 1) {
        expect(isConsistent(old, now, flipped(proof, at))).toBe(false);
      }
      const forged = { size: from, root: treeRoot(flipped(leaves.slice(0, from), 0)) };
      if (from > 0 && from < to) expect(isConsistent(forged, now, proof)).toBe(false);
    }
  });

  it('checks a .tlog-proof without the service, and none that was altered', async () => {
    const { text } = await ada.get('ledger/proof/301');
    expect(provenEntry(text, vkey)).toEqual({ index: 300, entry: entries[300], size: checkpoint.size });
    expect(() => provenEntry(text.replace('index 300', 'index 301'), vkey)).toThrow(
      'does not lead to the root',
    );
    expect(() =>
      provenEntry(text.replace(`\n${checkpoint.size}\n`, `\n${checkpoint.size + 1}\n`), vkey),
    ).toThrow('a bad signature');
  });
});
