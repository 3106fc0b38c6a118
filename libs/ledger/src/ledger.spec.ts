import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPool } from '@casebook/postgres';
import { createTestDatabase, nextMessage, startProgram, type TestDatabase } from '@casebook/testing';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { expectSoundLedger } from './audit.fixture.js';
import {
  InvalidCommand,
  Ledger,
  LedgerFault,
  type LedgerOptions,
  type Outcome,
  type RecordedEvent,
  type StoredEvent,
} from './index.js';
import { change, LIMIT, tally, type Refusal, type Step, type Tally } from './tally.fixture.js';

let database: TestDatabase;
let workspaces = 0;
const ledgers: Ledger[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(ledgers.splice(0).map((ledger) => ledger.close()));
});
afterAll(() => database.drop());

function newLedger(options: LedgerOptions = {}, pool: Pool = database.pool): Ledger {
  const ledger = new Ledger(pool, options);
  ledgers.push(ledger);
  return ledger;
}

async function newWorkspace(ledger: Ledger): Promise<string> {
  const workspaceId = `workspace-${++workspaces}`;
  expect(await ledger.openWorkspace(workspaceId)).toBe(true);
  return workspaceId;
}

function committed<R>(outcome: Outcome<R>): readonly StoredEvent[] {
  if (outcome.status !== 'committed') throw new Error(`Not committed but ${outcome.status}`);
  return outcome.events;
}

/** The answer to a committed command when it is sent again. */
const repeated = (first: object): object => {
  const { parts: _, ...outcome } = first as Extract<Outcome<unknown>, { parts: unknown; events: unknown }>;
  return { ...outcome, replayed: true };
};

/** A pool that reports the transactions its clients began, which the ledger does when it locks first. */
function watchedPool(): { pool: Pool; begins: () => number } {
  const pool = createPool({ url: database.url, role: 'casebook_service' });
  let begins = 0;
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      if ((args[0] as { text?: string }).text?.startsWith('BEGIN')) begins += 1;
      return query(...args);
    }) as typeof client.query;
  });
  return { pool, begins: () => begins };
}

describe('a workspace', () => {
  test('opens once, with an empty ledger', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    expect(await ledger.openWorkspace(workspaceId)).toBe(false);
    expect(await ledger.head(workspaceId)).toMatchObject({ size: 0, recordedAt: null });
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });

  test('takes no command and has no head before it is opened', async () => {
    const ledger = newLedger();
    expect(await ledger.commit(change('nowhere', [{ stream: 'a', amount: 1 }]))).toEqual({
      status: 'no-such-workspace',
    });
    expect(await ledger.head('nowhere')).toBeNull();
  });

  test('is found by a ledger that looked for it before it was opened', async () => {
    const ledger = newLedger();
    const workspaceId = `workspace-${++workspaces}`;
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    await newLedger().openWorkspace(workspaceId);
    expect((await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]))).status).toBe('committed');
  });
});

