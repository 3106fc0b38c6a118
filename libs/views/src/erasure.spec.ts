import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { planErasure } from './erasure.js';
import { replayViews, Runner } from './index.js';
import { type Bench, openBench } from './workspace.fixture.js';

const LAW = { reason: 'It was asked for.', legalBasis: 'GDPR Art. 17' };

describe('an erasure', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const erase = async (workspaceId: string, id: string, positions: readonly number[]) => {
    const { plan } = await planErasure(bench.database.pool, { workspaceId, id, positions, ...LAW });
    return bench.ledger.erase({ workspaceId, body: null, actorId: 'admin', correlationId: 'test', plan });
  };

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
        const runner = new Runner(bench.database.pool);
        // The view that follows has seen all of it in some runs, and nothing in others.
        if (picks[0]! % 3 > 0) await runner.catchUp(workspaceId);
        const { size } = (await bench.ledger.head(workspaceId))!;
        const positions = [...new Set(picks.map((pick) => 1 + (pick % size)))];
        expect((await erase(workspaceId, 'erasure', positions)).status).toBe('committed');

        const ledger = await bench.ledger.readAll(workspaceId, { limit: 10_000 });
        expect(ledger.filter(({ payload }) => payload === null).map(({ position }) => position)).toEqual(
          positions.sort((a, b) => a - b),
        );
        const live = await bench.incidents.incident(workspaceId, history.incidentId);
        expect(
          await bench.histories.asOf(workspaceId, history.incidentId, { position: ledger.length }),
        ).toEqual(live);
        const none = (views: Awaited<ReturnType<typeof replayViews>>) =>
          views.map(({ view, differences }) => [view, differences]);
        const replayed = none(await replayViews(bench.dataSource, workspaceId));
        expect(replayed).toEqual(replayed.map(([view]) => [view, []]));
        await runner.catchUp(workspaceId);
        const followed = none(await replayViews(bench.dataSource, workspaceId));
        expect(followed).toEqual(followed.map(([view]) => [view, []]));
        await runner.close();
      }),
      { numRuns: 20 },
    );
  });
});
