import { histories } from '@casebook/testing';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { planErasure } from './erasure.js';
import { replayViews, Runner } from '@casebook/projections';
import { projections } from './index.js';
import { type Bench, openBench } from './workspace.fixture.js';

const LAW = { reason: 'It was asked for.', legalBasis: 'GDPR Art. 17' };

interface Details {
  /** Called after the events to be erased were looked for, and before the views are projected. */
  readonly onceLooked?: (client: PoolClient) => Promise<void>;
  readonly beforeLock?: () => Promise<void>;
  readonly mostRemembered?: number;
  readonly includeQuotes?: boolean;
}

describe('an erasure', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const erase = async (workspaceId: string, positions: readonly number[], how: Details = {}) => {
    const { pool } = bench.database;
    const { includeQuotes = false } = how;
    const asked = { workspaceId, id: `of-${positions.join('-')}`, positions, includeQuotes, ...LAW };
    let looked = false;
    const connect = async () => {
      const client = await pool.connect();
      const query = async (text: string | object, values?: unknown[]) => {
        const result = await client.query(text as string, values);
        if (!looked && typeof text === 'string' && text.includes('e.position = ANY')) {
          looked = true;
          await how.onceLooked?.(client);
        }
        return result;
      };
      return { query, release: (broken?: boolean) => client.release(broken) };
    };
    const watched = { connect } as unknown as typeof pool;
    const { plan } = await planErasure(watched, asked, undefined, how.mostRemembered);
    await how.beforeLock?.();
    return bench.ledger.erase({ workspaceId, body: null, actorId: 'admin', correlationId: 'test', plan });
  };
  /** What each view says otherwise than its events do. */
  const lies = async (workspaceId: string) =>
    (await replayViews(bench.database.pool, projections, workspaceId)).filter(({ holds }) => !holds);

  /** Each holds nothing that an event said, or is made to forget it: by the ledger, or by a statement of `OTHER_COPIES`. */
  const BESIDE_VIEWS = [
    'access_refusals',
    'casebook_migrations',
    'events',
    'ledger_checkpoints',
    'ledger_cosignatures',
    'ledger_heads',
    'ledger_keys',
    'ledger_tiles',
    'view_kept_rows',
    'view_progress',
    'view_rebuilds',
    'webhook_dead_letters',
    'webhooks',
  ];
  it('knows every table that there is beside those of views', async () => {
    const { rows } = await bench.database.ownerPool.query<{ name: string }>(
      `SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1`,
    );
    const ofViews = new Set(projections.flatMap(({ view }) => view.tables.map(({ name }) => name)));
    expect(rows.map(({ name }) => name).filter((name) => !ofViews.has(name))).toEqual(BESIDE_VIEWS);
  });

  it('takes a word of a closed list for no copy', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const [incidentId, id] = [uuidv7(), uuidv7()];
    await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'Harbour' } });
    const warning = { kind: 'warning', id } as const;
    const fields = { summary: 'one', specificity: { who: 'vague' } } as const;
    await writer.incident(incidentId, { type: 'RecordAnnotation', ...warning, fields });
    const said = (await bench.ledger.head(workspaceId))!.size;
    const changes = { specificity: { how: 'none' } } as const;
    await writer.incident(incidentId, { type: 'ReviseAnnotation', ...warning, changes });
    const outcome = await erase(workspaceId, [said]);
    expect(outcome.status === 'committed' && outcome.events[0]?.payload).toEqual({
      ...LAW,
      positions: [said],
    });
  });

  it('of any events of any history leaves every view what the events still say', async () => {
    const cases = fc.tuple(
      histories({ maxCommands: 25 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([history, picks]) => {
        const writer = await bench.workspace();
        const { workspaceId } = writer;
        await writer.play(history, 3);
        const runner = new Runner(bench.database.pool, { projections });
        // The view that follows has seen all of it in some runs, and nothing in others.
        if (picks[0]! % 3 > 0) await runner.catchUp(workspaceId);
        const { size } = (await bench.ledger.head(workspaceId))!;
        const positions = [...new Set(picks.map((pick) => 1 + (pick % size)))];
        expect((await erase(workspaceId, positions)).status).toBe('committed');

        const ledger = await bench.ledger.readAll(workspaceId, { limit: 10_000 });
        expect(ledger.filter(({ payload }) => payload === null).map(({ position }) => position)).toEqual(
          positions.sort((a, b) => a - b),
        );
        const live = await bench.incidents.incident(workspaceId, history.incidentId);
        expect(
          await bench.histories.asOf(workspaceId, history.incidentId, { position: ledger.length }),
        ).toEqual(live);
        expect(await lies(workspaceId)).toEqual([]);
        await runner.catchUp(workspaceId);
        expect(await lies(workspaceId)).toEqual([]);
        await runner.close();
      }),
      { numRuns: 20 },
    );
  });

  it('erases what turns out to be a copy of what came after the views were read', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const [incidentId, id] = [uuidv7(), uuidv7()];
    await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'Harbour' } });
    const warning = { kind: 'warning', id } as const;
    await writer.incident(incidentId, { type: 'RecordAnnotation', ...warning, fields: { summary: 'one' } });
    const say = (summary: string) =>
      writer.incident(incidentId, { type: 'ReviseAnnotation', ...warning, changes: { summary } });
    await say('two');
    const runner = new Runner(bench.database.pool, { projections });
    await runner.catchUp(workspaceId);
    const outcome = await erase(workspaceId, [1, 4], {
      includeQuotes: true,
      beforeLock: async () => {
        await say('one');
      },
    });
    expect(outcome.status).toBe('committed');
    const events = await bench.ledger.readAll(workspaceId);
    expect(events.slice(0, 4).map(({ payload }) => payload === null)).toEqual([true, true, false, true]);
    await runner.catchUp(workspaceId);
    expect(await lies(workspaceId)).toEqual([]);
    await runner.close();
  });

  it('names a later event that says a part again because another part of the field was changed', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const [incidentId, id] = [uuidv7(), uuidv7()];
    await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'Harbour' } });
    const attack = { kind: 'attack', id } as const;
    const killed = { best: 9 };
    await writer.incident(incidentId, {
      type: 'RecordAnnotation',
      ...attack,
      fields: { summary: 'A blast', casualties: { killed } },
    });
    const said = (await bench.ledger.head(workspaceId))!.size;
    const changes = { casualties: { wounded: { best: 30 } } };
    await writer.incident(incidentId, { type: 'ReviseAnnotation', ...attack, changes });
    const outcome = await erase(workspaceId, [said]);
    const payload = outcome.status === 'committed' ? outcome.events[0]?.payload : null;
    expect(payload).toMatchObject({ quotedAt: [said + 1] });
  });

  it('may take its time before anybody waits for it, too, and leaves the connection as it was', async () => {
    const writer = await bench.workspace();
    await writer.open();
    const allowed = async (client: Pick<PoolClient, 'query'>): Promise<unknown> =>
      (await client.query<{ statement_timeout: string }>('SHOW statement_timeout')).rows[0]
        ?.statement_timeout;
    const usual = await allowed(bench.database.pool);
    const seen: unknown[] = [];
    const lent: PoolClient[] = [];
    await erase(writer.workspaceId, [1], {
      onceLooked: async (client) => {
        lent.push(client);
        seen.push(await allowed(client));
      },
    });
    expect([usual, seen]).toEqual(['30s', ['10min']]);
    expect(await allowed(lent[0]!)).toBe('30s');
  });

  it('is of the ledger as it is once nobody can change it, whatever came in between', async () => {
    const cases = fc.record({
      history: histories({ maxCommands: 40 }),
      tenths: fc.integer({ min: 3, max: 9 }),
      picks: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
      // Also what is not there yet when it is looked for.
      reach: fc.nat({ max: 20 }),
      lags: fc.boolean(),
      catchesUp: fc.boolean(),
      others: fc.option(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), {
        nil: [] as number[],
        freq: 1,
      }),
      includeQuotes: fc.boolean(),
      when: fc.constantFrom('onceLooked' as const, 'beforeLock' as const),
      mostRemembered: fc.constantFrom(0, 20, 50_000),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ history, tenths, picks, others, ...how }) => {
        const writer = await bench.workspace();
        const { workspaceId } = writer;
        const cut = Math.ceil((history.steps.length * tenths) / 10);
        await writer.play({ ...history, steps: history.steps.slice(0, cut) }, 3);
        const runner = new Runner(bench.database.pool, { projections });
        if (!how.lags) await runner.catchUp(workspaceId);
        const { size } = (await bench.ledger.head(workspaceId))!;
        const positions = [...new Set(picks.map((pick) => 1 + (pick % (size + how.reach))))];
        const before = [...new Set(others.map((other) => 1 + (other % size)))];
        const outcome = await erase(workspaceId, positions, {
          mostRemembered: how.mostRemembered,
          includeQuotes: how.includeQuotes,
          [how.when]: async () => {
            await writer.play({ ...history, documents: [], steps: history.steps.slice(cut) }, 3);
            if (how.catchesUp) await runner.catchUp(workspaceId);
            if (before.length > 0) await erase(workspaceId, before);
          },
        });
        const ledger = await bench.ledger.readAll(workspaceId, { limit: 10_000 });
        if (outcome.status === 'committed') {
          for (const position of positions) expect(ledger[position - 1]?.payload).toBeNull();
        }
        expect(await lies(workspaceId)).toEqual([]);
        await runner.catchUp(workspaceId);
        expect(await lies(workspaceId)).toEqual([]);
        await runner.close();
      }),
      { numRuns: 25 },
    );
  });
});
