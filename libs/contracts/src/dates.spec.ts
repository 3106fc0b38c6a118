import { edtfBounds, edtfFault } from './dates.js';

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
    ['Y170000002', [null, null]],
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
    ]) {
      expect([text, edtfBounds(text)]).toEqual([text, null]);
      expect(edtfFault(text)).not.toBeNull();
    }
  });
});
