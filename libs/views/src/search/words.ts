/*
 * The only definition of a word: projection, query and highlighting all use it. PostgreSQL's own parser is
 * not used: it takes `9/11` for a path, `K-1` for a k and a negative number, and `river-market` for three
 * words; nor is a dictionary: docs/decisions/search-knows-no-language.md.
 */

/** A word of a text: its compared form, and its place in UTF-16 units. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Letters and digits with the marks on them. Invisible characters (joiners, zero-width spaces, byte order marks) do not end a word. */
const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]*/gu;

const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
/** Scripts without spaces between words: every character is a word, and a search term is a phrase of them. */
const WITHOUT_SPACES = new RegExp(`[${UNSPACED}]`, 'u');
const PIECE = new RegExp(`[${UNSPACED}]\\p{M}*|[^${UNSPACED}]+`, 'gu');

/** The words of a text, in order. One character may represent several words: ½, and ligatures of whole phrases. */
export function* wordsOf(text: string): Generator<Word> {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const pieces = WITHOUT_SPACES.test(run) ? run.matchAll(PIECE) : [{ 0: run, index: 0 }];
    for (const { 0: piece, index: at } of pieces) {
      const start = index + at;
      for (const word of foldedWords(piece)) yield { word, start, end: start + piece.length };
    }
  }
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

/** The compared words of a text in order: those of `wordsOf`, faster since their places are not needed. */
export function comparedWords(text: string): string[] {
  if (BEYOND_ASCII.test(text)) return Array.from(wordsOf(text), ({ word }) => word);
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.map((word) => (word.length <= LONGEST ? word : word.slice(0, LONGEST)));
}

const ASCII = /^[\u0021-\u007e]*$/;
/**
 * Accents, Arabic and Hebrew vowel points, tatweel, and invisible characters: soft hyphens, joiners, zero-width
 * spaces, variation selectors. Not the vowels of Indic scripts, which are letters in all but name.
 */
const NOT_COMPARED =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\p{Default_Ignorable_Code_Point}]/gu;
/** Lower-case letters that Unicode does not decompose, as typed on keyboards without them. */
const TYPED_AS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
};
const NOT_DECOMPOSED = new RegExp(`[${Object.keys(TYPED_AS).join('')}]`, 'gu');
const LONGEST = 64;

/**
 * Removes differences of letter case, accents, compatibility forms (ﬁ, full width) and invisible characters.
 * Only the first 64 characters of a word are compared. The result is stored, so a change here needs a new
 * version of the view "search".
 */
function foldedWords(run: string): string[] {
  if (ASCII.test(run)) return [cut(run.toLowerCase())];
  const decomposed = run.normalize('NFKD');
  const compared = decomposed.replace(NOT_COMPARED, '');
  const word = compared
    .toLowerCase()
    .replace(NOT_DECOMPOSED, (letter) => TYPED_AS[letter]!)
    .normalize('NFC');
  if (compared === run) return [cut(word)];
  // A run may now contain spaces and punctuation, or characters that are words each.
  const words: string[] = [];
  for (const [part] of word.matchAll(RUN)) {
    if (!WITHOUT_SPACES.test(part)) words.push(cut(part));
    else for (const [piece] of part.matchAll(PIECE)) words.push(cut(piece));
  }
  return words;
}

const cut = (word: string): string =>
  word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join('');

/** Whether the word is a character of a script without spaces. */
export const isUnspaced = (word: string): boolean => WITHOUT_SPACES.test(word);
