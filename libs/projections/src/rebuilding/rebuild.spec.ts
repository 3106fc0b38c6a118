import { poolOf } from '@casebook/postgres';
import { longHistory } from '@casebook/testing';
import { v7 as uuidv7 } from 'uuid';
import { rebuildView, RebuildRefused, type RebuildStep, undoRebuild } from './rebuild.js';
import { Runner } from '../following/runner.js';
import { type Bench, openBench, type Writer } from '../../../views/src/workspace.fixture.js';
import { replayViews } from '../index.js';
import { projections } from '@casebook/views';

const history = longHistory(5, 60);
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const named = (name: string) => projections.find(({ view }) => view.name === name)!;
const incidents = named('incidents');

describe('a rebuild', () => {
  let bench: Bench;
  let writer: Writer;
  beforeAll(async () => {
    bench = await openBench();
  });
  beforeEach(async () => {
    writer = await bench.workspace();
    await writer.open();
    await writer.play(history, 10);
  });
  afterAll(() => bench.close());

  const rebuild = (options: Parameters<typeof rebuildView>[3] = {}, projection = incidents) =>
    rebuildView(bench.database.pool, writer.workspaceId, projection, { pageEvents: 7, ...options });
  const differences = async () =>
    (await replayViews(bench.database.pool, projections, writer.workspaceId)).flatMap(
      (view) => view.differences,
    );
  const checksum = async () =>
    (await replayViews(bench.database.pool, projections, writer.workspaceId)).find(
      ({ view }) => view === 'incidents_v1',
    )!.checksum;
  const tamper = async (...texts: string[]) => {
    for (const text of texts) await bench.database.ownerPool.query(text, [writer.workspaceId]);
  };
  const MARK_ALL = [
    `UPDATE incidents_v1.incidents SET summary = 'stale' WHERE workspace_id = $1`,
    `UPDATE incidents_v1.annotations SET recorded_by = 'stale', body = (body::jsonb || '{"recordedBy": "stale"}')::text WHERE workspace_id = $1`,
  ];
  const addClaimless = (actor: string) =>
    writer.incident(
      history.incidentId,
      {
        type: 'RecordAnnotation',
        kind: 'warning',
        id: uuidv7(),
        fields: { summary: 'One more warning.' },
      } as never,
      actor,
    );

  it('of a correct view changes nothing, and proves it by equal checksums', async () => {
    const seen: number[] = [];
    const size = (await bench.ledger.head(writer.workspaceId))!.size;
    const rebuilt = await rebuild({ onProgress: ({ events }) => seen.push(events) });
    expect(rebuilt).toMatchObject({ position: size, events: size, replaced: 0 });
    expect(rebuilt.checksumAfter).toBe(rebuilt.checksumBefore);
    expect(rebuilt.rows).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(size);
    await expect(undoRebuild(bench.database.pool, writer.workspaceId, incidents)).resolves.toBe(0);
  });

  it('takes a connection that a replay used', async () => {
    const pool = poolOf(bench.dataSource);
    await replayViews(bench.database.pool, projections, writer.workspaceId);
    expect(pool.totalCount).toBe(1);
    await expect(rebuildView(pool, writer.workspaceId, incidents)).resolves.toMatchObject({ replaced: 0 });
  });

  it('repairs wrong, missing and extra rows, and can be undone at once', async () => {
    await tamper(
      ...MARK_ALL,
      `DELETE FROM incidents_v1.attachments WHERE workspace_id = $1`,
      `INSERT INTO incidents_v1.tags (workspace_id, tag, incident_id, claims) VALUES ($1, 'new', gen_random_uuid(), 1)`,
      // Adds a row to an incident that has others.
      `INSERT INTO incidents_v1.annotations SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).*
       FROM incidents_v1.annotations a WHERE workspace_id = $1 LIMIT 1`,
    );
    const wrong = await differences();
    expect(new Set(wrong.map(({ fault }) => fault))).toEqual(new Set(['different', 'missing', 'unexpected']));
    const before = await bench.incidents.incident(writer.workspaceId, history.incidentId);

    const stored = await checksum();
    const rebuilt = await rebuild();
    expect(rebuilt.replaced).toBe(wrong.length);
    expect(rebuilt.checksumAfter).not.toBe(rebuilt.checksumBefore);
    // The checksum taken while folding equals that of the stored rows.
    expect(rebuilt.checksumBefore).toBe(stored);
    expect(rebuilt.checksumAfter).toBe(await checksum());
    expect(await differences()).toEqual([]);

    expect(await undoRebuild(bench.database.pool, writer.workspaceId, incidents)).toBe(wrong.length);
    expect(await bench.incidents.incident(writer.workspaceId, history.incidentId)).toEqual(before);
    expect(await differences()).toEqual(wrong);
    await expect(undoRebuild(bench.database.pool, writer.workspaceId, incidents)).rejects.toThrow(
      RebuildRefused,
    );
    await rebuild();
    expect(await differences()).toEqual([]);
  });

  it('separates the stream with wrong rows from the correct ones', async () => {
    const other = longHistory(6, 20);
    await writer.play(other, 10);
    const right = await rebuild();
    const tampered = `annotations WHERE workspace_id = $1 AND incident_id = '${history.incidentId}'`;
    await tamper(
      `UPDATE incidents_v1.annotations a SET tags = '{other}' FROM
       (SELECT id FROM incidents_v1.${tampered} ORDER BY id LIMIT 1) one WHERE a.workspace_id = $1 AND a.id = one.id`,
      `DELETE FROM incidents_v1.${tampered} AND id = (SELECT max(id::text)::uuid FROM incidents_v1.${tampered})`,
    );
    expect((await differences()).map(({ fault }) => fault).sort()).toEqual(['different', 'missing']);
    const rebuilt = await rebuild();
    expect(rebuilt).toMatchObject({ replaced: 2, rows: right.rows, checksumAfter: right.checksumAfter });
    expect(await differences()).toEqual([]);
  });

  it('undone, keeps what commits have written since', async () => {
    await tamper(MARK_ALL[0]!);
    await rebuild();
    await writer.incident(history.incidentId, { type: 'ReviseIncident', changes: { title: 'Newer' } });
    await undoRebuild(bench.database.pool, writer.workspaceId, incidents);
    expect((await bench.incidents.incident(writer.workspaceId, history.incidentId))?.title).toBe('Newer');
    expect(await differences()).toEqual([]);
  });

  it('undone, leaves out what commits have removed since', async () => {
    const document = { id: `sha256:${'5'.repeat(64)}`, title: 'In passing', text: 'Nothing of note.' };
    await writer.import(document);
    const { incidentId } = history;
    await writer.incident(incidentId, { type: 'AttachDocument', documentId: document.id });
    await tamper(
      `UPDATE incidents_v1.attachments SET attached_by = 'stale' WHERE workspace_id = $1 AND document_id = '${document.id}'`,
    );
    expect(await rebuild()).toMatchObject({ replaced: 1 });
    const detached = {
      type: 'DetachDocument',
      documentId: document.id,
      reason: 'Of another incident.',
    } as const;
    expect((await writer.incident(incidentId, detached)).status).toBe('committed');
    expect(await undoRebuild(bench.database.pool, writer.workspaceId, incidents)).toBe(0);
    expect(await differences()).toEqual([]);
  });

  describe.each(['compared', 'caught up'] as const)('a commit after it has %s', (when) => {
    const meanwhile = async (...texts: string[]) => {
      await rebuild({
        onStep: async (step) => {
          if (step !== when) return;
          await writer.incident(history.incidentId, { type: 'ReviseIncident', changes: { title: 'Newer' } });
          await tamper(...texts);
        },
      });
      const { title } = (await bench.incidents.incident(writer.workspaceId, history.incidentId))!;
      return [title, await differences()];
    };

    it('is kept, in a row that was wrong', async () => {
      await tamper(...MARK_ALL);
      expect(await meanwhile()).toEqual(['Newer', []]);
    });

    it('is repaired too if its writer was wrong', async () => {
      const wrong = `UPDATE incidents_v1.incidents SET title = 'stale' WHERE workspace_id = $1`;
      expect(await meanwhile(wrong)).toEqual(['Newer', []]);
    });
  });

  it('runs beside reads and writes: every read sees all old rows or all new ones', async () => {
    await tamper(...MARK_ALL);
    const { workspaceId } = writer;
    const old = (await bench.incidents.incident(workspaceId, history.incidentId))!;
    const oldIds = new Set(
      [old.claims, old.warnings, old.attacks, old.links, old.disputes, old.comments]
        .flat()
        .map(({ id }) => id),
    );
    expect(oldIds.size).toBeGreaterThan(5);
    const reads = { over: false };
    const seen = { old: 0, new: 0 };
    const reading = (async () => {
      let newest = 0;
      while (!reads.over) {
        const now = (await bench.incidents.incident(workspaceId, history.incidentId))!;
        expect(now.position).toBeGreaterThanOrEqual(newest);
        newest = now.position;
        const annotations = [
          now.claims,
          now.warnings,
          now.attacks,
          now.links,
          now.disputes,
          now.comments,
        ].flat();
        const ofOld = annotations.filter(({ id }) => oldIds.has(id));
        expect(ofOld).toHaveLength(oldIds.size);
        const stale = ofOld.filter(({ recordedBy }) => recordedBy === 'stale').length;
        expect([0, ofOld.length]).toContain(stale);
        if (stale === 0) seen.new += 1;
        else seen.old += 1;
      }
    })();
    const writing = (async () => {
      while (!reads.over) await Promise.all(['alice', 'bob', 'carol'].map(addClaimless));
    })();
    try {
      const rebuilt = await rebuild({
        pageEvents: 200,
        onStep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)),
      });
      expect(rebuilt.replaced).toBeGreaterThanOrEqual(oldIds.size);
      const soFar = seen.new;
      await Promise.race([reading, until(() => seen.new > soFar)]);
    } finally {
      reads.over = true;
    }
    await Promise.all([reading, writing]);
    expect(seen.old).toBeGreaterThan(0);
    expect(await differences()).toEqual([]);
  });

  it.each<RebuildStep>([
    'begun',
    'page',
    'compared',
    'caught up',
    'locked',
    'kept',
    'replaced',
    'taken over',
  ])('that fails after “%s” has changed nothing, and the next one succeeds', async (at) => {
    await tamper(...MARK_ALL);
    const wrong = await differences();
    const broken = rebuild({
      onStep: (step) => {
        if (step === at) throw new Error('the process broke');
      },
    });
    await expect(broken).rejects.toThrow('the process broke');
    expect(await differences()).toEqual(wrong);
    await expect(undoRebuild(bench.database.pool, writer.workspaceId, incidents)).rejects.toThrow(
      RebuildRefused,
    );
    // The head is unlocked again.
    expect((await addClaimless('alice')).status).toBe('committed');
    await rebuild();
    expect(await differences()).toEqual([]);
  });

  it('runs one at a time, and expires a minute after its process is lost', async () => {
    const pause: { go?: () => void } = {};
    const first = rebuild({
      onStep: (step) => {
        if (step !== 'compared') return;
        return new Promise<void>((resolve) => (pause.go = resolve));
      },
    });
    const givenUp = first.catch((error: unknown) => error);
    await until(() => pause.go !== undefined);
    await expect(rebuild()).rejects.toThrow(RebuildRefused);
    await bench.database.pool.query(
      `UPDATE view_rebuilds SET changed_at = now() - interval '2 minutes' WHERE workspace_id = $1`,
      [writer.workspaceId],
    );
    await rebuild();
    pause.go?.();
    expect(await givenUp).toBeInstanceOf(RebuildRefused);
    expect(await differences()).toEqual([]);
  });

  it('of every view hashes its rows like the stored ones', async () => {
    await new Runner(bench.database.pool, { projections }).catchUp(writer.workspaceId);
    const replayed = await replayViews(bench.database.pool, projections, writer.workspaceId);
    for (const projection of projections) {
      const { name, version } = projection.view;
      const { checksumBefore, checksumAfter, rows } = await rebuild({}, projection);
      const stored = replayed.find(({ view }) => view === `${name}_v${version}`)!;
      expect(stored.rowsCompared).toBeGreaterThan(0);
      expect([checksumBefore, checksumAfter, rows]).toEqual([
        stored.checksum,
        stored.replayedChecksum,
        stored.rowsCompared,
      ]);
    }
  });

  it('of a following view is at its position, beside its runner', async () => {
    const runner = new Runner(bench.database.pool, { projections, pageEvents: 5 });
    await runner.catchUp(writer.workspaceId);
    await tamper(`UPDATE revisions_v1.revisions SET body = NULL WHERE workspace_id = $1`);
    const writing = Promise.all(Array.from({ length: 20 }, (_, i) => addClaimless(`member-${i}`)));
    const [rebuilt] = await Promise.all([
      rebuild({}, named('revisions')),
      writing.then(() => runner.catchUp(writer.workspaceId)),
    ]);
    expect(rebuilt.replaced).toBeGreaterThan(0);
    await runner.catchUp(writer.workspaceId);
    expect(await differences()).toEqual([]);
  });

  it('of a view that the workspace lacks is refused', async () => {
    await expect(rebuildView(bench.database.pool, 'nowhere', incidents)).rejects.toThrow(RebuildRefused);
  });
});
