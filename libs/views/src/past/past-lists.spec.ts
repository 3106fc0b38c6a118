import type { AnnotationKind } from '@casebook/contracts';
import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { Runner } from '@casebook/projections';
import { AnalysisQueries, PastLists, projections } from '../index.js';
import { type Bench, everything, openBench } from '../workspace.fixture.js';

const KINDS: readonly AnnotationKind[] = ['claim', 'warning', 'attack', 'link', 'dispute', 'comment'];

describe('lists as they were', () => {
  let bench: Bench;
  let past: PastLists;
  let analysis: AnalysisQueries;
  beforeAll(async () => {
    bench = await openBench();
    past = new PastLists(bench.dataSource, bench.incidents, bench.library, bench.histories);
    analysis = new AnalysisQueries(bench.dataSource, bench.incidents, bench.histories);
  });
  afterAll(() => bench.close());

  /** Every list of the workspace, page by page, by its name. */
  async function listed(
    workspaceId: string,
    incidentIds: readonly string[],
    limit: number,
    position?: number,
  ): Promise<Record<string, unknown[]>> {
    const moment = { position: position ?? 0 };
    const isNow = position === undefined;
    const lists: Record<string, unknown[]> = {};
    const add = async (
      name: string,
      page: (request: {
        limit: number;
        cursor?: string;
      }) => Promise<{ items: unknown[]; next: string | null } | null>,
    ) => {
      if ((await page({ limit })) === null) lists[name] = [];
      else {
        lists[name] = await everything((cursor) => page({ limit, ...(cursor !== undefined && { cursor }) }));
      }
    };
    for (const filter of [{}, { status: 'open' as const }, { status: 'closed' as const }, { q: 'A' }]) {
      await add(`incidents ${JSON.stringify(filter)}`, (page) =>
        isNow
          ? bench.incidents.incidents(workspaceId, { ...filter, ...page })
          : past.incidentList(workspaceId, { ...filter, ...page }, moment),
      );
    }
    for (const filter of [{}, { q: 'corr' }, { publisher: 'The Courier' }, { language: 'en' }]) {
      await add(`documents ${JSON.stringify(filter)}`, (page) =>
        isNow
          ? bench.library.documents(workspaceId, { ...filter, ...page })
          : past.documentList(workspaceId, { ...filter, ...page }, moment),
      );
    }
    for (const filter of [{}, ...incidentIds.map((incidentId) => ({ incidentId }))]) {
      await add(`tags ${JSON.stringify(filter)}`, (page) =>
        isNow
          ? bench.incidents.tags(workspaceId, { ...filter, ...page })
          : past.tags(workspaceId, { ...filter, ...page }, moment),
      );
    }
    await add('members', (page) =>
      isNow ? bench.members.members(workspaceId, page) : past.members(workspaceId, page, moment),
    );
    for (const filter of [{}, { state: 'open' as const, incidentId: incidentIds[1]! }]) {
      await add(`disputes ${JSON.stringify(filter)}`, (page) =>
        isNow
          ? analysis.disputes(workspaceId, { ...filter, ...page, now: new Date() })
          : analysis.disputesAt(workspaceId, { ...filter, ...page }, moment),
      );
    }
    await add('activity', (page) =>
      analysis.activity(workspaceId, { ...page, limit: 10 * page.limit }, isNow ? undefined : moment),
    );
    // These are paged by position.
    const after = ({ limit: most, cursor }: { limit: number; cursor?: string }) => ({
      limit: 10 * most,
      after: Number(cursor ?? 0),
    });
    await add('audit', (page) => bench.histories.audit(workspaceId, after(page), isNow ? undefined : moment));
    for (const id of incidentIds) {
      await add(`history of ${id}`, (page) =>
        bench.histories.history(workspaceId, id, after(page), isNow ? undefined : moment),
      );
      await add(`documents of ${id}`, (page) =>
        isNow
          ? bench.incidents.documents(workspaceId, id, page)
          : past.attachments(workspaceId, id, page, moment),
      );
      for (const kind of KINDS) {
        for (const filter of [
          {},
          { status: 'retracted' as const },
          { recordedBy: 'bob' },
          { modality: 'stated' },
        ]) {
          await add(`${kind} of ${id} ${JSON.stringify(filter)}`, (page) =>
            isNow
              ? bench.incidents.annotations(workspaceId, id, kind, { ...filter, ...page })
              : past.annotations(workspaceId, id, kind, { ...filter, ...page }, moment),
          );
        }
      }
    }
    return lists;
  }

  it('are the lists that were answered then, whatever was recorded since', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(histories({ maxCommands: 10 }), {
          minLength: 2,
          maxLength: 2,
          selector: ({ incidentId }) => incidentId,
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (pair, limit, followed) => {
          const writer = await bench.workspace();
          const { workspaceId } = writer;
          const runner = new Runner(bench.database.pool, { projections });
          const ids = pair.map(({ incidentId }) => incidentId);
          await writer.open();
          const then = new Map<number, Record<string, unknown[]>>();
          const remember = async () => {
            const { size } = (await bench.ledger.head(workspaceId))!;
            then.set(size, await listed(workspaceId, ids, 50));
          };
          for (const [index, history] of pair.entries()) {
            await writer.play({ ...history, steps: history.steps.slice(0, 5) });
            await remember();
            await writer.play({ ...history, documents: [], steps: history.steps.slice(5) });
            await writer.member({
              type: 'AddMember',
              member: { id: `member-${index}`, name: 'Somebody', role: 'reader' },
            });
            await writer.document({
              type: 'DescribeDocument',
              documentId: history.documents[0]!.id,
              changes: { title: `Corrected ${index}`, publisher: 'The Courier' },
            });
            await remember();
          }
          if (followed) await runner.catchUp(workspaceId);
          for (const [position, lists] of then) {
            expect([position, await listed(workspaceId, ids, limit, position)]).toEqual([position, lists]);
          }
          const none = await listed(workspaceId, ids, limit, 0);
          expect(Object.values(none).flat()).toEqual([]);
        },
      ),
      // Shrinking would take longer than a test may.
      { numRuns: 2, endOnFailure: true },
    );
  });
});
