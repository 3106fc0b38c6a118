import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { Ledger } from './ledger.js';
import type { StoredEvent } from './ledger-types.js';
import { LedgerRestore, RestoreRefused } from './restore.js';
import { change } from './tally.fixture.js';
import { verifyLedger } from './verifying/verify.js';

describe('a restored ledger', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let ledger: Ledger;
  let events: StoredEvent[];
  let root: Buffer;

  beforeAll(async () => {
    [source, target] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const original = new Ledger(source.pool);
    await original.openWorkspace('desk');
    for (let at = 0; at < 20; at += 1)
      await original.commit(change('desk', [{ stream: `s${at % 4}`, amount: 1 }]));
    events = (await original.readAll('desk')).map((event, at) =>
      // Shaped like an event after an erasure.
      at === 7 ? { ...event, payload: null, payloadSalt: null } : event,
    );
    root = (await original.head('desk'))!.root;
    await original.close();
    ledger = new Ledger(target.pool);
    await ledger.openWorkspace('desk');
  });
  afterAll(async () => {
    await ledger.close();
    await Promise.all([source.drop(), target.drop()]);
  });

  it('refuses unsound events and records none of them', async () => {
    const restore = await LedgerRestore.begin(target.pool, 'desk');
    await expect(restore.append([events[0]!, { ...events[1]!, actorId: 'mallory' }])).rejects.toThrow(
      RestoreRefused,
    );
    expect((await ledger.head('desk'))!.size).toBe(0);
  });

  it('has the same positions, times, ids and root, even after an interruption', async () => {
    const first = await LedgerRestore.begin(target.pool, 'desk');
    await first.append(events.slice(0, 9));
    const second = await LedgerRestore.begin(target.pool, 'desk');
    expect(second.storedSize).toBe(9);
    await second.append(events.slice(0, 5));
    await second.append(events.slice(5));
    expect(second.root).toEqual(root);
    expect((await ledger.head('desk'))!.root).toEqual(root);
    expect(await ledger.readAll('desk')).toEqual(events);
    // The only lie is the one made above: an erased payload without an erasure that names it.
    expect((await verifyLedger(target.pool, 'desk'))!.lies.map(({ position }) => position)).toEqual([8]);
  });

  it('continues from there: commands are decided on the restored events', async () => {
    expect(await ledger.commit(change('desk', [{ stream: 's1', amount: 1 }]))).toMatchObject({
      status: 'committed',
      position: 21,
    });
  });

  it('refuses events other than those it holds, however sound they are', async () => {
    const elsewhere = await createTestDatabase();
    const other = new Ledger(elsewhere.pool);
    await other.openWorkspace('desk');
    for (let at = 0; at < 25; at += 1)
      await other.commit(change('desk', [{ stream: 'one', amount: at < 20 ? 1 : -1 }]));
    const foreign = await other.readAll('desk');
    await other.close();
    await elsewhere.drop();

    const restore = await LedgerRestore.begin(target.pool, 'desk');
    await expect(restore.append(foreign)).rejects.toThrow(/not the first 21 of these/);
    expect((await ledger.head('desk'))!.size).toBe(21);
  });
});
