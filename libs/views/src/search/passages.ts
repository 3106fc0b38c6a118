import { codePoints } from '@casebook/incident';
import type { Searched } from './term-index.js';

/** A text of a passage, and where it begins in its field, in code points, the unit of anchors. */
export interface PassageText extends Searched {
  readonly start: number;
}

/** The length of a passage in UTF-16 units: in any script, no more words than a tsvector has positions (16,383). */
const PASSAGE_UNITS = 14_000;
const LEAD_UNITS = 1_000;

/**
 * A passage is searched as a unit: all words of a query must be in one. Nearly everything is one passage. A
 * longer text is cut at the end of a line or a word; every passage begins with the lead, the first text, if
 * that is short.
 */
export function passagesOf(texts: readonly Searched[]): PassageText[][] {
  const total = texts.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= PASSAGE_UNITS) return [texts.map((text) => ({ start: 0, ...text }))];
  const [first] = texts;
  const lead = first !== undefined && first.text.length <= LEAD_UNITS ? [{ ...first, start: 0 }] : [];
  const passages: PassageText[][] = [];
  let passage: PassageText[] = [...lead];
  const roomIn = (): number => PASSAGE_UNITS - passage.reduce((sum, { text }) => sum + text.length, 0);
  for (const each of texts.slice(lead.length)) {
    for (let at = 0, start = 0; at < each.text.length;) {
      if (passage.length > lead.length && each.text.length - at > roomIn()) {
        passages.push(passage);
        passage = [...lead];
      }
      const piece = cut(each.text, at, roomIn());
      passage.push({ ...each, text: piece, start });
      at += piece.length;
      start += codePoints(piece);
    }
  }
  if (passage.length > lead.length || passages.length === 0) passages.push(passage);
  return passages;
}

/**
 * A beginning of the rest of the text, at most `units` long: up to the end of a line in its second half, or else of a
 * word, or else anywhere.
 */
function cut(text: string, from: number, units: number): string {
  if (text.length - from <= units) return text.slice(from);
  const piece = text.slice(from, from + units);
  const half = Math.floor(units / 2);
  for (const end of [piece.lastIndexOf('\n'), piece.search(/\s\S*$/u)]) {
    if (end >= half) return piece.slice(0, end + 1);
  }
  // Never between the halves of a surrogate pair.
  return /[\ud800-\udbff]$/.test(piece) ? piece.slice(0, -1) : piece;
}
