import { momentsIn } from './moments-of-address.js';

describe('the moments of an address that compares', () => {
  it.each([
    [undefined, undefined, '0', undefined],
    ['12', '40', '12', '40'],
    ['2026-01-31', '2026-02-01T10:00:00Z', '2026-01-31', '2026-02-01T10:00:00Z'],
  ])('%s and %s are taken as they are', (from, to, start, end) => {
    expect(momentsIn(from, to)).toEqual({ from: start, to: end, moved: undefined });
  });

  it('change places where the first is the later one, and it is said', () => {
    expect(momentsIn('40', '12')).toMatchObject({
      from: '12',
      to: '40',
      moved: expect.stringContaining('order') as unknown,
    });
  });

  it('are the ends of the ledger where they are none, and it is said', () => {
    expect(momentsIn('yesterday', '-3')).toMatchObject({
      from: '0',
      to: undefined,
      moved: expect.stringContaining('yesterday') as unknown,
    });
  });
});
