import type { InlineView, StreamChange } from '@casebook/ledger';
import { longHistory } from '@casebook/testing';
import type { QueryConfig } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { Runner, type RunnerOptions, type RunnerStep } from './runner.js';
import { type Bench, openBench, type Writer } from '../../../views/src/workspace.fixture.js';
import { type Projection, replayViews } from '../index.js';
import { projections } from '@casebook/views';

const history = longHistory(11, 60);

describe('views that follow the ledger', () => {
  let bench: Bench;
  let writer: Writer;
  beforeAll(async () => {
    bench = await openBench();
  });
  beforeEach(async () => {
    writer = await bench.workspace();
    await writer.open();
  });
  afterAll(() => bench.close());

  const runner = (options: Partial<RunnerOptions> = {}): Runner =>
    new Runner(bench.database.pool, { projections, pageEvents: 7, backoff: [0], ...options });
  const size = async () => (await bench.ledger.head(writer.workspaceId))!.size;
  const standing = async () => {
    const { rows } = await bench.database.pool.query<{
      view: string;
      status: string;
      position: number;
      failed_position: number | null;
      error: string | null;
      attempts: number;
    }>(
      `SELECT view, status, position, failed_position, error, attempts FROM view_progress WHERE workspace_id = $1 ORDER BY view, version`,
      [writer.workspaceId],
    );
    return new Map(rows.map(({ view, ...rest }) => [view, rest]));
  };
  const truth = async () => {
    const views = await replayViews(bench.database.pool, projections, writer.workspaceId);
    expect(views.flatMap(({ differences }) => differences)).toEqual([]);
    return views;
  };
  /** Detaches the view, as a writer does when the view fails. */
  const detach = async (view: string, position: number) => {
    await bench.database.pool.query(
      `WITH v AS (UPDATE view_progress SET status = 'detached', position = $3::bigint, failed_position = $3::bigint + 1, error = 'no'
                  WHERE workspace_id = $1 AND view = $2 RETURNING 1)
       UPDATE ledger_heads SET epoch = epoch + 1 FROM v WHERE workspace_id = $1`,
      [writer.workspaceId, view, position],
    );
  };

  it('a runner brings a following view to the head, page after page', async () => {
    await writer.play(history, 10);
    await runner().catchUp(writer.workspaceId);
    expect((await standing()).get('revisions')).toMatchObject({
      status: 'following',
      position: await size(),
    });
    const views = await truth();
    expect(views.find(({ view }) => view === 'revisions_v1')?.rowsCompared).toBeGreaterThan(await size());
  });

  it('many runners on one workspace apply each event once', async () => {
    const writing = writer.play(history, 3);
    const crowd = [runner(), runner(), runner(), runner()];
    await Promise.all([writing, ...crowd.map((each) => each.catchUp(writer.workspaceId))]);
    await Promise.all(crowd.map((each) => each.catchUp(writer.workspaceId)));
    await runner().catchUp(writer.workspaceId);
    expect((await standing()).get('revisions')?.position).toBe(await size());
    await truth();
  });

  it('commits wake a runner, including those of other processes', async () => {
    const woken: ((workspaceId: string | null) => void)[] = [];
    const following = runner({
      gather: 0,
      pause: 0,
      pollInterval: 3_600_000,
      wakeUps: { onWakeUp: (listener) => (woken.push(listener), () => undefined) },
    });
    following.start();
    try {
      await writer.play(history, 10);
      woken[0]!(writer.workspaceId);
      const head = await size();
      while ((await standing()).get('revisions')?.position !== head) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect((await truth()).length).toBeGreaterThan(0);
    } finally {
      await following.close();
    }
  });

  it('skips the pause for a waiting caller, even while a page is under way', async () => {
    let pages = 0;
    const following: Runner = runner({
      gather: 3_600_000,
      pause: 3_600_000,
      pollInterval: 3_600_000,
      onStep: async (step) => {
        if (step !== 'moved' || (pages += 1) > 1) return;
        await writer.play(history, 10);
        following.hurry(writer.workspaceId);
      },
    });
    following.start();
    try {
      await writer.play(history, 10);
      following.hurry(writer.workspaceId);
      while (pages === 0 || (await standing()).get('revisions')?.position !== (await size())) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect((await truth()).length).toBeGreaterThan(0);
    } finally {
      await following.close();
    }
  });

  /** A runner that commits wake after every page, and that would otherwise pause for an hour. */
  const disturbed = (onStep: (step: RunnerStep) => void = () => undefined): Runner => {
    let wake: (workspaceId: string | null) => void = () => undefined;
    return runner({
      pageEvents: 1000,
      gather: 3_600_000,
      pause: 3_600_000,
      pollInterval: 3_600_000,
      wakeUps: { onWakeUp: (listener) => ((wake = listener), () => undefined) },
      onStep: (step) => {
        onStep(step);
        if (step === 'read') wake(writer.workspaceId);
      },
    });
  };
  const openIncidents = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const incidentId = uuidv7();
        await writer.incident(incidentId, {
          type: 'OpenIncident',
          incidentId,
          fields: { title: 'Harbour fire' },
        });
      }),
    );

  it('pauses between pages during commits, without an open transaction, until a caller waits or the runner closes', async () => {
    const steps: RunnerStep[] = [];
    const following = disturbed((step) => steps.push(step));
    const moved = () => steps.filter((step) => step === 'moved').length;
    const positions = async () => {
      const views = await standing();
      return ['revisions', 'search'].map((view) => views.get(view)?.position ?? 0);
    };
    const isOpen = async () => {
      const { rows } = await bench.database.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      return rows.length > 0;
    };
    following.start();
    try {
      await openIncidents(700);
      following.hurry(writer.workspaceId);
      while (moved() < 1 || (await isOpen())) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(moved()).toBe(1);
      expect((await positions()).toSorted((a, b) => a - b)).toEqual([0, 300]);
      expect(await isOpen()).toBe(false);

      following.hurry(writer.workspaceId);
      while ((await positions()).some((position) => position === 0))
        await new Promise((resolve) => setTimeout(resolve, 10));
      const head = await size();
      while ((await positions()).some((position) => position !== head))
        await new Promise((resolve) => setTimeout(resolve, 10));
      const before = moved();
      await openIncidents(700);
      following.hurry(writer.workspaceId);
      while (moved() === before) await new Promise((resolve) => setTimeout(resolve, 10));
    } finally {
      // Closing skips the hour's pause.
      await following.close();
    }
    await runner({ pageEvents: 1000 }).catchUp(writer.workspaceId);
    await truth();
  });

  it('what this process committed recently is not read again, except after an erasure', async () => {
    const given: (number | null)[] = [];
    const ledger: RunnerOptions['ledger'] = {
      recentEvents: (workspaceId, bounds) => {
        const page = bench.ledger.recentEvents(workspaceId, bounds);
        given.push(page?.length ?? null);
        return page;
      },
    };
    await writer.play(history, 10);
    await runner({ ledger }).catchUp(writer.workspaceId);
    expect(given.length).toBeGreaterThan(2);
    expect(given.every((events) => events !== null && events > 0)).toBe(true);
    await truth();

    await openIncidents(1);
    await bench.database.pool.query('UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1', [
      writer.workspaceId,
    ]);
    given.length = 0;
    await runner({ ledger }).catchUp(writer.workspaceId);
    expect(given).toEqual([null]);
    await truth();
  });

  it('does not pause while it holds the head lock to attach a view, since writers would wait', async () => {
    const following = disturbed();
    await openIncidents(150);
    await runner({ pageEvents: 1000 }).catchUp(writer.workspaceId);
    await detach('library', 1);
    const status = async () => (await standing()).get('library')!.status;
    following.start();
    try {
      following.hurry(writer.workspaceId);
      for (let tries = 0; tries < 300 && (await status()) !== 'attached'; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await status()).toBe('attached');
    } finally {
      await following.close();
    }
    await truth();
  });

  it('follows steady commits in large pages, and refolds no stream', async () => {
    const { pool } = bench.database;
    let streamsRead = 0;
    // The runner's folder reads streams through the pool, and pages on the connection with the transaction.
    const counted = {
      connect: () => pool.connect(),
      query: (query: QueryConfig | string, values?: unknown[]) => {
        if (JSON.stringify(query).includes('FROM events')) streamsRead += 1;
        return pool.query(query as string, values);
      },
    } as typeof pool;
    const steps = [...history.steps];
    const commit = async () => {
      const before = await size();
      while (steps.length > 0 && (await size()) === before)
        await writer.play({ ...history, steps: steps.splice(0, 1) });
    };
    await commit();
    let pages = 0;
    const following = new Runner(counted, {
      projections,
      gather: 0,
      pause: 3_600_000,
      onStep: async (step) => {
        if (step === 'claimed') pages += 1;
        if (step === 'moved') await commit();
      },
    });
    const followed = projections.filter(({ mode }) => mode === 'following').length;
    try {
      for (const rounds of [1, 2, 3]) {
        following.hurry(writer.workspaceId);
        while (pages < rounds * followed) await new Promise((resolve) => setTimeout(resolve, 10));
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(pages).toBe(rounds * followed);
      }
      expect(streamsRead).toBe(0);
    } finally {
      await following.close();
    }
    await runner().catchUp(writer.workspaceId);
    await truth();
  });

  it('reads each page once for two views at the same position, and folds each event of an incident once', async () => {
    await writer.play(history, 10);
    const { pool } = bench.database;
    let pagesRead = 0;
    const counted = {
      connect: async () => {
        const client = await pool.connect();
        return {
          query: (query: QueryConfig | string, values?: unknown[]) => {
            if (JSON.stringify(query).includes('FROM events')) pagesRead += 1;
            return client.query(query as string, values);
          },
          release: (error?: Error) => client.release(error),
        };
      },
      query: pool.query.bind(pool),
    } as unknown as typeof pool;
    const states = new Map<number, Set<unknown>>();
    const noting = (projection: Projection): Projection => ({
      ...projection,
      view: {
        ...projection.view,
        project: (changes) => {
          for (const { streamId, fold, before, events } of changes) {
            if (!streamId.startsWith('incident:')) continue;
            const incidents = projection.foldOf(streamId);
            expect(fold).toBe('revisions of an incident');
            events.reduce((state, event) => {
              const after = incidents.evolve(state, event);
              states.set(event.position, (states.get(event.position) ?? new Set()).add(after));
              return after;
            }, before);
          }
          return projection.view.project(changes);
        },
      },
    });
    const following = projections.filter(({ mode }) => mode === 'following');
    expect(following).toHaveLength(2);
    await new Runner(counted, {
      projections: following.map(noting),
      followers: [],
      pageEvents: 7,
    }).catchUp(writer.workspaceId);
    expect(pagesRead).toBe(Math.ceil((await size()) / 7));
    expect([...states.values()].filter((each) => each.size > 1)).toEqual([]);
    expect(states.size).toBeGreaterThanOrEqual(20);
    await truth();
  });

  describe('a crash at any step of a page', () => {
    it.each<RunnerStep>(['claimed', 'read', 'folded', 'applied', 'moved'])(
      'after “%s” loses nothing and repeats nothing',
      async (at) => {
        await writer.play(history, 10);
        await detach('library', 0);
        await bench.database.pool.query('DELETE FROM library_v1.documents WHERE workspace_id = $1', [
          writer.workspaceId,
        ]);
        await bench.database.pool.query('DELETE FROM library_v1.texts WHERE workspace_id = $1', [
          writer.workspaceId,
        ]);
        let breaks = 0;
        for (let tries = 0; tries < 200; tries += 1) {
          let passed = 0;
          const broken = runner({
            onStep: (step) => {
              // Let some pages pass, so that the crash also falls in the middle of the ledger.
              if (step === at && (passed += 1) > tries % 3) throw new Error('the process broke');
            },
          });
          try {
            await broken.catchUp(writer.workspaceId);
            break;
          } catch {
            breaks += 1;
          }
          await truth();
        }
        expect(breaks).toBeGreaterThan(1);
        await runner().catchUp(writer.workspaceId);
        expect((await standing()).get('library')).toMatchObject({ status: 'attached', error: null });
        expect((await standing()).get('revisions')).toMatchObject({ position: await size() });
        await truth();
      },
    );

    it('a connection cut in the middle of a page changes nothing', async () => {
      await writer.play(history, 10);
      const cut = runner({
        onStep: async (step) => {
          if (step !== 'applied') return;
          await bench.database.ownerPool.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'idle in transaction'`,
          );
        },
      });
      await expect(cut.catchUp(writer.workspaceId)).rejects.toThrow();
      expect((await standing()).get('revisions')?.position).toBe(0);
      await runner().catchUp(writer.workspaceId);
      await truth();
    });
  });

  describe('a view that rejects an event', () => {
    const failing = (projection: Projection, fails: (change: StreamChange) => boolean): Projection => ({
      ...projection,
      view: {
        ...projection.view,
        project: (changes) => {
          if (changes.some(fails)) throw new Error('this view is wrong');
          return projection.view.project(changes);
        },
      } satisfies InlineView,
    });
    const revisions = projections.find(({ view }) => view.name === 'revisions')!;
    const poisoned = (position: number) =>
      failing(revisions, ({ events }) => events.some((event) => event.position === position));

    it('stops before it with its error while all others go on; after the fix nothing was skipped', async () => {
      await writer.play(history, 10);
      const failedOn = 23;
      expect(await size()).toBeGreaterThan(failedOn);
      const reported: unknown[] = [];
      const wrong = runner({
        projections: [poisoned(failedOn)],
        backoff: [3_600_000],
        report: (error) => reported.push(error),
      });
      await wrong.catchUp(writer.workspaceId);
      expect((await standing()).get('revisions')).toEqual({
        status: 'failed',
        position: failedOn - 1,
        failed_position: failedOn,
        error: 'this view is wrong',
        attempts: 1,
      });
      expect(reported).toHaveLength(1);
      // It is not retried before its time …
      await runner().catchUp(writer.workspaceId);
      expect((await standing()).get('revisions')?.position).toBe(failedOn - 1);
      // … and then continues from where it stopped.
      await bench.database.pool.query('UPDATE view_progress SET retry_at = now() WHERE workspace_id = $1', [
        writer.workspaceId,
      ]);
      await runner().catchUp(writer.workspaceId);
      expect((await standing()).get('revisions')).toEqual({
        status: 'following',
        position: await size(),
        failed_position: null,
        error: null,
        attempts: 0,
      });
      await truth();
    });

    it('is retried at growing intervals', async () => {
      await writer.play(history, 10);
      let tries = 0;
      const wrong = runner({
        projections: [poisoned(1)],
        backoff: [0, 0, 3_600_000],
        report: () => (tries += 1),
      });
      await wrong.catchUp(writer.workspaceId);
      expect(tries).toBe(3);
      expect((await standing()).get('revisions')).toMatchObject({
        attempts: 3,
        position: 0,
        failed_position: 1,
      });
    });
  });

  describe('a detached inline view', () => {
    it('catches up and is attached again, during commits', async () => {
      await detach('incidents', 1);
      const writing = writer.play(history, 2);
      await runner({ pageEvents: 5 }).catchUp(writer.workspaceId);
      await writing;
      await runner().catchUp(writer.workspaceId);
      expect((await standing()).get('incidents')).toMatchObject({
        status: 'attached',
        error: null,
        failed_position: null,
      });
      // From now on commits apply it themselves.
      await writer.incident(history.incidentId, {
        type: 'RecordAnnotation',
        kind: 'warning',
        id: uuidv7(),
        fields: { summary: 'A warning after all that.' },
      } as never);
      await truth();
    });

    it('a new view is built from the first event and attached', async () => {
      await writer.play(history, 10);
      await bench.database.pool.query(
        `WITH v AS (DELETE FROM view_progress WHERE workspace_id = $1 AND view = 'members' RETURNING 1),
           m AS (DELETE FROM members_v1.members WHERE workspace_id = $1), t AS (DELETE FROM members_v1.tokens WHERE workspace_id = $1)
         UPDATE ledger_heads SET epoch = epoch + 1 FROM v WHERE workspace_id = $1`,
        [writer.workspaceId],
      );
      await runner().catchUp(writer.workspaceId);
      expect((await standing()).get('members')?.status).toBe('attached');
      expect((await bench.members.member(writer.workspaceId, 'root'))?.role).toBe('admin');
      await truth();
    });
  });

  it('the tiles of the Merkle tree follow too, complete tiles only', async () => {
    const members = Array.from({ length: 300 }, (_, i) => ({
      id: `m${i}`,
      name: `M ${i}`,
      role: 'reader' as const,
    }));
    await Promise.all(members.map((member) => writer.member({ type: 'AddMember', member })));
    await runner().catchUp(writer.workspaceId);
    expect((await standing()).get('tiles')).toMatchObject({ status: 'following', position: 256 });
    const { rows } = await bench.database.pool.query(
      'SELECT level, index FROM ledger_tiles WHERE workspace_id = $1',
      [writer.workspaceId],
    );
    expect(rows).toEqual([{ level: 0, index: 0 }]);
    expect(projections[0]!.foldOf('members').name).toBe('members');
  });
});
