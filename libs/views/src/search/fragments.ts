import type { SearchFragment } from '@casebook/contracts';
import { codePoints } from '@casebook/incident';
import { type SearchTerm, standsAt } from './search-terms.js';
import type { EntryBody } from './search-view.js';
import { wordsOf } from './words.js';

type Text = EntryBody['texts'][number];

/** What was looked for in a thing: anywhere, and in names. */
export interface LookedFor {
  readonly anywhere: readonly SearchTerm[];
  readonly person: readonly SearchTerm[];
  readonly place: readonly SearchTerm[];
}

const MOST_FRAGMENTS = 3;
/** UTF-16 units before the first and behind the last of what was looked for. */
const AROUND = 80;
const LONGEST = 400;

/**
 * The parts of the texts in which something stands that was looked for: as many fields as there are, three at most, those that come first and
 * of each the first place. Where nothing is looked for, or it stands nowhere (only exclusions), the beginning of the first text.
 */
export function fragmentsOf(texts: readonly Text[], lookedFor: LookedFor): SearchFragment[] {
  const fragments: SearchFragment[] = [];
  for (const each of texts) {
    const terms = [...lookedFor.anywhere, ...(each.names === undefined ? [] : lookedFor[each.names])].filter(
      ({ excluded }) => !excluded,
    );
    if (terms.length === 0) continue;
    const places = placesOf(each.text, terms);
    if (places.length > 0) fragments.push(fragment(each, places));
    if (fragments.length === MOST_FRAGMENTS) break;
  }
  const [first] = texts;
  return fragments.length > 0 || first === undefined ? fragments : [fragment(first, [])];
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Where these terms stand, in order, no further behind the first place than a fragment reaches; what overlaps or lies side by side in one
 * phrase is one place.
 */
function placesOf(text: string, terms: readonly SearchTerm[]): Place[] {
  const words = [...wordsOf(text)];
  const compared = words.map(({ word }) => word);
  const marked = new Set<number>();
  let reach = Infinity;
  for (let at = 0; at < words.length && words[at]!.start < reach; at += 1) {
    for (const term of terms) {
      if (!standsAt(compared, at, term)) continue;
      for (let n = 0; n < term.words.length; n += 1) marked.add(at + n);
      reach = Math.min(reach, words[at]!.start + LONGEST);
    }
  }
  const places = [...marked].sort((a, b) => a - b).map((index) => words[index]!);
  // Several words may stand in one character.
  return places.filter(({ start }, n) => start !== places[n - 1]?.start);
}

function fragment({ field, text, start }: Text, places: readonly Place[]): SearchFragment {
  const from = places.length === 0 ? 0 : wordStart(text, Math.max(0, places[0]!.start - AROUND));
  const inReach = places.filter(({ end }) => end - from <= LONGEST - AROUND);
  // One word, or one phrase, may be longer than a fragment: then it is cut.
  const last = inReach.at(-1)?.end ?? from;
  const to = wordEnd(text, Math.min(text.length, Math.max(last + AROUND, from + 2 * AROUND), from + LONGEST));
  const shown = text.slice(from, to);
  return {
    field,
    start: start + codePoints(text.slice(0, from)),
    text: shown,
    highlights: inReach.map((place) => ({
      start: codePoints(text.slice(from, place.start)),
      end: codePoints(text.slice(from, place.end)),
    })),
  };
}

/** Back to where a word begins, if that is near; never into a surrogate pair. */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + AROUND / 2).search(/\s/u);
  return space >= 0 ? at + space + 1 : afterPair(text, at);
}

function wordEnd(text: string, at: number): number {
  if (at === text.length) return at;
  const space = text.slice(at - AROUND / 2, at).search(/\s\S*$/u);
  return space >= 0 ? at - AROUND / 2 + space : afterPair(text, at);
}

/** Behind the second half of a surrogate pair, where the place is between its halves. */
const afterPair = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;

/** What a thing is called by: its first text, cut. */
export function titleOf(texts: readonly Text[]): string {
  const title = Array.from(texts[0]?.text.slice(0, 800) ?? '');
  return title.length <= 200 ? title.join('') : `${title.slice(0, 199).join('')}…`;
}
