import type { SearchFragment } from '@casebook/contracts';
import { codePoints } from '@casebook/incident';
import { type SearchTerm, standsAt } from './search-terms.js';
import type { EntryBody } from './search-view.js';
import { wordsOf } from './words.js';

type Text = EntryBody['texts'][number];

/** The search terms: anywhere, and in names. */
export interface LookedFor {
  readonly anywhere: readonly SearchTerm[];
  readonly person: readonly SearchTerm[];
  readonly place: readonly SearchTerm[];
}

const MOST_FRAGMENTS = 3;
/** UTF-16 units before the first and after the last match. */
const AROUND = 80;
const LONGEST = 400;

/**
 * The parts of the texts that contain matches: at most three fields, the first ones, at their first match
 * each. Without matches (only exclusions), the beginning of the first text.
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
 * The places of these terms in order, within a fragment's reach of the first; overlapping and adjacent places
 * of one phrase are one.
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
  // One character may contain several words.
  return places.filter(({ start }, n) => start !== places[n - 1]?.start);
}

function fragment({ field, text, start }: Text, places: readonly Place[]): SearchFragment {
  const from = places.length === 0 ? 0 : wordStart(text, Math.max(0, places[0]!.start - AROUND));
  const inReach = places.filter(({ end }) => end - from <= LONGEST - AROUND);
  // A word or phrase longer than a fragment is cut.
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

/** Moves back to the start of a word if that is near; never into a surrogate pair. */
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

/** Moves past a surrogate pair if the place is between its halves. */
const afterPair = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;

/** A thing's title: its first text, shortened. */
export function titleOf(texts: readonly Text[]): string {
  const title = Array.from(texts[0]?.text.slice(0, 800) ?? '');
  return title.length <= 200 ? title.join('') : `${title.slice(0, 199).join('')}…`;
}
