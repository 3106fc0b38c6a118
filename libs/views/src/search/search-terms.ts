import { isDeepStrictEqual } from 'node:util';
import { isUnspaced, wordsOf } from './words.js';

/** One search term: these words in a row. */
export interface SearchTerm {
  /** One or more. */
  readonly words: readonly string[];
  /** The last word is a prefix. */
  readonly prefix: boolean;
  /** Things that contain the term are left out. */
  readonly excluded: boolean;
}

/** An invalid query: the client's mistake. The message completes the sentence "<parameter> …". */
export class MalformedSearch extends Error {
  override readonly name = 'MalformedSearch';
  constructor(
    readonly parameter: string,
    message: string,
  ) {
    super(message);
  }
}

const QUOTES = '"“”„';
const MOST_WORDS = 32;

/**
 * Parses a query: words, all of which must occur; `"words in a row"`, with straight or curly quotation marks;
 * `warn*`, any word with that prefix; `-word` and `-"words in a row"`, which must not occur. Words joined without a
 * space (K-1, 9/11, o'clock) form a phrase. Other punctuation is ignored, and duplicate terms count once.
 *
 * @throws MalformedSearch naming the parameter.
 */
export function searchTerms(parameter: string, query: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  const fault = (message: string): never => {
    throw new MalformedSearch(parameter, message);
  };
  for (let at = 0; at < query.length;) {
    if (/\s/u.test(query[at]!)) {
      at += 1;
      continue;
    }
    const excluded = query[at] === '-' && at + 1 < query.length && !/\s/u.test(query[at + 1]!);
    if (excluded) at += 1;
    let text: string;
    if (QUOTES.includes(query[at]!)) {
      const end = indexOfAny(query, QUOTES, at + 1);
      if (end < 0)
        fault(
          `has a quotation mark at character ${Array.from(query.slice(0, at)).length + 1} that is not closed; close it, or leave it out`,
        );
      text = query.slice(at + 1, end).trimEnd();
      at = end + 1;
    } else {
      const rest = query.slice(at);
      const end = rest.search(/[\s"“”„]/u);
      text = end < 0 ? rest : rest.slice(0, end);
      at += text.length;
    }
    const term = termOf(text, excluded, fault);
    if (term !== null && !terms.some((other) => isDeepStrictEqual(other, term))) terms.push(term);
  }
  if (terms.length === 0) fault('has no word to search for; write a word, a number or a name');
  if (terms.reduce((sum, { words }) => sum + words.length, 0) > MOST_WORDS)
    fault(`has more than ${MOST_WORDS} words; keep the ones that matter`);
  return terms;
}

/** Whether the words of the term occur in a row at this place. */
export const standsAt = (
  words: readonly string[],
  at: number,
  { words: wanted, prefix }: SearchTerm,
): boolean =>
  wanted.every((word, n) => {
    const found = words[at + n];
    return prefix && n === wanted.length - 1 ? found?.startsWith(word) === true : found === word;
  });

/** Whether the words of the term occur anywhere, whether it is excluded or not. */
export const foundIn = (words: readonly string[], term: SearchTerm): boolean =>
  words.some((_, at) => standsAt(words, at, term));

function termOf(text: string, excluded: boolean, fault: (message: string) => never): SearchTerm | null {
  const star = text.indexOf('*');
  const prefix = star >= 0;
  if (prefix && (star < text.length - 1 || !/[\p{L}\p{N}\p{M}]$/u.test(text.slice(0, star))))
    fault('has a * that is not at the end of a word; it stands for any ending, as in warn*');
  const words = [...wordsOf(text)].map(({ word }) => word);
  const last = words.at(-1);
  if (last === undefined) return null;
  if (prefix && Array.from(last).length < 2 && !isUnspaced(last))
    fault(`has ${last}*, which is nearly everything; write at least two letters before the *`);
  return { words, prefix, excluded };
}

function indexOfAny(text: string, characters: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (characters.includes(text[at]!)) return at;
  return -1;
}
