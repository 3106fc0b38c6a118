import type { FoldableEvent } from '../ledger-types.js';
import { RecentEvents } from './recent-events.js';

const events = (from: number, upTo: number): FoldableEvent[] =>
  Array.from({ length: upTo - from + 1 }, (_, i) => ({
    position: from + i,
    streamId: 'incident:1',
    streamVersion: from + i,
    type: 'ClaimTagged',
    schemaVersion: 1,
    subject: null,
    payload: {},
    actorId: 'alice',
    recordedAt: '2026-11-28T12:00:00.000Z',
  }));

describe('the recent events of a process', () => {
  const positions = (
    recent: RecentEvents,
    [after, upTo, limit]: [number, number, number],
    { workspace = 'desk', epoch = 0 } = {},
  ) => recent.page(workspace, { epoch, after, upTo, limit })?.map(({ position }) => position) ?? null;
  const recentOf = (...batches: [from: number, upTo: number, epoch?: number, workspace?: string][]) => {
    const recent = new RecentEvents(20_000);
    for (const [from, upTo, epoch = 0, workspace = 'desk'] of batches)
      recent.add(
        workspace,
        epoch,
        events(from, upTo),
        events(from, upTo).map(() => '{}'),
      );
    return recent;
  };

  test('match the ledger, in pages across batches', () => {
    const recent = recentOf([1, 3], [4, 4], [5, 9]);
    expect(positions(recent, [0, 9, 100])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(positions(recent, [2, 9, 3])).toEqual([3, 4, 5]);
    expect(positions(recent, [3, 4, 100])).toEqual([4]);
    expect(positions(recent, [9, 9, 100])).toEqual([]);
  });

  test('are not given if one is missing: before, after, or of another workspace', () => {
    const recent = recentOf([5, 9]);
    expect(positions(recent, [3, 9, 100])).toBeNull();
    expect(positions(recent, [4, 10, 100])).toBeNull();
    expect(positions(recent, [4, 10, 5])).toEqual([5, 6, 7, 8, 9]);
    expect(positions(recent, [4, 9, 100], { workspace: 'other' })).toBeNull();
  });

  test('are dropped if another process wrote in between', () => {
    const recent = recentOf([1, 3], [5, 6]);
    expect(positions(recent, [0, 3, 100])).toBeNull();
    expect(positions(recent, [3, 6, 100])).toBeNull();
    expect(positions(recent, [4, 6, 100])).toEqual([5, 6]);
  });

  test('belong to one epoch, so that none shows an erased payload', () => {
    const recent = recentOf([1, 3], [4, 6, 1]);
    expect(positions(recent, [0, 3, 100])).toBeNull();
    expect(positions(recent, [3, 6, 100])).toBeNull();
    expect(positions(recent, [3, 6, 100], { epoch: 1 })).toEqual([4, 5, 6]);
  });

  test('stay within their limit across workspaces, the oldest dropped first', () => {
    const recent = recentOf([1, 8], [1, 8, 0, 'other'], [9, 16]);
    expect(positions(recent, [0, 8, 100])).toBeNull();
    expect(positions(recent, [0, 8, 100], { workspace: 'other' })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(positions(recent, [8, 16, 100])).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
    recent.add('desk', 0, events(17, 17), ['x'.repeat(30_000)]);
    expect(positions(recent, [16, 17, 100])).toBeNull();
    expect(positions(recent, [0, 8, 100], { workspace: 'other' })).toBeNull();
  });
});
