import { edtfBounds } from '@casebook/contracts';
import { edtfDates } from '@casebook/testing';
import fc from 'fast-check';
import { leadTime } from './lead-time.js';

const between = (warning: string, attack: string) => {
  const [from, to] = [edtfBounds(warning), edtfBounds(attack)];
  if (from === null || to === null) throw new Error('not a date');
  return leadTime(from, to);
};

test.each([
  ['2015-11-12', '2015-11-13', 1, 1, 'before', true],
  ['2015-11-13', '2015-11-13', 0, 0, 'same-day', true],
  ['2015-11-13T23:30:00Z', '2015-11-14T00:10:00Z', 1, 1, 'before', true],
  ['2015-11-15', '2015-11-13', -2, -2, 'after', true],
  ['2015-11-12~', '2015-11-13', 1, 1, 'before', false],
  ['2015-11-12', '2015-11-13?', 1, 1, 'before', false],
  ['2015-10', '2015-11-13', 13, 43, 'before', false],
  ['{2019-11,2019-12}', '2019-12-27', -4, 56, 'undetermined', false],
  ['../2024-01-03', '2024-01-03', 0, null, 'undetermined', false],
  ['../2024-01-02', '2024-01-03', 1, null, 'before', false],
  ['2024-01-04/..', '2024-01-03', null, -1, 'after', false],
  ['../..', '2024-01-03', null, null, 'undetermined', false],
] as const)(
  'from %s to %s: %s to %s days, %s, certain: %s',
  (warning, attack, minDays, maxDays, order, certain) => {
    expect(between(warning, attack)).toEqual({ minDays, maxDays, order, certain });
  },
);

test('whatever two days two dates mean, the days between them lie within the lead time', () => {
  const DAY = 86_400_000;
  const inside = (text: string, share: number): number => {
    const { earliest, latest } = edtfBounds(text) ?? { earliest: null, latest: null };
    const from = earliest === null ? Date.parse(latest ?? '') - 5000 * DAY : Date.parse(earliest);
    const to = latest === null ? Date.parse(earliest ?? '') + 5000 * DAY : Date.parse(latest);
    return Math.floor((from + share * (to - from)) / DAY);
  };
  const shares = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(edtfDates(), edtfDates(), shares, shares, (warning, attack, a, b) => {
      const { minDays, maxDays } = between(warning, attack);
      const days = inside(attack, b) - inside(warning, a);
      expect(days).toBeGreaterThanOrEqual(minDays ?? -Infinity);
      expect(days).toBeLessThanOrEqual(maxDays ?? Infinity);
    }),
  );
});
