import { reanchor } from './reanchor.js';

const TEXT = 'At least “nine” were killed 🙂. At least “nine” were killed, the agency wrote.';
const found = (quote: Parameters<typeof reanchor>[1]) => {
  const result = reanchor(TEXT, quote);
  return 'found' in result
    ? [result.found.start, result.found.exact, result.moved, result.edits]
    : result.lost;
};

describe('a quote of another tool', () => {
  it('that occurs once stands there, whatever its position says', () => {
    expect(found({ exact: 'the agency wrote' })).toEqual([60, 'the agency wrote', undefined, 0]);
    expect(found({ exact: 'the agency wrote', start: 3 })).toEqual([60, 'the agency wrote', 57, 0]);
  });

  it('has its position in code points or in UTF-16 units', () => {
    expect(found({ exact: 'the agency wrote', start: 60 })).toEqual([60, 'the agency wrote', 0, 0]);
    expect(found({ exact: 'the agency wrote', start: 61 })).toEqual([60, 'the agency wrote', 0, 0]);
  });

  it('that occurs twice stands where its context is, else nearest to its position, else nowhere', () => {
    expect(found({ exact: 'killed', suffix: ',' })).toEqual([52, 'killed', undefined, 0]);
    expect(found({ exact: 'killed', start: 50 })).toEqual([52, 'killed', 2, 0]);
    expect(found({ exact: 'killed' })).toBe('ambiguous');
    expect(found({ exact: 'killed', prefix: 'absent' })).toBe('ambiguous');
  });

  it('that differs a little is anchored where the text differs least, with the distance', () => {
    expect(found({ exact: 'killed, the agency writes' })).toEqual([
      52,
      'killed, the agency wrote.',
      undefined,
      2,
    ]);
  });

  it('that differs by more than a fifth is orphaned', () => {
    expect(found({ exact: 'nobody was hurt at all' })).toBe('orphaned');
  });

  it('that is missing is taken from its position, if that cuts no character', () => {
    expect(found({ start: 0, end: 8 })).toEqual([0, 'At least', 0, 0]);
    expect(found({ start: 0, end: 900 })).toBe('orphaned');
    expect(found({})).toBe('orphaned');
  });
});