describe('a command', () => {
  test('is answered with its events as stored', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const outcome = await ledger.commit({
      ...change(workspaceId, [{ stream: 'a', amount: 3 }], { key: 'key-1', actorId: 'grace' }),
      causationId: 'cause-1',
    });
    expect(outcome).toMatchObject({ status: 'committed', position: 3, replayed: false });
    const events = await expectSoundLedger(ledger, database.pool, workspaceId);
    expect(committed(outcome)).toEqual(events);
    expect(events[1]).toMatchObject({
      workspaceId,
      position: 2,
      streamId: 'a',
      streamVersion: 2,
      type: 'Added',
      schemaVersion: 1,
      subject: null,
      payload: { amount: 1, note: 'plain' },
      actorId: 'grace',
      commandId: 'key-1',
      commandIndex: 1,
      correlationId: 'request-1',
      causationId: 'cause-1',
    });
    expect(await ledger.readStream(workspaceId, 'a')).toEqual(
      events.map(({ commandDigest, payloadCommitment, payloadSalt, leafHash, ...recorded }) => recorded),
    );
  });

  test('that is refused or changes nothing records nothing', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 5 }]));
    expect(await ledger.commit(change(workspaceId, [{ stream: 'a', amount: LIMIT }]))).toEqual({
      status: 'refused',
      refusal: 'out-of-bounds',
      part: 0,
    });
    expect(await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 0 }]))).toEqual({
      status: 'unchanged',
      position: 3,
      parts: [{ state: expect.anything() as unknown, events: [] }],
    });
    expect(await expectSoundLedger(ledger, database.pool, workspaceId)).toHaveLength(3);
  });

  test('of several parts is recorded whole or not at all', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 2 }]));
    const move = (amount: number) =>
      change(workspaceId, [
        { stream: 'b', amount },
        { stream: 'a', amount: -amount },
      ]);
    // The first part alone would be accepted; the second is not.
    expect((await ledger.commit(move(3))).status).toBe('refused');
    expect(await ledger.readStream(workspaceId, 'b')).toEqual([]);
    const events = committed(await ledger.commit(move(2)));
    expect(events.map(({ streamId }) => streamId)).toEqual(['b', 'b', 'a', 'a']);
    expect(new Set(events.map(({ commandDigest }) => commandDigest.toString('hex'))).size).toBe(1);
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });

  test('may name one stream in two parts: the second decides on the state after the first', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const twice = (amount: number) =>
      change(workspaceId, [
        { stream: 'a', amount },
        { stream: 'a', amount },
      ]);
    expect((await ledger.commit(twice(LIMIT - 1))).status).toBe('refused');
    expect((await ledger.commit(twice(LIMIT / 2))).status).toBe('committed');
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });

  test('gives its decision the version, time and position of its event, and the streams it reads', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    await ledger.commit(change(workspaceId, [{ stream: 'other', amount: 2 }]));
    const seen: unknown[] = [];
    const outcome = await ledger.commit({
      ...change(workspaceId, []),
      reads: [{ streamId: 'other', fold: tally }],
      parts: [
        {
          streamId: 'a',
          fold: tally,
          isNew: true,
          decide: (state: Tally, context) => {
            seen.push(state.total, context.version, context.read('other', tally).total);
            expect(() => context.read('third', tally)).toThrow('third');
            const { position, recordedAt } = context;
            return {
              accepted: true,
              events: [
                {
                  type: 'Added',
                  schemaVersion: 1,
                  subject: null,
                  payload: { amount: 1, position, recordedAt },
                },
              ],
            };
          },
        },
      ],
    });
    const [event] = committed(outcome);
    expect(seen).toEqual([0, 0, 2]);
    expect(event!.payload).toEqual({ amount: 1, position: event!.position, recordedAt: event!.recordedAt });
  });

  test('whose decision throws fails alone, with that error', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const [before, thrown, after] = await Promise.allSettled([
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }])),
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: NaN }])),
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }])),
    ]);
    expect(before).toMatchObject({ value: { status: 'committed', position: 1 } });
    expect(thrown).toMatchObject({ reason: new Error('This decision throws') });
    expect(after).toMatchObject({ value: { status: 'committed', position: 2 } });
  });

  test.each([
    ['an id too long', { actorId: 'x'.repeat(256) }],
    ['an empty id', { correlationId: '' }],
    ['NUL in an id', { commandId: 'a\0b' }],
    ['half a surrogate pair in an id', { actorId: '\ud800' }],
    ['a body that is not JSON', { body: NaN }],
    ['half a surrogate pair in the body', { body: '\udc00' }],
    ['no part', { parts: [] }],
  ])('with %s is rejected before it reaches the database', async (_, fault) => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    await expect(
      ledger.commit({ ...change(workspaceId, [{ stream: 'a', amount: 1 }]), ...fault }),
    ).rejects.toThrow(InvalidCommand);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', '\ud800'],
  ])('whose event has %s in its payload fails alone', async (_, note) => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const [good, bad] = await Promise.allSettled([
      ledger.commit(
        change(workspaceId, [{ stream: 'a', amount: 1 }], { note: 'a \\u0000 that is only written so' }),
      ),
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { note })),
    ]);
    expect(good.status).toBe('fulfilled');
    expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(InvalidCommand) as unknown });
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });

  test('that calls an existing stream new is decided on the actual stream', async () => {
    const first = newLedger();
    const workspaceId = await newWorkspace(first);
    await first.commit(change(workspaceId, [{ stream: 'a', amount: LIMIT - 1 }]));
    const [refused, accepted] = await Promise.all([
      newLedger().commit(change(workspaceId, [{ stream: 'a', amount: 2 }], { isNew: true })),
      newLedger().commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { isNew: true })),
    ]);
    expect(refused.status).toBe('refused');
    expect(accepted.status).toBe('committed');
    await expectSoundLedger(first, database.pool, workspaceId);
  });

  test('is refused at once when too many are waiting, and after the ledger is closed', async () => {
    const ledger = newLedger({ maxWaiting: 2 });
    const workspaceId = await newWorkspace(ledger);
    const one = () => ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    const results = await Promise.allSettled([one(), one(), one()]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { fate: 'not-committed' } });
    await ledger.close();
    await expect(one()).rejects.toThrow(LedgerFault);
  });
});

