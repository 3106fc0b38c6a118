import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { Ledger } from '../ledger.js';
import { change } from '../tally.fixture.js';
import { openCheckpoint } from './checkpoint.js';
import { CheckpointRefused, Checkpoints } from './checkpoints.js';
import { provesConsistency, provesInclusion } from './proofs.js';
import { noteVerifier, openNote } from './signed-note.js';
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

  it('stay as they were signed: nobody changes or removes one', async () => {
    for (const statement of [
      'UPDATE ledger_checkpoints SET size = 0',
      'DELETE FROM ledger_checkpoints',
      'TRUNCATE ledger_checkpoints',
      'DELETE FROM ledger_keys',
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
