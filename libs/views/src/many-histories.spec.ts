import {
  decodeEvent,
  type DocumentEventType,
  type IncidentEventType,
  type RecordedEvent,
} from '@casebook/contracts';
import {
  type DocumentState,
  evolve,
  evolveDocument,
  type IncidentState,
  initialDocument,
  initialIncident,
} from '@casebook/incident';
import type { Ledger, StoredEvent } from '@casebook/ledger';
import { histories, type History, type TestDatabase } from '@casebook/testing';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import {
  type Projection,
  rebuildView,
  replayViews,
  Runner,
  type RebuildStep,
  type RunnerStep,
} from '@casebook/projections';
import { incidentView, projections, streams } from './index.js';
import { type Bench, openBench, type Writer } from './workspace.fixture.js';

/** CASEBOOK_HISTORIES=5000 npm test -- libs/views/src/many-histories */
const HISTORIES = Number(process.env['CASEBOOK_HISTORIES'] ?? 100);
const IN_A_WORKSPACE = 50;
/** The first of each kind of step of a page or of a rebuild ends in a broken process, and of the others so many. */
const BREAKS = 0.15;

const STEPS: readonly (RunnerStep | RebuildStep)[] = [
  ...(['claimed', 'read', 'folded', 'applied', 'moved'] as const),
  ...(['begun', 'page', 'compared', 'caught up', 'locked', 'kept', 'replaced', 'taken over'] as const),
];

/** Takes a third of each table's rows away and falsifies another third, so that a rebuild has much to put right. */
async function spoil(database: TestDatabase, workspaceId: string, { view }: Projection): Promise<void> {
  for (const { name, key, columns } of view.tables) {
    const lot = `workspace_id = $1 AND abs(hashtext((${key.join(', ')})::text)) % 3`;
    const text = columns.findLast((column) => column.type === 'text' && !key.includes(column.name))?.name;
    await database.ownerPool.query(`DELETE FROM ${name} WHERE ${lot} = 0`, [workspaceId]);
    if (text === undefined) continue;
    const spoilt = `UPDATE ${name} SET ${text} = coalesce(${text}, '') || 'x' WHERE ${lot} = 1`;
    await database.ownerPool.query(spoilt, [workspaceId]);
  }
}

class Broken extends Error {}

/** The incident and its documents as one forward fold has them, at each position that moved any of them. */
function* foldedForward(ledger: readonly StoredEvent[], incidentId: string) {
  const documents = new Map<string, DocumentState>();
  let state: IncidentState = initialIncident;
  for (const stored of ledger) {
    if (stored.streamId === streams.incident(incidentId)) {
      state = evolve(state, decodeEvent(stored) as RecordedEvent<IncidentEventType>);
    } else if (stored.streamId.startsWith('document:')) {
      const before = documents.get(stored.streamId) ?? initialDocument;
      documents.set(
        stored.streamId,
        evolveDocument(before, decodeEvent(stored) as RecordedEvent<DocumentEventType>),
      );
    } else continue;
    yield {
      position: stored.position,
      view:
        state.status === 'unopened'
          ? null
          : incidentView(state, (id) => {
              const document = documents.get(streams.document(id)) ?? initialDocument;
              return document.status === 'unknown' ? undefined : (document.details ?? undefined);
            }),
    };
  }
}

