import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { Ledger } from '../ledger.js';
import { change } from '../tally.fixture.js';
import { openCheckpoint } from './checkpoint.js';
import { CheckpointRefused, Checkpoints, type SignedCheckpoint } from './checkpoints.js';
import { cosignaturesOn, parsePolicy } from './policy.js';
import { provesConsistency, provesInclusion } from './proofs.js';
import {
  cosignatureLine,
  cosignerKey,
  noteSigner,
  type NoteSigner,
  noteVerifier,
  openNote,
  splitNote,
} from './signed-note.js';
import { SignedRecord } from './signed-record.js';
import { verifyLedger } from '../verifying/verify.js';
import { SigningKeys } from './signing-keys.js';
import { StoredTiles } from './stored-tiles.js';
import { TiledTree } from './tiles.js';

const SECRET = randomBytes(32);
const keys = new SigningKeys([SECRET], 'ledger.example');

describe('checkpoints of a ledger in PostgreSQL', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let count = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    ledger = new Ledger(database.pool);
  });
  afterAll(async () => {
    await ledger.close();
    await database.drop();
  });

  const open = async (): Promise<string> => {
    count += 1;
    const workspaceId = `w${count}`;
    await ledger.openWorkspace(workspaceId);
    return workspaceId;
  };
  const append = async (workspaceId: string, events: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: events }, (_, at) =>
        ledger.commit(
          change(workspaceId, [{ stream: `s${count}-${at}-${randomBytes(4).toString('hex')}`, amount: 1 }]),
        ),
      ),
    );
  };
  const verifiers = (workspaceId: string, from = keys) =>
    from.signers(workspaceId).map(({ verifierKey }) => noteVerifier(verifierKey));

  it('of an empty ledger: size 0, and the hash of nothing', async () => {
    const workspaceId = await open();
    const { note } = (await new Checkpoints(database.pool, keys).latest(workspaceId))!;
    expect(note.split('\n').slice(0, 3)).toEqual([
      `ledger.example/${workspaceId}`,
      '0',
      '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    ]);
  });

  it('of a workspace that is not there: none', async () => {
    expect(await new Checkpoints(database.pool, keys).latest('nowhere')).toBeNull();
  });

  it('follow the head, verify by the verifier key, and are given again while nothing happens', async () => {
    const workspaceId = await open();
    const checkpoints = new Checkpoints(database.pool, keys);
    await append(workspaceId, 3);
    const first = (await checkpoints.latest(workspaceId))!;
    expect(openCheckpoint(first.note, verifiers(workspaceId))).toMatchObject({
      size: 3,
      root: (await ledger.head(workspaceId))!.root,
    });
    const { times } = openNote(first.note, verifiers(workspaceId));
    expect(times.map((seconds) => new Date(Number(seconds) * 1000).toISOString())).toEqual([first.signedAt]);
    expect((await checkpoints.latest(workspaceId))!.note).toBe(first.note);
    await append(workspaceId, 1);
    expect((await checkpoints.latest(workspaceId))!.size).toBe(4);
    expect(await checkpoints.verifierKeys(workspaceId)).toEqual(
      keys.signers(workspaceId).map(({ verifierKey }) => verifierKey),
    );
  });

  it('signed by many at once while others append: each grew out of every smaller one', async () => {
    const workspaceId = await open();
    const signers = [new Checkpoints(database.pool, keys), new Checkpoints(database.pool, keys)];
    const signed = await Promise.all([
      append(workspaceId, 120).then(() => null),
      ...Array.from({ length: 16 }, (_, at) => signers[at % 2]!.latest(workspaceId)),
    ]);
    const last = (await signers[0]!.latest(workspaceId))!;
    const tree = new TiledTree(last.size, new StoredTiles(database.pool, workspaceId));
    for (const each of signed) {
      if (each === null) continue;
      expect(
        provesConsistency(await tree.consistency(each.size), each.size, each.root, last.size, last.root),
      ).toBe(true);
    }
  });

  it('refuse a ledger that has fewer events than were signed, and one that was changed below', async () => {
    const workspaceId = await open();
    const checkpoints = new Checkpoints(database.pool, keys);
    await append(workspaceId, 5);
    await checkpoints.latest(workspaceId);
    const { rows } = await database.ownerPool.query(
      'SELECT size, frontier FROM ledger_heads WHERE workspace_id = $1',
      [workspaceId],
    );
    const frontier = (rows[0] as { frontier: Buffer }).frontier;

    const forged = Buffer.from(frontier);
    forged[0]! ^= 1;
    await database.ownerPool.query('UPDATE ledger_heads SET frontier = $2 WHERE workspace_id = $1', [
      workspaceId,
      forged,
    ]);
    await expect(checkpoints.latest(workspaceId)).rejects.toThrow(CheckpointRefused);

    await database.ownerPool.query(
      'UPDATE ledger_heads SET size = 4, frontier = $2 WHERE workspace_id = $1',
      [workspaceId, frontier.subarray(0, 32)],
    );
    await expect(checkpoints.latest(workspaceId)).rejects.toThrow(/4 events, but 5 were signed/);
  });

  it('refuse a key that nobody knows, and take a new one that comes with the old', async () => {
    const workspaceId = await open();
    await append(workspaceId, 2);
    const before = (await new Checkpoints(database.pool, keys).latest(workspaceId))!;

    const fresh = randomBytes(32);
    const stranger = new Checkpoints(database.pool, new SigningKeys([fresh], 'ledger.example'));
    await expect(stranger.latest(workspaceId)).rejects.toThrow(CheckpointRefused);
    // Nor does it tell anybody to trust it.
    expect(await stranger.verifierKeys(workspaceId)).toEqual(
      await new Checkpoints(database.pool, keys).verifierKeys(workspaceId),
    );

    const rotated = new SigningKeys([fresh, SECRET], 'ledger.example');
    const rotating = new Checkpoints(database.pool, rotated);
    const after = (await rotating.latest(workspaceId))!;
    expect(after.size).toBe(before.size);
    for (const verifier of verifiers(workspaceId, rotated))
      expect(openCheckpoint(after.note, [verifier]).root).toEqual(before.root);
    expect(await rotating.verifierKeys(workspaceId)).toEqual(
      rotated.signers(workspaceId).map(({ verifierKey }) => verifierKey),
    );

    await append(workspaceId, 1);
    const alone = (await stranger.latest(workspaceId))!;
    expect(openCheckpoint(alone.note, [verifiers(workspaceId, rotated)[0]!]).size).toBe(3);
  });

  it('are not signed by a process that was started before the key was changed, until it is changed back', async () => {
    const workspaceId = await open();
    const fresh = randomBytes(32);
    const by = (...secrets: Buffer[]) =>
      new Checkpoints(database.pool, new SigningKeys(secrets, 'ledger.example'));
    const before = by(SECRET);
    await append(workspaceId, 1);
    await before.latest(workspaceId);
    const both = (await by(fresh, SECRET).latest(workspaceId))!;
    // What is signed already may be had from it.
    expect((await before.latest(workspaceId))!.note).toBe(both.note);
    await append(workspaceId, 1);
    await expect(before.latest(workspaceId)).rejects.toThrow(/from before the key was changed/);
    expect((await by(fresh).latest(workspaceId))!.size).toBe(2);

    await append(workspaceId, 1);
    expect((await by(SECRET, fresh).latest(workspaceId))!.size).toBe(3);
    await append(workspaceId, 1);
    expect((await before.latest(workspaceId))!.size).toBe(4);
  });

  it('are held against the record outside the database: an older copy, or another history, is not signed', async () => {
    const workspaceId = await open();
    const record = new SignedRecord(await mkdtemp(join(tmpdir(), 'casebook-signed-')));
    const checkpoints = new Checkpoints(database.pool, keys, record);
    await append(workspaceId, 3);
    const first = (await checkpoints.latest(workspaceId))!;
    expect(await record.largest(workspaceId)).toMatchObject({ size: 3, root: first.root });
    await append(workspaceId, 2);
    expect((await checkpoints.latest(workspaceId))!.size).toBe(5);

    // As from the database that had three events, and went on by itself.
    const other = `${workspaceId}-restored`;
    await ledger.openWorkspace(other);
    await append(other, 3);
    await record.put(other, (await checkpoints.latest(workspaceId))!.note);
    const restored = new Checkpoints(database.pool, keys, record);
    await expect(restored.latest(other)).rejects.toThrow(/has 3 events, but 5 were signed/);
    await append(other, 4);
    await expect(restored.latest(other)).rejects.toThrow(/does not extend the signed one of 5 events/);

    // Its operator goes on all the same.
    const aside = await record.layAside(other, (await record.largest(other))!);
    expect((await restored.latest(other))!.size).toBe(7);
    expect(await readFile(aside, 'utf8')).toBe((await checkpoints.latest(workspaceId))!.note);
  });

  it('are not signed where the record cannot be read or written', async () => {
    const workspaceId = await open();
    await append(workspaceId, 1);
    const directory = await mkdtemp(join(tmpdir(), 'casebook-signed-'));
    const checkpoints = new Checkpoints(database.pool, keys, new SignedRecord(directory));
    await writeFile(join(directory, workspaceId), 'cut off');
    await expect(checkpoints.latest(workspaceId)).rejects.toThrow(CheckpointRefused);
    const file = new Checkpoints(database.pool, keys, new SignedRecord(join(directory, workspaceId)));
    await expect(file.latest(workspaceId)).rejects.toThrow(/let the service read and write it/);
  });

  it('carry the cosignatures of witnesses, and the latest that meets a quorum is found', async () => {
    const workspaceId = await open();
    const checkpoints = new Checkpoints(database.pool, keys);
    const witnesses = ['w1', 'w2'].map((name) => noteSigner(`witness.example/${name}`, randomBytes(32)));
    const policy = parsePolicy(
      [
        ...witnesses.map((witness, at) => `witness w${at + 1} ${cosignerKey(witness)}`),
        'group both all w1 w2',
        'quorum both',
      ].join('\n'),
    );
    const cosign = (checkpoint: SignedCheckpoint, by: NoteSigner) =>
      checkpoints.cosigned(workspaceId, checkpoint, {
        witnessKey: cosignerKey(by),
        line: cosignatureLine(splitNote(checkpoint.note).text, by, 1_800_000_000),
      });
    await append(workspaceId, 2);
    const first = (await checkpoints.latest(workspaceId))!;
    await cosign(first, witnesses[0]!);
    await cosign(first, witnesses[0]!);
    expect(await checkpoints.latestWitnessed(workspaceId, policy)).toBeNull();
    await cosign(first, witnesses[1]!);
    await append(workspaceId, 2);
    await cosign((await checkpoints.latest(workspaceId))!, witnesses[1]!);
    const found = (await checkpoints.latestWitnessed(workspaceId, policy))!;
    expect([found.size, cosignaturesOn(found.note, policy.witnesses).length]).toEqual([2, 2]);
    expect(openCheckpoint(found.note, verifiers(workspaceId)).size).toBe(2);
    expect((await checkpoints.latest(workspaceId))!.note).toContain('witness.example/w2');
    expect((await verifyLedger(database.pool, workspaceId))!.lies).toEqual([]);

    // One that does not fit is named.
    await checkpoints.cosigned(workspaceId, found, { witnessKey: 'no key', line: 'no line' });
    await checkpoints.cosigned(
      workspaceId,
      { size: 3, attempt: 0 },
      { witnessKey: cosignerKey(witnesses[0]!), line: '' },
    );
    expect((await verifyLedger(database.pool, workspaceId))!.lies.map(({ where }) => where)).toEqual([
      'checkpoint of 2 events',
      `cosignature of 3 events by ${cosignerKey(witnesses[0]!)}`,
    ]);
  });

  it('stay as they were signed: nobody changes or removes one', async () => {
    const { size, attempt } = (await new Checkpoints(database.pool, keys).latest(await open()))!;
    await new Checkpoints(database.pool, keys).cosigned(
      `w${count}`,
      { size, attempt },
      { witnessKey: 'w', line: 'x' },
    );
    for (const statement of [
      'UPDATE ledger_checkpoints SET size = 0',
      'DELETE FROM ledger_checkpoints',
      'TRUNCATE ledger_checkpoints',
      'DELETE FROM ledger_keys',
      'DELETE FROM ledger_cosignatures',
      'TRUNCATE ledger_cosignatures',
    ]) {
      await expect(database.ownerPool.query(statement)).rejects.toThrow(/append-only/);
      await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('proofs are the same whether the tiles were stored or not', async () => {
    const workspaceId = await open();
    await append(workspaceId, 530);
    const { size, root } = (await ledger.head(workspaceId))!;
    const tiles = new StoredTiles(database.pool, workspaceId);
    const proofs = async (): Promise<Buffer[][]> => {
      const tree = new TiledTree(size, tiles);
      return [
        await tree.inclusion(0),
        await tree.inclusion(300),
        await tree.inclusion(529),
        await tree.consistency(257),
      ];
    };
    const without = await proofs();
    await Promise.all([tiles.build(size), tiles.build(size)]);
    const stored = await database.pool.query(
      'SELECT level, index FROM ledger_tiles WHERE workspace_id = $1 ORDER BY level, index',
      [workspaceId],
    );
    expect(
      stored.rows.map(({ level, index }: { level: number; index: number }) => `${level}/${index}`),
    ).toEqual(['0/0', '0/1']);
    expect(await proofs()).toEqual(without);

    const event = (await ledger.readAll(workspaceId, { after: 300, limit: 1 }))[0]!;
    expect(provesInclusion(without[1]!, event.leafHash, 300, size, root)).toBe(true);
  });
});
