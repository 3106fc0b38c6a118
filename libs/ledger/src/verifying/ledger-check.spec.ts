import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import fc from 'fast-check';
import { LedgerCheck } from './ledger-check.js';
import { Ledger } from '../ledger.js';
import type { StoredEvent } from '../ledger-types.js';
import { change } from '../tally.fixture.js';

describe('the check of a ledger', () => {
  let database: TestDatabase;
  let events: StoredEvent[];
  let root: Buffer;

  beforeAll(async () => {
    database = await createTestDatabase();
    const ledger = new Ledger(database.pool);
    await ledger.openWorkspace('desk');
    for (let at = 0; at < 12; at += 1) {
      await ledger.commit(change('desk', [{ stream: `s${at % 3}`, amount: 1 + (at % 3) }]));
    }
    events = await ledger.readAll('desk');
    root = (await ledger.head('desk'))!.root;
    await ledger.close();
  });
  afterAll(() => database.drop());

  const findings = (list: readonly StoredEvent[]) => {
    const check = new LedgerCheck({ workspaceId: 'desk' });
    return list.flatMap((event) => check.add(event));
  };

  it('finds nothing in a sound ledger, and has its root', () => {
    const check = new LedgerCheck({ workspaceId: 'desk' });
    for (const event of events) expect(check.add(event)).toEqual([]);
    expect(check.frontier.root()).toEqual(root);
  });

  it('finds an event whose payload is gone only where no erasure names it', () => {
    const check = new LedgerCheck({ workspaceId: 'desk' });
    const gone = events.with(4, { ...events[4]!, payload: null, payloadSalt: null });
    expect(gone.flatMap((event) => check.add(event))).toEqual([]);
    expect(check.finish()).toMatchObject([{ position: 5 }]);
    const erasure = { ...events[0]!, type: 'PayloadErased', payload: { positions: [5] } };
    check.add(erasure);
    expect(check.finish()).toEqual([]);
  });

  it('names the place of an event that is missing, twice there, or in another order', () => {
    expect(findings(events.toSpliced(5, 1))[0]!.position).toBe(6);
    expect(findings(events.toSpliced(5, 0, events[5]!))[0]!.position).toBe(7);
    expect(findings(events.with(5, events[6]!).with(6, events[5]!))[0]!.position).toBe(6);
  });

  /** One changed bit of a value, of whatever type a column has. */
  const changed = (value: unknown, by: number): unknown => {
    if (Buffer.isBuffer(value)) {
      const copy = Buffer.from(value);
      copy[by % copy.length]! ^= 1 << (by % 8);
      return copy;
    }
    if (typeof value === 'number') return value + 1 + (by % 7);
    if (typeof value === 'string') {
      const at = by % value.length;
      const code = value.charCodeAt(at);
      return `${value.slice(0, at)}${String.fromCharCode(code ^ 1)}${value.slice(at + 1)}`;
    }
    if (value === null) return 'something';
    return { ...(value as object), forged: by };
  };

  it('names the event of which anything was changed', () => {
    const columns = Object.keys(events[0]!) as (keyof StoredEvent)[];
    fc.assert(
      fc.property(fc.nat(events.length - 1), fc.constantFrom(...columns), fc.nat(1000), (at, column, by) => {
        const forged = { ...events[at]!, [column]: changed(events[at]![column], by) };
        expect(findings(events.with(at, forged)).map(({ position }) => position)).toContain(at + 1);
      }),
      { numRuns: 500 },
    );
  });
});