describe(`${HISTORIES} random histories, many at once, while processes break at every step`, () => {
  const seed = Number(process.env['CASEBOOK_SEED'] ?? Date.now() % 1_000_000);
  let bench: Bench;
  const broken = new Set<string>();
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const breakNow = (step: string): void => {
    const isFirst = !broken.has(step);
    if (!isFirst && Math.random() >= BREAKS) return;
    broken.add(step);
    throw new Broken(step);
  };
  const unlessBroken = (error: unknown): void => {
    if (!(error instanceof Broken)) throw error;
  };

  /** Again and again, each time from its beginning, until it comes through. */
  const untilWhole = async (attempt: () => Promise<unknown>): Promise<void> => {
    for (let again = true; again;) {
      again = false;
      await attempt().catch((error: unknown) => {
        unlessBroken(error);
        again = true;
      });
    }
  };

  /** Every row of every view is what the events say. */
  async function same(workspaceId: string): Promise<void> {
    const where = `seed ${seed}, ${workspaceId}`;
    for (const { view, differences, rowsCompared } of await replayViews(
      bench.database.pool,
      projections,
      workspaceId,
    )) {
      expect([where, view, differences]).toEqual([where, view, []]);
      expect(rowsCompared).toBeGreaterThan(0);
    }
  }

  /** All histories at once; while they are written, views follow and are rebuilt by processes that break. */
  async function played(mine: readonly History[]): Promise<Writer> {
    const writer = await bench.workspace();
    await writer.open();
    const { workspaceId } = writer;
    const still = { writing: true };
    const breaking = (pageEvents: number, ledger?: Ledger): Runner =>
      new Runner(bench.database.pool, {
        projections,
        pageEvents,
        onStep: breakNow,
        ...(ledger && { ledger }),
      });
    /** One process that goes on after each break, or another one each time. */
    const following = async (runner: () => Runner): Promise<void> => {
      while (still.writing) await runner().catchUp(workspaceId).catch(unlessBroken);
    };
    const rebuilt = (projection: Projection): Promise<void> =>
      untilWhole(() =>
        rebuildView(bench.database.pool, workspaceId, projection, { pageEvents: 100, onStep: breakNow }),
      );
    const rebuilding = async (): Promise<void> => {
      for (let n = 0; still.writing; n += 1) {
        const projection = projections[n % projections.length]!;
        // Whoever records a claim reads the library.
        if (projection.view.name !== 'library') await spoil(bench.database, workspaceId, projection);
        await rebuilt(projection);
      }
    };
    const lasting = breaking(7);
    // The other one as in the process that writes.
    const beside = [following(() => lasting), following(() => breaking(200, bench.ledger)), rebuilding()];
    try {
      await Promise.all(
        mine.map(async (history, n) => {
          await writer.play(history, 1 + (n % 4));
          await writer.document({
            type: 'DescribeDocument',
            documentId: history.documents[0]!.id,
            changes: { title: `Corrected by ${n}`, publisher: 'The Harbour Courier' },
          });
        }),
      );
    } finally {
      still.writing = false;
      await Promise.all(beside);
    }
    await untilWhole(() => breaking(50).catchUp(workspaceId));
    await same(workspaceId);
    for (const projection of projections) {
      await spoil(bench.database, workspaceId, projection);
      await rebuilt(projection);
    }
    await same(workspaceId);
    return writer;
  }

  it('incremental is rebuilt is as-of, at every position', async () => {
    const all = fc.sample(histories({ maxCommands: 25 }), { numRuns: HISTORIES, seed });
    let compared = 0;
    for (let at = 0; at < all.length; at += IN_A_WORKSPACE) {
      const mine = all.slice(at, at + IN_A_WORKSPACE);
      const { workspaceId } = await played(mine);
      const where = `seed ${seed}, ${workspaceId}`;
      const ledger = await bench.ledger.readAll(workspaceId, { limit: 100_000 });
      const incidents = [...new Set(mine.map(({ incidentId }) => incidentId))];
      const check = async (id: string): Promise<void> => {
        let last: unknown = null;
        for (const { position, view } of foldedForward(ledger, id)) {
          // What others do does not change it: asked only where something did, and just before.
          if (isDeepStrictEqual(view, last)) continue;
          for (const [asked, expected] of [
            [position - 1, last],
            [position, view],
          ] as const) {
            const answer = await bench.histories.asOf(workspaceId, id, { position: asked });
            if (!isDeepStrictEqual(answer, expected))
              expect([where, id, asked, answer]).toEqual([where, id, asked, expected]);
            compared += 1;
          }
          last = view;
        }
        const live = await bench.incidents.incident(workspaceId, id);
        expect([where, live]).toEqual([where, last]);
      };
      const left = [...incidents];
      const checking = async (): Promise<void> => {
        for (let id = left.pop(); id !== undefined; id = left.pop()) await check(id);
      };
      await Promise.all([checking(), checking(), checking(), checking()]);
    }
    expect(compared).toBeGreaterThan(HISTORIES * 5);
    expect([...broken].sort()).toEqual([...STEPS].sort());
  }, 3_600_000);
});