describe('a command with a key', () => {
  test.each([
    ['accepted when it came again', 1],
    ['refused when it came again', LIMIT],
  ])('gets its first answer for ever, though it would be %s', async (_, amount) => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const command = change(workspaceId, [{ stream: 'a', amount }], { key: 'key' });
    const first = await ledger.commit(command);
    await ledger.commit(change(workspaceId, [{ stream: 'b', amount: 1 }]));
    const again = await ledger.commit(command);
    expect(again).toEqual(repeated(first));
    // Another process with an empty cache, as after a restart.
    expect(await newLedger().commit(command)).toEqual(repeated(first));
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });

  test('finds what each part recorded, the first time and when it comes again', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 2 }]));
    const command = change(
      workspaceId,
      [
        { stream: 'a', amount: 1 },
        { stream: 'b', amount: 0 },
        { stream: 'c', amount: 3 },
      ],
      { key: 'key' },
    );
    const first = await ledger.commit(command);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    const again = await ledger.commit(command);
    if (first.status !== 'committed' || first.replayed) throw new Error('not committed first');
    expect(first.parts.map(({ events }) => events.map(({ position }) => position))).toEqual([
      [3],
      [],
      [4, 5, 6],
    ]);
    expect(await ledger.repeatedParts(command, committed(again))).toEqual(first.parts);
  });

  test('gets key-reused if the key was used for another body or by another member', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 3 }], { key: 'key' }));
    for (const other of [
      change(workspaceId, [{ stream: 'a', amount: 2 }], { key: 'key' }),
      change(workspaceId, [{ stream: 'a', amount: LIMIT }], { key: 'key' }),
      change(workspaceId, [{ stream: 'a', amount: 0 }], { key: 'key' }),
      change(workspaceId, [{ stream: 'a', amount: 3 }], { key: 'key', actorId: 'grace' }),
    ]) {
      expect(await ledger.commit(other)).toEqual({ status: 'key-reused' });
      expect(await newLedger().commit(other)).toEqual({ status: 'key-reused' });
    }
    expect(await ledger.readAll(workspaceId)).toHaveLength(3);
  });

  test('gets in-progress while the same key is under way here', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const command = change(workspaceId, [{ stream: 'a', amount: 1 }], { key: 'key' });
    const outcomes = await Promise.all([ledger.commit(command), ledger.commit(command)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['committed', 'in-progress']);
    expect((await ledger.commit(command)).status).toBe('committed');
    expect(await ledger.readAll(workspaceId)).toHaveLength(1);
  });

  test('may be retried after a refusal', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const take = change(workspaceId, [{ stream: 'a', amount: -1 }], { key: 'key' });
    expect((await ledger.commit(take)).status).toBe('refused');
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    expect(await ledger.commit(take)).toMatchObject({ status: 'committed', replayed: false });
  });

  test('is free in another workspace', async () => {
    const ledger = newLedger();
    const one = await newWorkspace(ledger);
    const other = await newWorkspace(ledger);
    for (const workspaceId of [one, other]) {
      expect(
        await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { key: 'key' })),
      ).toMatchObject({ status: 'committed', position: 1, replayed: false });
    }
  });

  test('is recorded once, however many processes receive it at the same time', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const command = change(workspaceId, [{ stream: 'a', amount: 2 }], { key: 'key' });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => newLedger().commit(command)));
    expect(outcomes.every(({ status }) => status === 'committed')).toBe(true);
    expect(outcomes.filter((outcome) => outcome.status === 'committed' && !outcome.replayed)).toHaveLength(1);
    expect(await expectSoundLedger(ledger, database.pool, workspaceId)).toHaveLength(2);
  });
});

