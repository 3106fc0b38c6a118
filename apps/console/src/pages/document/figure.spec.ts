import { figureIn } from './figure.js';

describe('the figure in a quote', () => {
  it.each([
    ['At least 31 people were killed', { counts: 'killed', min: 31, max: null, asPrinted: 'At least 31' }],
    ['at least nine people died', { counts: 'killed', min: 9, max: null, asPrinted: 'at least nine' }],
    ['more than 80 were wounded', { counts: 'wounded', min: 81, max: null, asPrinted: 'more than 80' }],
    ['up to 20 injured', { counts: 'wounded', min: null, max: 20, asPrinted: 'up to 20' }],
    ['fewer than ten dead', { counts: 'killed', min: null, max: 9, asPrinted: 'fewer than ten' }],
    [
      'between 10 and 15 people were killed',
      { counts: 'killed', min: 10, max: 15, asPrinted: 'between 10 and 15' },
    ],
    ['killed 12–14 people', { counts: 'killed', min: 12, max: 14, asPrinted: '12–14' }],
    ['the toll rose to 1,204', { counts: 'killed', min: 1204, max: 1204, asPrinted: '1,204' }],
    ['the blast of January 3 killed 84', { counts: 'killed', min: 84, max: 84, asPrinted: '84' }],
    ['forty-three deaths', { counts: 'killed', min: 43, max: 43, asPrinted: 'forty-three' }],
    ['14 or more were arrested', { counts: 'arrested', min: 14, max: null, asPrinted: '14 or more' }],
  ])('%s', (quote, figure) => {
    expect(figureIn(quote)).toEqual(figure);
  });

  it.each([
    'On December 27, a rocket attack killed a contractor',
    'a contractor killed on 27 December 2019',
    'nobody was killed there since 2014',
    'on 14 November 2015',
    'a 9-year-old',
    'the 7th brigade was hit',
    'a rise of 4.5 percent',
    '',
  ])('none is read from "%s"', (quote) => {
    expect(figureIn(quote)).toBeUndefined();
  });

  it('the number next to the word counts, where there are several', () => {
    expect(figureIn('killed 9 and wounded 30')).toMatchObject({ counts: 'killed', min: 9 });
  });
});
