import fc from 'fast-check';
import { comparedWords, wordsOf } from './words.js';

const words = (text: string): string[] => [...wordsOf(text)].map(({ word }) => word);

describe('the words of a text', () => {
  it.each([
    ['letter case aside', 'Rockets AT Tarrick', ['rockets', 'at', 'tarrick']],
    [
      'without punctuation, curly quotes and no-break spaces',
      '“When we strike,”\u00a0he said…',
      ['when', 'we', 'strike', 'he', 'said'],
    ],
    [
      'names with digits in parts',
      'K-1, 9/11 and river-market',
      ['k', '1', '9', '11', 'and', 'river', 'market'],
    ],
    [
      'accents aside, however they are written',
      'café cafe\u0301 Zürich Ångström',
      ['cafe', 'cafe', 'zurich', 'angstrom'],
    ],
    ['compatibility forms aside', 'ﬁre ＲＯＣＫＥＴ Ⅷ', ['fire', 'rocket', 'viii']],
    ['a character for several words as those', 'ﷺ ½ ⑴', [...words('صلى الله عليه وسلم'), '1', '2', '1']],
    ['a capital I with a dot as an i', 'İstanbul', ['istanbul']],
    ['a final sigma as any other', 'ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
    ['Arabic without its vowel points', 'قَالَ المسؤول', words('قال المسؤول')],
    ['Hindi with its vowels', 'हिंदी', ['हिंदी'.normalize('NFKD').normalize('NFC')]],
    ['Arabic without its tatweel', 'مـــسؤول', words('مسؤول')],
    ['letters that do not decompose as they are typed', 'Łódź Ørsted œuvre', ['lodz', 'orsted', 'oeuvre']],
    ['ß as ss, in capitals too', 'Straße STRAẞE STRASSE', ['strasse', 'strasse', 'strasse']],
    ['a dotless i as an i', 'Iğdır Diyarbakır', ['igdir', 'diyarbakir']],
    ['soft hyphens passed over', 'ter\u00adror', ['terror']],
    [
      'every character of a script without spaces',
      '東京で爆発 twice',
      ['東', '京', 'で', '爆', '発', 'twice'],
    ],
    ['nothing of symbols', '— … 👩‍👩‍👧 =+*', []],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['a zero-width space', '\u200b'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\ufeff'],
    ['a variation selector', '\ufe0f'],
    ['a supplementary variation selector', '\u{e0100}'],
    ['a Mongolian vowel separator', '\u180e'],
    ['a mark of direction', '\u200e'],
    ['a combining grapheme joiner', '\u034f'],
    ['a Hangul filler', '\u3164'],
  ])('are whole around %s', (_, invisible) => {
    expect(words(`${invisible}roc${invisible}ket${invisible} 東${invisible}京`)).toEqual([
      'rocket',
      '東',
      '京',
    ]);
  });

  it('are compared alike however often they are folded', () => {
    const letters = fc.stringMatching(/^[\p{L}\p{N}]{1,8}$/u);
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'grapheme' })), (text) => {
        const once = words(text);
        expect(words(once.join(' '))).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('say where they stand', () => {
    const text = 'A flag 🇫🇷 in the café.';
    for (const { start, end, word } of wordsOf(text)) {
      expect(text.slice(start, end).toLowerCase().replace('é', 'e')).toBe(word);
    }
    expect([...wordsOf('🇫🇷 x')]).toEqual([{ word: 'x', start: 5, end: 6 }]);
  });

  it('are compared by their first 64 characters', () => {
    const [long] = words('ab'.repeat(100));
    expect(long).toHaveLength(64);
    expect(words('𐐨'.repeat(100))[0]!.isWellFormed()).toBe(true);
  });

  it('are the same without their places, whatever the text', () => {
    const unit = fc.oneof(
      fc.constantFrom(..."aZ09_-'\\ \n\u007f\u00adé東"),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 90 });
    const long = fc.constantFrom('Ab1'.repeat(30), 'é'.repeat(70));
    fc.assert(
      fc.property(fc.array(fc.oneof(unit, ascii, long)), (parts) => {
        const text = parts.join('');
        expect(comparedWords(text)).toEqual(words(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('hold neither of the characters that a term would have to write twice, and are never empty, whatever the letter', () => {
    const wrong: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      if (!/[\p{L}\p{N}\p{M}]/u.test(character)) continue;
      for (const text of [character, `a${character}b`])
        if (comparedWords(text).some((word) => word === '' || /['\\]/.test(word))) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });
});