describe('any sequence of commands', () => {
  const step = fc.record({
    stream: fc.constantFrom('a', 'b', 'c'),
    amount: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: -7, max: 7 }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    ),
  });
  const attempt = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined }),
    by: fc.nat(2),
  });
  type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never;

  /** An in-memory model of what the ledger promises. */
  class Model {
    private readonly totals = new Map<string, number>();
    private readonly keys = new Map<string, string>();
    readonly amounts: number[] = [];

    commit({ steps, key }: { steps: readonly Step[]; key?: string | undefined }): string {
      const body = JSON.stringify(steps.map(({ stream, amount }) => [stream, String(amount)]));
      const before = key === undefined ? undefined : this.keys.get(key);
      if (before !== undefined) return before === body ? 'replayed' : 'key-reused';
      const totals = new Map(this.totals);
      for (const { stream, amount } of steps) {
        if (Number.isNaN(amount)) return 'threw';
        const total = (totals.get(stream) ?? 0) + amount;
        if (amount !== 0 && (total < 0 || total > LIMIT)) return 'refused';
        totals.set(stream, total);
      }
      if (steps.every(({ amount }) => amount === 0)) return 'unchanged';
      for (const [stream, total] of totals) this.totals.set(stream, total);
      if (key !== undefined) this.keys.set(key, body);
      return 'committed';
    }

    total(stream: string): number {
      return this.totals.get(stream) ?? 0;
    }
  }

  const answerOf = (result: PromiseSettledResult<Outcome<Refusal>>): string => {
    if (result.status === 'rejected') return 'threw';
    return result.value.status === 'committed' && result.value.replayed ? 'replayed' : result.value.status;
  };

  function expectTotals(events: readonly StoredEvent[], model: Model): void {
    const states = new Map<string, Tally>();
    for (const event of events) {
      states.set(event.streamId, tally.evolve(states.get(event.streamId) ?? tally.initial, event));
    }
    for (const stream of ['a', 'b', 'c']) expect(states.get(stream)?.total ?? 0).toBe(model.total(stream));
  }

  test('in batches of one process: is answered as the model predicts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(attempt, { maxLength: 8 }), { maxLength: 6 }), async (batches) => {
        const ledger = newLedger();
        const workspaceId = await newWorkspace(ledger);
        const model = new Model();
        for (const batch of batches) {
          // Concurrent commands with one key fall under another rule.
          const keys = new Set<string>();
          const attempts: Attempt[] = batch.filter(
            ({ key }) => key === undefined || (!keys.has(key) && keys.add(key)),
          );
          const results = await Promise.allSettled(
            attempts.map(({ steps, key }) =>
              ledger.commit(change(workspaceId, steps, key === undefined ? {} : { key })),
            ),
          );
          expect(results.map(answerOf)).toEqual(attempts.map((one) => model.commit(one)));
        }
        expectTotals(await expectSoundLedger(ledger, database.pool, workspaceId), model);
      }),
      { numRuns: 40 },
    );
  });

  /**
   * Sends each command the given number of event loop turns after the one before; returns the answers in
   * order.
   */
  async function sendStaggered(
    attempts: readonly { steps: readonly Step[]; turns: number }[],
    send: (steps: readonly Step[], index: number) => Promise<Outcome<Refusal>>,
  ): Promise<PromiseSettledResult<Outcome<Refusal>>[]> {
    const sent: Promise<Outcome<Refusal>>[] = [];
    for (const [index, { steps, turns }] of attempts.entries()) {
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      const outcome = send(steps, index);
      outcome.catch(() => undefined);
      sent.push(outcome);
    }
    return Promise.allSettled(sent);
  }
  const staggered = fc.array(
    fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 2 }),
      turns: fc.nat(4),
      disturbed: fc.boolean(),
    }),
    { minLength: 10, maxLength: 60, size: 'max' },
  );

  test('arriving while others are committed: is answered as the model predicts, in order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(staggered, async (attempts) => {
        const ledger = newLedger({ maxBatch: 7 });
        const workspaceId = await newWorkspace(ledger);
        const model = new Model();
        const keyed = (index: number) => ({ key: `key-${index}` });
        const results = await sendStaggered(attempts, (steps, index) =>
          ledger.commit(change(workspaceId, steps, index % 3 === 0 ? keyed(index) : {})),
        );
        expect(results.map(answerOf)).toEqual(attempts.map((one) => model.commit(one)));
        expectTotals(await expectSoundLedger(ledger, database.pool, workspaceId), model);
        // In one wave with new commands, every key that was recorded gets its first answer again.
        const again = attempts.flatMap(({ steps }, index) =>
          index % 3 === 0 && answerOf(results[index]!) === 'committed' ? [{ steps, index }] : [],
        );
        const answers = await Promise.all(
          again.flatMap(({ steps, index }) => [
            ledger.commit(change(workspaceId, steps, keyed(index))),
            ledger.commit(change(workspaceId, [{ stream: 'd', amount: 0 }])),
          ]),
        );
        expect(answers.filter((_, i) => i % 2 === 0)).toEqual(
          again.map(({ index }) => repeated((results[index] as PromiseFulfilledResult<object>).value)),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('arriving while another process appends: is answered as the model predicts, in order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(staggered, async (attempts) => {
        const ledger = newLedger({ maxBatch: 7 });
        const other = newLedger();
        const workspaceId = await newWorkspace(ledger);
        const model = new Model();
        const elsewhere: Promise<unknown>[] = [];
        const results = await sendStaggered(attempts, (steps, index) => {
          if (attempts[index]!.disturbed) {
            elsewhere.push(other.commit(change(workspaceId, [{ stream: `d${index}`, amount: 1 }])));
          }
          return ledger.commit(change(workspaceId, steps));
        });
        await Promise.all(elsewhere);
        expect(results.map(answerOf)).toEqual(attempts.map((one) => model.commit(one)));
        expectTotals(await expectSoundLedger(ledger, database.pool, workspaceId), model);
      }),
      { numRuns: 25 },
    );
  });

  test('arriving while connections are cut: is answered as the model predicts, in order of arrival', async () => {
    const pool = createPool({
      url: database.url,
      role: 'casebook_service',
      applicationName: 'to be cut too',
    });
    await fc.assert(
      fc.asyncProperty(staggered, async (attempts) => {
        const ledger = newLedger({ maxBatch: 7, retryDelays: Array.from({ length: 60 }, () => 5) }, pool);
        const workspaceId = await newWorkspace(newLedger());
        const model = new Model();
        const cuts: Promise<unknown>[] = [];
        let disturbances = 0;
        const results = await sendStaggered(attempts, (steps, index) => {
          if (attempts[index]!.disturbed && ++disturbances % 5 === 0) {
            cuts.push(
              database.ownerPool.query(
                `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE application_name = 'to be cut too' AND datname = current_database()`,
              ),
            );
          }
          return ledger.commit(change(workspaceId, steps));
        });
        await Promise.all(cuts);
        expect(results.map(answerOf)).toEqual(attempts.map((one) => model.commit(one)));
        expectTotals(await expectSoundLedger(newLedger(), database.pool, workspaceId), model);
        await ledger.close();
      }),
      { numRuns: 25 },
    );
    await pool.end();
  });

  test('in turn by three processes: is answered as the model predicts', async () => {
    const { pool, begins } = watchedPool();
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 5, maxLength: 25 }), async (attempts) => {
        const processes = [newLedger({}, pool), newLedger({ maxCachedEvents: 8 }, pool), newLedger({}, pool)];
        const workspaceId = await newWorkspace(processes[0]!);
        const model = new Model();
        for (const one of attempts) {
          const [result] = await Promise.allSettled([
            processes[one.by]!.commit(
              change(workspaceId, one.steps, one.key === undefined ? {} : { key: one.key }),
            ),
          ]);
          expect(answerOf(result)).toBe(model.commit(one));
        }
        expectTotals(await expectSoundLedger(processes[0]!, pool, workspaceId), model);
      }),
      { numRuns: 40 },
    );
    expect(begins()).toBeGreaterThan(10);
    await Promise.all(ledgers.splice(0).map((ledger) => ledger.close()));
    await pool.end();
  });
});

