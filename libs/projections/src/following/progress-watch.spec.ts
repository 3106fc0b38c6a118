import { WakeUps } from '@casebook/ledger';
import { v7 as uuidv7 } from 'uuid';
import { projections } from '@casebook/views';
import { Runner } from '../index.js';
import { ProgressWatch, type WorkspaceProgress } from '../index.js';
import { type Bench, openBench } from '../../../views/src/workspace.fixture.js';

describe('the progress of a workspace', () => {
  let bench: Bench;
  let wakeUps: WakeUps;
  let watch: ProgressWatch;
  beforeAll(async () => {
    bench = await openBench();
    wakeUps = new WakeUps(bench.database.pool);
    watch = new ProgressWatch(bench.database.pool, projections, wakeUps);
  });
  const reflected = (progress: WorkspaceProgress, views?: readonly string[]) =>
    watch.reflected(progress, views);
  afterAll(async () => {
    await wakeUps.close();
    await bench.close();
  });

  it('puts inline views at the head, and a following view where its runner left it', async () => {
    const writer = await bench.workspace();
    const open = () => {
      const id = uuidv7();
      return writer.incident(id, { type: 'OpenIncident', incidentId: id, fields: { title: 'Rockets' } });
    };
    await open();
    const runner = new Runner(bench.database.pool, { projections });
    await runner.catchUp(writer.workspaceId);
    await open();
    const progress = (await watch.of(writer.workspaceId))!;
    expect([reflected(progress), reflected(progress, ['revisions'])]).toEqual([2, 1]);
    expect(reflected(progress, ['incidents', 'revisions'])).toBe(1);
    expect(() => reflected(progress, ['nonsense'])).toThrow('there is no view nonsense');

    const there = watch.when(writer.workspaceId, (now) => reflected(now, ['revisions']) >= 2, 60_000);
    await runner.catchUp(writer.workspaceId);
    expect(reflected((await there)!, ['revisions'])).toBe(2);
    await runner.close();
  });

  it('names the workspaces with waiting callers', async () => {
    const hurried: string[] = [];
    const eager = new ProgressWatch(bench.database.pool, projections, wakeUps, {
      hurry: (workspaceId) => hurried.push(workspaceId),
    });
    const writer = await bench.workspace();
    await eager.of(writer.workspaceId);
    expect(hurried).toEqual([]);
    await eager.when(writer.workspaceId, () => true, 60_000);
    expect(hurried).toEqual([writer.workspaceId]);
  });

  it('a view without a row reflects nothing', async () => {
    const writer = await bench.workspace();
    const progress = (await watch.of(writer.workspaceId))!;
    expect(reflected(progress, ['revisions'])).toBe(0);
    expect(await watch.of('no-such-desk')).toBeNull();
  });

  it('each of many callers gets its own position, or the current one after the time limit', async () => {
    const writer = await bench.workspace();
    const reach = (position: number, milliseconds: number) =>
      watch.when(writer.workspaceId, (now) => reflected(now) >= position, milliseconds);
    const waits = [1, 2, 3].map((position) => reach(position, 60_000));
    const vain = reach(1000, 0);
    const nowhere = watch.when('no-such-desk', () => true, 0);
    for (let written = 0; written < 3; written += 1) {
      const id = uuidv7();
      await writer.incident(id, { type: 'OpenIncident', incidentId: id, fields: { title: 'Rockets' } });
    }
    const reached = (await Promise.all(waits)).map((progress) => reflected(progress!));
    expect(reached.every((position, index) => position > index)).toBe(true);
    expect(reflected((await vain)!)).toBeLessThan(1000);
    expect(await nowhere).toBeNull();
  });
});
