import type { FoldableEvent } from '@casebook/ledger';
import fc from 'fast-check';
import { FOLDED_AT_ONCE, inParts } from './stream-folder.js';

const event = (units: number): FoldableEvent => ({
  position: 1,
  streamId: 'incident:1',
  streamVersion: 1,
  type: 'DisputeRaised',
  schemaVersion: 1,
  subject: null,
  payload: { positions: [{ statement: 'a'.repeat(units) }] },
  actorId: 'jane',
  recordedAt: '2026-01-01T00:00:00.000Z',
});
const unitsOf = (part: readonly FoldableEvent[]): number =>
  JSON.stringify(part.map(({ payload }) => payload)).length;

describe('the parts of a page that are folded in one go', () => {
  it('have all events in order, few enough and small enough', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 300, 60_000, 300_000), { maxLength: 300 }), (sizes) => {
        const events = sizes.map(event);
        const parts = inParts(events);
        expect(parts.flat()).toEqual(events);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(FOLDED_AT_ONCE);
          if (part.length > 1) expect(unitsOf(part)).toBeLessThan(160_000);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are as large as they may be', () => {
    expect(inParts(Array.from({ length: 250 }, () => event(10))).map(({ length }) => length)).toEqual([
      100, 100, 50,
    ]);
    expect(
      inParts([event(300_000), event(10), event(60_000), event(60_000)]).map(({ length }) => length),
    ).toEqual([1, 3]);
  });
});