describe('a commit', () => {
  test('takes one statement while the process is alone, and locks first beside another process', async () => {
    const { pool, begins } = watchedPool();
    const ledger = newLedger({}, pool);
    const workspaceId = await newWorkspace(ledger);
    const other = newLedger();
    const add = (by: Ledger, amount: number) => by.commit(change(workspaceId, [{ stream: 'a', amount }]));
    await add(ledger, 1);
    await add(ledger, 1);
    expect(begins()).toBe(0);
    await add(other, 1);
    await add(ledger, -1);
    expect(begins()).toBe(1);
    // Alone again, it returns to one statement.
    for (let turn = 0; turn < 20; turn++) await add(ledger, turn % 2 === 0 ? 1 : -1);
    const since = begins();
    for (let turn = 0; turn < 20; turn++) await add(ledger, turn % 2 === 0 ? 1 : -1);
    expect(begins()).toBe(since);
    await expectSoundLedger(ledger, database.pool, workspaceId);
    await ledger.close();
    await pool.end();
  });

  test('decides on all recorded events, even in a stream that another process appended to meanwhile', async () => {
    const here = newLedger();
    const there = newLedger();
    const workspaceId = await newWorkspace(here);
    const add = async (by: Ledger, stream: string, amount: number) =>
      (await by.commit(change(workspaceId, [{ stream, amount }]))).status;
    expect(await add(here, 'b', 1)).toBe('committed');
    expect(await add(there, 'b', 1)).toBe('committed');
    expect(await add(here, 'a', 1)).toBe('committed');
    expect(await add(here, 'b', -2)).toBe('committed');
    expect(await add(there, 'b', -1)).toBe('refused');
    await expectSoundLedger(here, database.pool, workspaceId);
  });

  test('never answers from a past state: a refusal takes into account what another process just recorded', async () => {
    const here = newLedger();
    const there = newLedger();
    const workspaceId = await newWorkspace(here);
    const add = (by: Ledger, amount: number) => by.commit(change(workspaceId, [{ stream: 'a', amount }]));
    expect((await add(here, -1)).status).toBe('refused');
    expect((await add(there, 1)).status).toBe('committed');
    expect((await add(here, -1)).status).toBe('committed');
    expect((await add(there, -1)).status).toBe('refused');
    expect(await there.commit(change(workspaceId, [{ stream: 'a', amount: 0 }]))).toMatchObject({
      position: 2,
    });
  });

  test('catches up on more events than it reads under the lock', async () => {
    const here = newLedger();
    const there = newLedger();
    const workspaceId = await newWorkspace(here);
    await here.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    await here.commit(change(workspaceId, [{ stream: 'b', amount: 1 }]));
    for (let turn = 0; turn < 100; turn++) {
      await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          there.commit(change(workspaceId, [{ stream: `a${i}`, amount: turn % 2 === 0 ? 1 : -1 }])),
        ),
      );
    }
    await there.commit(change(workspaceId, [{ stream: 'a', amount: LIMIT - 1 }]));
    expect((await here.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]))).status).toBe('refused');
    expect((await here.commit(change(workspaceId, [{ stream: 'b', amount: -1 }]))).status).toBe('committed');
    await expectSoundLedger(here, database.pool, workspaceId);
  });
});

