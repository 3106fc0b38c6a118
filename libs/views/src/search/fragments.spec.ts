import { fragmentsOf, titleOf } from './fragments.js';
import { searchTerms } from './search-terms.js';

const nothing = { anywhere: [], person: [], place: [] };
const of = (text: string, q: string) =>
  fragmentsOf([{ field: '/text', text, start: 0 }], { ...nothing, anywhere: searchTerms('q', q) });
const marked = ({ text, highlights }: ReturnType<typeof of>[number]): string[] =>
  highlights.map(({ start, end }) => Array.from(text).slice(start, end).join(''));

describe('a fragment', () => {
  it('shows the text as it is, and says what was found in code points of it', () => {
    const [fragment] = of('🇫🇷 <b>“Imminent”</b> threat', 'imminent threat');
    expect(fragment!.text).toBe('🇫🇷 <b>“Imminent”</b> threat');
    expect(marked(fragment!)).toEqual(['Imminent', 'threat']);
  });

  it('of a phrase marks the words that stand in a row, and those alone', () => {
    const [fragment] = of('rivers two, two rivers', '"two rivers"');
    expect(fragment!.highlights).toEqual([
      { start: 12, end: 15 },
      { start: 16, end: 22 },
    ]);
  });

  it('of a long text begins near the first place, at a word, and says where that is', () => {
    const text = `${'filler word '.repeat(500)}𐐨 the Rocket fell. ${'more text '.repeat(500)}`;
    const [fragment] = of(text, 'rock*');
    expect(marked(fragment!)).toEqual(['Rocket']);
    expect(Array.from(text).slice(fragment!.start).join('').startsWith(fragment!.text)).toBe(true);
    expect(fragment!.text.length).toBeLessThan(300);
    expect(fragment!.text).toMatch(/^(filler|word) /);
  });

  it('never begins or ends within a surrogate pair', () => {
    for (let before = 70; before < 130; before += 1) {
      const text = `${'𐐨'.repeat(before)} x ${'𐐨'.repeat(300)}`;
      for (const each of of(text, 'x')) {
        expect(each.text.isWellFormed()).toBe(true);
        expect(marked(each)).toEqual(['x']);
      }
    }
  });

  it('is of three fields at most, names among them', () => {
    const texts = ['/a', '/b', '/c', '/d'].map((field) => ({ field, text: 'Remy', start: 0 }));
    expect(fragmentsOf(texts, { ...nothing, anywhere: searchTerms('q', 'remy') })).toHaveLength(3);
    const named = [
      ...texts,
      { field: '/asserters/0/name', text: 'Remy C.', start: 0, names: 'person' as const },
    ];
    expect(
      fragmentsOf(named, { ...nothing, person: searchTerms('person', 'remy') }).map(({ field }) => field),
    ).toEqual(['/asserters/0/name']);
  });

  it('is the beginning where nothing is looked for, or only what must not be there', () => {
    expect(of('One two.', '-three')).toEqual([
      { field: '/text', start: 0, text: 'One two.', highlights: [] },
    ]);
    expect(fragmentsOf([], nothing)).toEqual([]);
  });

  it('goes with a title that is cut', () => {
    const title = titleOf([{ field: '/x', text: '𐐨'.repeat(300), start: 0 }]);
    expect([Array.from(title).length, title.at(-1), title.isWellFormed()]).toEqual([200, '…', true]);
  });
});
