import type { FoldableEvent } from '@casebook/ledger';
import { foldedOnce } from './folded-once.js';

const eventsOf = (count: number): FoldableEvent[] =>
  Array.from({ length: count }, (_, i) => ({
    position: i + 1,
    streamId: 'incident:1',
    streamVersion: i + 1,
    type: 'ClaimTagged',
    schemaVersion: 1,
    subject: null,
    payload: null,
    actorId: 'ada',
    recordedAt: '2026-01-01T00:00:00.000Z',
  }));

describe('a memoizing fold', () => {
  const stepsTaken = (events: readonly FoldableEvent[]): number[] => {
    let steps = 0;
    const evolve = foldedOnce<readonly [number]>(([sum], { position }) => {
      steps += 1;
      return [sum + position];
    });
    const initial: readonly [number] = [0];
    const taken = [1, 2].map(() => {
      expect(events.reduce((state, event) => evolve(state, event), initial)).toEqual([
        (events.length * (events.length + 1)) / 2,
      ]);
      return steps;
    });
    expect(evolve([5], events[0]!)).toEqual([6]);
    return taken;
  };

  it('folds the steps of a page once', () => {
    expect(stepsTaken(eventsOf(2000))).toEqual([2000, 2000]);
  });

  it('holds no states of a stream of any length, even if its events are held', () => {
    expect(stepsTaken(eventsOf(10_000))).toEqual([10_000, 20_000]);
  });
});
