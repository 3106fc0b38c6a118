import approximateMatches from 'approx-string-match';
import type { Anchor } from '@casebook/contracts';
import { codePoints, unitsAt } from './code-points.js';
import { cutsGrapheme } from './graphemes.js';
import { nearest } from './nearest.js';
import { passage } from './passage.js';
import { placesOf } from './quotes.js';
import { finished } from './steps.js';

/** Where another tool says that a quote stands. Its positions are hints: their unit may be code points or UTF-16 units of another text. */
export interface ForeignQuote {
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly start?: number;
  readonly end?: number;
}

export type Reanchored =
  | {
      readonly found: Omit<Anchor, 'documentId'>;
      /** Code points between the position that was said and the one that was found; left out where none was said. */
      readonly moved?: number;
      /** Units in which the quote that was said differs from the text. */
      readonly edits: number;
    }
  | { readonly lost: 'orphaned' | 'ambiguous'; readonly why: string };

/** The share of a quote that may differ from the text that it is re-anchored to. */
export const REANCHOR_SHARE = 0.2;

/**
 * Finds a quote of another tool in a document. The quote comes first: where it occurs once, or once with its context, it stands there,
 * whatever the position says; of several places the position picks the nearest. A quote that does not occur is fitted to the text that
 * differs least from it, by at most a fifth of its length; beyond, it is orphaned. A position without a quote is taken by itself.
 */
export function reanchor(text: string, quote: ForeignQuote): Reanchored {
  const { exact, start } = quote;
  if (exact === undefined || exact === '') return byPosition(text, quote);
  const { prefix = '', suffix = '' } = quote;
  const places = finished(placesOf(text, exact));
  if (places.count === 0) return byLikeness(text, quote, exact);
  if (places.count === 1) return at(text, quote, places.first[0]!, exact.length, 0);
  const fitting = places.first.filter(
    (place) =>
      text.startsWith(prefix, place - prefix.length) && text.startsWith(suffix, place + exact.length),
  );
  const candidates = fitting.length > 0 ? fitting : places.first;
  if (candidates.length === 1) return at(text, quote, candidates[0]!, exact.length, 0);
  if (start === undefined) {
    return {
      lost: 'ambiguous',
      why: `The quote occurs ${places.count} times, and neither context nor position says which is meant.`,
    };
  }
  const byDistance = candidates
    .map((place) => ({ place, distance: distanceOf(text, place, start) }))
    .sort((a, b) => a.distance - b.distance);
  const [first, second] = byDistance;
  return second !== undefined && second.distance === first!.distance
    ? {
        lost: 'ambiguous',
        why: `The quote occurs ${places.count} times, twice at the same distance from the position.`,
      }
    : at(text, quote, first!.place, exact.length, 0);
}

/** Between a position of either unit and a place of the text, in code points. */
function distanceOf(text: string, place: number, start: number): number {
  const points = codePoints(text.slice(0, place));
  return Math.min(Math.abs(points - start), Math.abs(place - start));
}

function at(text: string, quote: ForeignQuote, from: number, length: number, edits: number): Reanchored {
  const { start, prefix = '', suffix = '' } = quote;
  const found = finished(passage(text, from, length));
  return {
    found: {
      ...found,
      // The context that the source gives is kept where it is so.
      ...(prefix !== '' &&
        from >= prefix.length &&
        text.startsWith(prefix, from - prefix.length) && { prefix }),
      ...(suffix !== '' && text.startsWith(suffix, from + length) && { suffix }),
    },
    ...(start !== undefined && { moved: distanceOf(text, from, start) }),
    edits,
  };
}

function byPosition(text: string, quote: ForeignQuote): Reanchored {
  const { start, end } = quote;
  const [from, to] = [start, end].map((point) =>
    point === undefined ? undefined : finished(unitsAt(text, point)),
  );
  if (from === undefined || to === undefined || from >= to) {
    return {
      lost: 'orphaned',
      why:
        start === undefined
          ? 'It has neither a quote nor a position.'
          : 'It has no quote, and its position is not within the document.',
    };
  }
  return cutsGrapheme(text, from) || cutsGrapheme(text, to)
    ? { lost: 'orphaned', why: 'It has no quote, and its position cuts a character in two.' }
    : at(text, quote, from, to - from, 0);
}

function byLikeness(text: string, quote: ForeignQuote, exact: string): Reanchored {
  const near = finished(nearest(text, exact));
  const allowed = Math.floor(exact.length * REANCHOR_SHARE);
  const edits = near === null ? Infinity : distanceBetween(near.exact, exact, allowed);
  if (near === null || edits > allowed) {
    return {
      lost: 'orphaned',
      why: `The document does not contain the quote, nor any text that differs from it by at most ${allowed} characters.`,
    };
  }
  return at(text, quote, finished(unitsAt(text, near.start))!, near.exact.length, edits);
}

/** The edit distance of a passage to the quote, as far as it is within the bound; the passage may be a little longer. */
function distanceBetween(found: string, exact: string, most: number): number {
  const fits = approximateMatches(found, exact, most);
  const fit = fits.reduce((least, each) => Math.min(least, each.errors), Infinity);
  return Math.max(fit, Math.abs(found.length - exact.length));
}
