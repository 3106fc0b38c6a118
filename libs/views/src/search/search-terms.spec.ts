import { MalformedSearch, searchTerms } from './search-terms.js';

const plain = (...words: string[]) => ({ words, prefix: false, excluded: false });

describe('a query', () => {
  it.each([
    ['words', 'rockets Tarrick', [plain('rockets'), plain('tarrick')]],
    ['words in a row', '"two  rivers, Guard"', [plain('two', 'rivers', 'guard')]],
    ['words in a row between curly quotes', '“two rivers” x', [plain('two', 'rivers'), plain('x')]],
    ['the beginning of a word', 'warn*', [{ ...plain('warn'), prefix: true }]],
    [
      'words in a row, the last a beginning',
      '"prime minist*"',
      [{ ...plain('prime', 'minist'), prefix: true }],
    ],
    [
      'what must not be there',
      'rockets -drill -"a test"',
      [plain('rockets'), { ...plain('drill'), excluded: true }, { ...plain('a', 'test'), excluded: true }],
    ],
    ['a name with a hyphen as a phrase', 'K-1', [plain('k', '1')]],
    [
      'a dash between words as punctuation',
      'Kirkuk - rockets & more',
      [plain('kirkuk'), plain('rockets'), plain('more')],
    ],
    ['what binds queries elsewhere as words', 'dead or alive', [plain('dead'), plain('or'), plain('alive')]],
    [
      'the syntax of PostgreSQL as punctuation',
      "x:A | !(y') <-> z\\",
      [plain('x', 'a'), plain('y'), plain('z')],
    ],
    [
      'once what it asks for twice',
      'rockets Rockets "a b" K-1 "a b"',
      [plain('rockets'), plain('a', 'b'), plain('k', '1')],
    ],
    ['a phrase that stands against a word', 'a"b c"d', [plain('a'), plain('b', 'c'), plain('d')]],
  ])('has %s', (_, query, terms) => {
    expect(searchTerms('q', query)).toEqual(terms);
  });

  it.each([
    ['without a word', ' "" — ', /has no word to search for/],
    ['that is empty', '', /has no word/],
    ['with an open quotation mark', '🇫🇷 said "at least', /quotation mark at character 9 that is not closed/],
    ['with a * in front', '*ing', /a \* that is not at the end of a word/],
    ['with a * within', 'wa*n', /not at the end of a word/],
    ['with a * alone', 'all *', /not at the end/],
    ['with the beginning of nearly everything', 'a*', /has a\*, which is nearly everything/],
    [
      'with too many words',
      Array.from({ length: 33 }, (_, at) => `word${at}`).join(' '),
      /more than 32 words/,
    ],
  ])('%s is malformed', (_, query, message) => {
    expect(() => searchTerms('q', query)).toThrow(MalformedSearch);
    expect(() => searchTerms('q', query)).toThrow(message);
  });
});