describe('many writers', () => {
  test('64 in two processes record positions 1 to n without a gap, and each gets its own answers', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const writers = new URL('./tally-writers.fixture.ts', import.meta.url);
    const programs = [0, 1].map(() => startProgram(writers, [database.url, workspaceId, '32', '30']));
    const answers = await Promise.all(
      programs.map((program) => nextMessage<{ status: string; ids: string[] }[]>(program)),
    );
    await Promise.all(
      programs.map(async (program) => {
        if (program.exitCode === null) await once(program, 'exit');
      }),
    );
    const events = await expectSoundLedger(ledger, database.pool, workspaceId);
    expect(answers.flat()).toHaveLength(2 * 32 * 30);
    expect(events.map(({ eventId }) => eventId).sort()).toEqual(
      answers
        .flat()
        .flatMap(({ ids }) => ids)
        .sort(),
    );
    expect(events.length).toBeGreaterThan(900);
  });

  test('do not lose or repeat a command while their connections are cut repeatedly', async () => {
    const pool = createPool({ url: database.url, role: 'casebook_service', applicationName: 'to be cut' });
    const ledger = newLedger({ retryDelays: Array.from({ length: 60 }, () => 10) }, pool);
    const workspaceId = await newWorkspace(ledger);
    const written = new AbortController();
    const cutting = (async () => {
      // Fewer than the ledger's retries of one batch, however slow the machine.
      for (let cut = 0; cut < 25 && !written.signal.aborted; cut++) {
        await database.ownerPool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'to be cut' AND datname = current_database()`,
        );
        await new Promise((resolve) => setTimeout(resolve, 15 + ((cut * 23) % 70)));
      }
    })();
    const ids = await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        const mine: string[] = [];
        for (let turn = 0; turn < 60; turn++) {
          const outcome = await ledger.commit(
            change(workspaceId, [{ stream: `s${writer % 5}`, amount: turn % 2 === 0 ? 1 : -1 }]),
          );
          if (outcome.status === 'committed') mine.push(...outcome.events.map(({ eventId }) => eventId));
        }
        return mine;
      }),
    );
    written.abort();
    await cutting;
    const events = await expectSoundLedger(newLedger(), database.pool, workspaceId);
    expect(events.map(({ eventId }) => eventId).sort()).toEqual(ids.flat().sort());
    expect(events.length).toBeGreaterThan(900);
    await ledger.close();
    await pool.end();
  });
});

describe('an unreachable database', () => {
  test('fails the command as not committed if nothing was sent', async () => {
    const pool = createPool({ url: database.url.replace(/:\d+\//, ':9/'), role: 'casebook_service' });
    const ledger = newLedger({ retryDelays: [1, 1] }, pool);
    const fault = await ledger.commit(change('w', [{ stream: 'a', amount: 1 }])).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(LedgerFault);
    expect(fault).toMatchObject({ fate: 'not-committed', cause: { code: 'ECONNREFUSED' } });
    await ledger.close();
    await pool.end();
  });
});

describe('a head that somebody holds', () => {
  test('has commands wait for as long as they may, and then be turned away; afterwards all goes on', async () => {
    const told: string[] = [];
    const ledger = newLedger({ maxWait: 300, tell: (sentence) => told.push(sentence) });
    const workspaceId = await newWorkspace(ledger);
    const commit = () => ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    await commit();
    const holder = await database.ownerPool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM ledger_heads WHERE workspace_id = $1 FOR UPDATE', [workspaceId]);
      const faults = await Promise.all(
        Array.from({ length: 5 }, () => commit().catch((error: unknown) => error)),
      );
      for (const fault of faults) expect(fault).toBeInstanceOf(LedgerFault);
      expect(ledger.trouble).toContain('no answer from the database');
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect(await commit()).toMatchObject({ status: 'committed' });
    expect(ledger.trouble).toBeNull();
    expect(told).toEqual([
      'Commands cannot be recorded: no answer from the database in 0.3 s',
      expect.stringMatching(/^Commands are recorded again, after \d+ s; 5 were turned away\.$/),
    ]);
    await ledger.close();
  });
});

describe('a full disk', () => {
  test('fails the command after a few tries, without waiting as for an unreachable database', async () => {
    // The test would time out during this pause.
    const ledger = newLedger({ retryDelays: [1, 1, 3_600_000] });
    const workspaceId = await newWorkspace(ledger);
    await database.ownerPool.query(`
      CREATE SEQUENCE tries;
      GRANT USAGE ON SEQUENCE tries TO PUBLIC;
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM nextval('tries'); RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON events FOR EACH STATEMENT
        EXECUTE FUNCTION full_disk()`);
    try {
      await expect(ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]))).rejects.toMatchObject({
        fate: 'not-committed',
        cause: { code: '53100' },
      });
      const { rows } = await database.ownerPool.query<{ last_value: number }>('SELECT last_value FROM tries');
      expect(Number(rows[0]!.last_value)).toBe(3);
    } finally {
      await database.ownerPool.query(
        'DROP TRIGGER full_disk ON events; DROP FUNCTION full_disk; DROP SEQUENCE tries',
      );
    }
    const outcome = await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    expect(outcome.status).toBe('committed');
    await ledger.close();
  });
});

describe('time', () => {
  test('never runs backwards in a workspace, even if the clock does, in this process or the next', async () => {
    const times = [1_000, 5_000, 2_000, 1_000_000, 3_000].map((ms) => Date.UTC(2024, 0, 1) + ms);
    let turn = 0;
    const clock = () => times[turn++ % times.length]!;
    const ledger = newLedger({ clock });
    const workspaceId = await newWorkspace(ledger);
    for (let i = 0; i < 3; i++) await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    await newLedger({ clock: () => times[0]! }).commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    const events = await expectSoundLedger(ledger, database.pool, workspaceId);
    expect(events.map(({ recordedAt }) => recordedAt.slice(17))).toEqual([
      '01.000Z',
      '05.000Z',
      '05.000Z',
      '05.000Z',
    ]);
  });
});

describe('the events table', () => {
  test.each([
    `UPDATE events SET actor_id = 'mallory'`,
    `UPDATE events SET payload = NULL, payload_salt = NULL`,
    'DELETE FROM events',
    'TRUNCATE events',
    'DELETE FROM ledger_heads',
    'TRUNCATE ledger_heads',
    'ALTER TABLE events DISABLE TRIGGER ALL',
    'DROP TABLE events',
  ])('denies the service %s', async (statement) => {
    await newLedger().openWorkspace('append-only');
    await newLedger().commit(change('append-only', [{ stream: 'a', amount: 1 }]));
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test.each([
    `UPDATE events SET actor_id = 'mallory'`,
    `UPDATE events SET payload = NULL, payload_salt = NULL`,
    'DELETE FROM events',
    'TRUNCATE events',
    'DELETE FROM ledger_heads',
    'TRUNCATE ledger_heads',
    `SET session_replication_role = replica; DELETE FROM events`,
  ])('denies its owner %s', async (statement) => {
    await newLedger().openWorkspace('append-only');
    await newLedger().commit(change('append-only', [{ stream: 'a', amount: 1 }]));
    await expect(database.ownerPool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('shows the reader its workspace and lets it write nothing', async () => {
    const reader = createPool({
      url: `${database.url}?options=${encodeURIComponent('-c casebook.workspace=append-only')}`,
      role: 'casebook_reader',
    });
    await newLedger().openWorkspace('append-only');
    expect(await newLedger({}, reader).head('append-only')).not.toBeNull();
    for (const statement of [
      `INSERT INTO ledger_heads (workspace_id) VALUES ('x')`,
      'UPDATE ledger_heads SET size = 0',
      'DELETE FROM view_progress',
    ]) {
      await expect(reader.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
    await reader.end();
  });
});

describe('readers', () => {
  test('return a stream by version, position and time, and the ledger by pages', async () => {
    let now = Date.UTC(2024, 0, 1);
    const ledger = newLedger({ clock: () => (now += 1000) });
    const workspaceId = await newWorkspace(ledger);
    for (const stream of ['a', 'b', 'a', 'b', 'a']) {
      await ledger.commit(change(workspaceId, [{ stream, amount: 1 }]));
    }
    const positions = (events: readonly { readonly position: number }[]) =>
      events.map(({ position }) => position);
    const all = await ledger.readAll(workspaceId);
    expect(positions(await ledger.readStream(workspaceId, 'a'))).toEqual([1, 3, 5]);
    expect(positions(await ledger.readStream(workspaceId, 'a', { fromVersion: 2 }))).toEqual([3, 5]);
    expect(positions(await ledger.readStream(workspaceId, 'a', { toPosition: 4 }))).toEqual([1, 3]);
    expect(positions(await ledger.readStream(workspaceId, 'a', { toTime: all[2]!.recordedAt }))).toEqual([
      1, 3,
    ]);
    expect(positions(await ledger.readStream(workspaceId, 'a', { limit: 1 }))).toEqual([1]);
    expect(positions(await ledger.readAll(workspaceId, { after: 2, limit: 2 }))).toEqual([3, 4]);
    expect(positions(await ledger.readAll(workspaceId, { after: 2, to: 3 }))).toEqual([3]);
    expect(await ledger.readStream(workspaceId, 'none')).toEqual([]);
  });

  test("return a stream's current state after commits by any process, and fold only new events", async () => {
    const [ledger, other] = [newLedger(), newLedger()];
    const workspaceId = await newWorkspace(ledger);
    let folded = 0;
    const counted = {
      ...tally,
      evolve: (state: Tally, event: RecordedEvent) => {
        folded += 1;
        return tally.evolve(state, event);
      },
    };
    const foldedWhenRead = async (): Promise<number> => {
      folded = 0;
      const events = await ledger.readStream(workspaceId, 'a');
      const state = events.reduce((before, event) => tally.evolve(before, event), tally.initial);
      expect(await ledger.readState(workspaceId, 'a', counted)).toEqual(state);
      return folded;
    };
    expect(await foldedWhenRead()).toBe(0);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    await other.commit(change(workspaceId, [{ stream: 'b', amount: 1 }]));
    expect(await foldedWhenRead()).toBe(1);
    expect(await foldedWhenRead()).toBe(0);
    await other.commit(change(workspaceId, [{ stream: 'a', amount: 2 }]));
    expect(await foldedWhenRead()).toBe(2);
    // As an erasure does: states folded before it must not be used any more.
    await database.ownerPool.query('UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1', [
      workspaceId,
    ]);
    expect(await foldedWhenRead()).toBe(3);
    expect(await foldedWhenRead()).toBe(0);
    expect(await ledger.readState('nowhere', 'a', tally)).toBe(tally.initial);
  });

  test('get every batch once it is committed, in order, until they unsubscribe', async () => {
    const ledger = newLedger();
    const workspaceId = await newWorkspace(ledger);
    const heard: number[] = [];
    let commands = 0;
    const stop = ledger.onCommitted((from, events, facts) => {
      expect(from).toBe(workspaceId);
      expect(facts.waited).toBeGreaterThan(0);
      commands += facts.commands;
      heard.push(...events.map(({ position }) => position));
    });
    await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        ledger.commit(change(workspaceId, [{ stream: `s${i}`, amount: 2 }])),
      ),
    );
    stop();
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    expect(heard).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    expect(commands).toBe(9);
  });
});
