import type { Weight } from '@casebook/contracts';
import type { SearchTerm } from './search-terms.js';
import { comparedWords } from './words.js';

/*
 * Turns texts and queries into PostgreSQL's tsvector and tsquery. A row's terms are its words at their
 * positions, and its marks for filters. A mark begins with `=`, so it is no word and no word's beginning.
 * Everything is a term, so one index answers a whole query, including the workspace.
 */

/** A piece of searched text. */
export interface Searched {
  /** The text's place in the thing, as an RFC 6901 pointer. */
  readonly field: string;
  readonly text: string;
  readonly weight: Weight;
  /** Names a person or a place, so that `person` and `place` find it too. */
  readonly names?: 'person' | 'place';
}

/** The marks for filtering rows. */
export const mark = {
  kind: (kind: string) => `=kind ${kind}`,
  status: (status: string) => `=is ${status}`,
  member: (member: string) => `=by ${member}`,
  incident: (id: string) => `=in ${id}`,
  tag: (tag: string) => `=tag ${tag}`,
  named: (names: 'person' | 'place', word: string) => `=${names} ${word}`,
} as const;

/**
 * Widths of the ledger ranges in a row's marks, in bits: 2,048, 16,384 and 131,072 positions. A search walks from the
 * newest range to older and wider ones, and stops when it has enough results. `search_v2.find` uses the same widths.
 */
const STRETCHES = [11, 14, 17] as const;

const stretchMarks = (workspaceId: string, position: number): string[] =>
  STRETCHES.map((bits) => `=${bits} ${workspaceId} ${Math.floor(position / 2 ** bits)}`);

/** PostgreSQL's limit of positions per word. */
const MOST_POSITIONS = 255;

/** The text form of a row's tsvector. All texts together are within `PASSAGE_UNITS`, so positions stay below PostgreSQL's 16,383. */
export function termsOf(
  workspaceId: string,
  position: number,
  marks: readonly string[],
  texts: readonly Searched[],
): string {
  const terms = new Map<string, string>();
  const repeated = new Map<string, number>();
  const add = (term: string, place: string): void => {
    const places = terms.get(term);
    if (places === undefined) {
      terms.set(term, place);
      return;
    }
    const count = repeated.get(term) ?? 1;
    if (count === MOST_POSITIONS) return;
    repeated.set(term, count + 1);
    terms.set(term, `${places},${place}`);
  };
  let at = 0;
  for (const { text, weight, names } of texts) {
    for (const word of comparedWords(text)) {
      at += 1;
      add(word, `${at}${weight}`);
      if (names !== undefined) add(mark.named(names, word), `${at}${weight}`);
    }
    // Phrases do not span texts.
    at += 1;
  }
  let written = [...new Set([...marks, ...stretchMarks(workspaceId, position)])].map(quoted).join(' ');
  // Words contain neither of the characters that need doubling.
  terms.forEach((places, term) => (written += ` '${term}':${places}`));
  return written;
}

/** Few terms contain characters that need doubling. */
const quoted = (term: string): string =>
  /['\\]/.test(term) ? `'${term.replace(/['\\]/g, '$&$&')}'` : `'${term}'`;

/** The text forms of a query's tsqueries; `null` if there is nothing to search for. */
export interface Asked {
  /** The complete query. */
  readonly whole: string | null;
  /** The same without conditions that an index cannot check: matches a superset of `whole`. */
  readonly loose: string | null;
  /**
   * Any of the words: the input of the ranking. For words that must all match, `ts_rank` compares all pairs
   * of positions.
   */
  readonly ranked: string | null;
}

/** @param named the terms searched for in names only. */
export function asked(
  terms: readonly SearchTerm[],
  named: Readonly<Record<'person' | 'place', readonly SearchTerm[]>>,
  marks: readonly string[],
): Asked {
  const plain = (word: string): string => word;
  const all = [
    ...terms.map((term) => ({ term, as: plain })),
    ...(['person', 'place'] as const).flatMap((names) =>
      named[names].map((term) => ({ term, as: (word: string) => mark.named(names, word) })),
    ),
  ];
  const filters = marks.map(quoted);
  return {
    whole: conjunction([...filters, ...all.map(({ term, as }) => strictly(term, as))]),
    loose: conjunction([...filters, ...all.map(({ term, as }) => loosely(term, as))]),
    ranked:
      [...new Set(terms.filter(({ excluded }) => !excluded).flatMap((term) => operands(term, plain)))].join(
        ' | ',
      ) || null,
  };
}

const conjunction = (parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null).join(' & ') || null;

const operands = ({ words, prefix }: SearchTerm, as: (word: string) => string): string[] =>
  words.map((word, index) => quoted(as(word)) + (prefix && index === words.length - 1 ? ':*' : ''));

const strictly = (term: SearchTerm, as: (word: string) => string): string =>
  `${term.excluded ? '!' : ''}(${operands(term, as).join(' <-> ')})`;

const loosely = (term: SearchTerm, as: (word: string) => string): string | null => {
  if (term.words.length === 1) return strictly(term, as);
  return term.excluded ? null : operands(term, as).join(' & ');
};
