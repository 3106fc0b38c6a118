import type { Change } from '../../data/types.js';
import { indexOf, momentAt } from './moments.js';

const history = [3, 5, 9].map((position): Change => ({
  position,
  at: `2026-01-0${position}T00:00:00.000Z`,
  actor: 'alice',
  type: 'ClaimTagged',
  incidentId: null,
  annotationId: null,
  sentence: '',
  changes: [],
}));

describe('a place on the time bar', () => {
  it('is how many changes had been made at a position, or at a time', () => {
    expect(['0', '3', '4', '8', '9', '12'].map((moment) => indexOf(history, moment))).toEqual([
      0, 1, 1, 2, 3, 3,
    ]);
    expect(indexOf(history, '2026-01-05T00:00:00Z')).toBe(2);
    expect(indexOf(history, undefined)).toBe(3);
  });

  it('is the moment of its last change; behind all of them it is now', () => {
    expect([0, 1, 2, 3].map((index) => momentAt(history, index))).toEqual(['0', '3', '5', undefined]);
  });
});
