import { edtfDate, edtfFault } from './index.js';

test.each([
  '2019-12-27',
  '2019-12',
  '2019',
  '0000',
  '-0044-03-15',
  '2019-12~',
  '2019-12?',
  '2019-12%',
  '201X',
  '2019-XX-12',
  'XXXX',
  '2015-21',
  'Y-170000002',
  'Y-17E7',
  '{2019-11,2019-12}',
  '{2019..2021}',
  '[..2019]',
  '[2019-11-30,2019-12-01]',
  '../2015-11-13',
  '2015-11-13/..',
  '/2015-11-13',
  '2015-11-13/',
  '2004-06-XX/2004-07-03',
  '2019-12-27T10:00:00',
  '2019-12-27T10:00:00Z',
  '2019-12-27T10:00:00+01:00',
])('%s is a date', (text) => {
  expect(edtfFault(text)).toBeNull();
  expect(edtfDate.parse(text)).toBe(text);
});

test.each([
  ['27/12/2019', 2, '"/" at character 3'],
  ['2019-13-01', 6, '"3" at character 7'],
  ['2019-02-30', 8, '"3" at character 9'],
  ['2015-11-31', 9, '"1" at character 10'],
  ['2019-12-27x', 10, '"x" at character 11'],
  ['2019-12-27 ', 10, '" " at character 11'],
  [' 2019', 0, '" " at character 1'],
  ['2019-12-27T25:00:00Z', 12, '"5" at character 13'],
  ['2019-😀', 5, '"😀" at character 6'],
  ['december', 0, '"d" at character 1'],
  ['{}', 1, '"}" at character 2'],
  ['2019-1', 6, 'ends too early, after character 6'],
  ['{2019,', 6, 'ends too early, after character 6'],
  ['2019/2018', 5, 'the interval ends before it begins'],
  ['', 0, 'is empty; leave it out where no date is known'],
])('%j is none: the fault is at %i', (text, offset, words) => {
  expect(edtfFault(text)).toEqual({ offset, message: expect.stringContaining(words) as string });
  const issue = edtfDate.safeParse(text).error?.issues[0];
  expect(issue).toMatchObject({ code: 'custom', params: { offset } });
  expect(issue?.message).toContain('is not an EDTF date (ISO 8601-2)');
});

test.each([
  ['a list that never ends', `{${'2019,'.repeat(20_000)}2019}`],
  ['a megabyte of digits', '1'.repeat(1_000_000)],
])('%s is refused before it is parsed', (_, text) => {
  // The parser takes nine seconds for the first.
  expect(edtfDate.safeParse(text).error?.issues.map(({ code }) => code)).toEqual(['too_big']);
});
