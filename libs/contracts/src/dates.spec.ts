import fc from 'fast-check';
import { boundTime, edtfBounds, edtfFault } from './dates.js';

it.each(['2019-12-27/2019-12-27', '2004-06-01/2004-06', '2004-06/2004-06-30'])(
  'an interval may be as short as its ends allow: %s',
  (interval) => {
    expect(edtfFault(interval)).toBeNull();
    expect(edtfBounds(interval)).not.toBeNull();
  },
);

describe('the bounds of an EDTF date', () => {
  const day = (from: string, to: string) => [`${from}T00:00:00.000Z`, `${to}T23:59:59.999Z`];

  test.each<[string, (string | null)[]]>([
    ['2019-12-27', day('2019-12-27', '2019-12-27')],
    ['2019-12', day('2019-12-01', '2019-12-31')],
    ['2016-02-XX', day('2016-02-01', '2016-02-29')],
    ['201X', day('2010-01-01', '2019-12-31')],
    ['0050', day('0050-01-01', '0050-12-31')],
    ['2023-07-29/2023-07-30', day('2023-07-29', '2023-07-30')],
    ['{2019-11,2019-12}', day('2019-11-01', '2019-12-31')],
    ['{2019-12,2019-11}', day('2019-11-01', '2019-12-31')],
    ['[1667,1668,1670..1672]', day('1667-01-01', '1672-12-31')],
    ['2015-25', day('2015-03-01', '2015-05-31')],
    ['2015-28', day('2015-12-01', '2016-02-29')],
    ['2015-21', day('2015-03-01', '2015-11-30')],
    ['2015-24', day('2015-01-01', '2016-02-29')],
    ['2015-34', day('2015-04-01', '2015-06-30')],
    ['1950S2', day('1900-01-01', '1999-12-31')],
    ['2015-11-12T09:30:00+02:00', ['2015-11-12T07:30:00.000Z', '2015-11-12T07:30:00.000Z']],
    ['../2015-11-13', [null, '2015-11-13T23:59:59.999Z']],
    ['/2015-11-13', [null, '2015-11-13T23:59:59.999Z']],
    ['2020-01-03/..', ['2020-01-03T00:00:00.000Z', null]],
    ['[..2019]', [null, '2019-12-31T23:59:59.999Z']],
    ['[2019-12..]', ['2019-12-01T00:00:00.000Z', null]],
    ['../..', [null, null]],
    ['Y170000002', ['+170000002-01-01T00:00:00.000Z', '+170000002-12-31T23:59:59.999Z']],
    ['Y-17E7', ['-170000000-01-01T00:00:00.000Z', '-170000000-12-31T23:59:59.999Z']],
    ['19XX-02-29', day('1904-02-29', '1996-02-29')],
    ['2019-1X', day('2019-10-01', '2019-12-31')],
    ['2019-XX-31', day('2019-01-31', '2019-12-31')],
    ['20XX-12-3X', day('2000-12-30', '2099-12-31')],
    ['XXXX-02-29', day('0000-02-29', '9996-02-29')],
    ['-00XX-02-29', ['-000096-02-29T00:00:00.000Z', '0000-02-29T23:59:59.999Z']],
    ['2020-02-29', day('2020-02-29', '2020-02-29')],
    ['2000-02-29', day('2000-02-29', '2000-02-29')],
    ['[1667..1668,1665]', day('1665-01-01', '1668-12-31')],
  ])('%s', (text, [earliest, latest]) => {
    expect(edtfBounds(text)).toMatchObject({ earliest, latest });
  });

  test.each([
    ['2019-12-27', false, false],
    ['2019-12~', true, false],
    ['2019?', false, true],
    ['2019-12%', true, true],
    ['2004-06-~01/2004-06-20', true, false],
    ['2004-06-01/2004-07?', false, true],
    ['{2019-11~,2019-12}', true, false],
    ['{2019-11,2019-12}', false, false],
    ['[2019-11,2019-12]', false, true],
  ])('%s: approximate %s, uncertain %s', (text, approximate, uncertain) => {
    expect(edtfBounds(text)).toMatchObject({ approximate, uncertain });
  });

  it('asked for again, they are the same', () => {
    expect(edtfBounds('2019-12~')).toEqual(edtfBounds('2019-12~'));
    for (let year = 1000; year < 9999; year += 1) edtfBounds(`${year}-0${1 + (year % 9)}`);
    for (let year = 1000; year < 3000; year += 1) edtfBounds(`${year}`);
    expect(edtfBounds('2019-12~')).toMatchObject({ earliest: '2019-12-01T00:00:00.000Z', approximate: true });
  });

  it('there are none of what is no date', () => {
    for (const text of [
      '',
      'last Thursday',
      '2015-11-13/2015-11-12',
      '2015-13',
      '2015-11-',
      '{2015,}',
      'null',
      '2019-02-29',
      '1900-02-29',
      '-2019-02-29',
      '2019-02-29T10:00:00Z',
      '2019-02-29?',
      '2019-?02-29',
      '2019-02-29/2019-03-01',
      '2019-02-28/2019-02-29',
      '[2019-02-29..]',
      '{2019-01-01,2019-02-29}',
      '2019-X2-31',
      '190X-02-30',
      '[2019..2018]',
      '{2019-03..2019-01}',
      'Y1E17',
    ]) {
      expect([text, edtfBounds(text)]).toEqual([text, null]);
      expect(edtfFault(text)).not.toBeNull();
    }
  });
});

test('a day that does not exist is named with its place', () => {
  expect(edtfFault('2019-02-29')).toEqual({
    offset: 8,
    message: 'is not an EDTF date (ISO 8601-2): 2019-02-29 is not a day of the calendar',
  });
});

test('far years are in the order of their values', () => {
  const texts = ['Y-17E7', 'Y-271830', '-2000', '2019', 'Y99999', 'Y271830', 'Y170000002', 'Y17E8'];
  const times = texts.map((text) => boundTime(edtfBounds(text)!.earliest, NaN));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(new Set(times).size).toBe(texts.length);
});

describe('for every accepted date the bounds lie inside what the words say', () => {
  const digit = fc.constantFrom(...'0123456789X');
  const of = (length: number) => fc.tuple(...Array.from({ length }, () => digit)).map((all) => all.join(''));
  const masked = fc
    .tuple(of(4), of(2), of(2))
    .map((parts) => parts.join('-'))
    .filter((text) => edtfFault(text) === null);

  it('each is a day that agrees with every digit', () => {
    fc.assert(
      fc.property(masked, (text) => {
        const { earliest, latest } = edtfBounds(text)!;
        for (const bound of [earliest, latest]) {
          const day = bound!.slice(0, 10);
          expect(day).toMatch(new RegExp(`^${text.replaceAll('X', '\\d')}$`));
          expect(new Date(Date.parse(bound!)).toISOString()).toBe(bound);
        }
        expect(earliest!.slice(10)).toBe('T00:00:00.000Z');
        expect(latest!.slice(10)).toBe('T23:59:59.999Z');
      }),
      { numRuns: 300 },
    );
  });

  it('none that the calendar has is refused, and none other is taken', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const date = new Date(0);
          date.setUTCFullYear(year, month - 1, day);
          expect(edtfFault(text) === null).toBe(date.getUTCMonth() === month - 1);
        },
      ),
      { numRuns: 500 },
    );
  });
});
