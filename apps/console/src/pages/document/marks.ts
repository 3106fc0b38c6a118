import { type Laid, LANES, type Tone, TONES } from './lanes.js';

/*
 * Marks in the text by the CSS Custom Highlight API: no element is added, so selecting, finding and wrapping stay the browser's. One
 * Highlight for each tone and lane, and one for each thing that lies over all of them. What is registered is only what is near the
 * viewport: Chromium drops what was registered while its line was skipped by `content-visibility`.
 */

/** Marks that are not claims, from the lowest to the topmost. */
export const OVERLAYS = ['changed', 'chosen', 'drafted', 'caret'] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** What marks lines of the text, and what lies over them. The names of the marks are the document's, so there is one of these at a time. */
export interface Marks {
  show(): void;
  hide(): void;
  /** Marks what lies in a line: `node` is its text, which begins at `offset` of the document. */
  place(line: number, node: Text, offset: number, spans: readonly Laid[]): void;
  remove(line: number): void;
  /** Puts these ranges in place of what the overlay had. */
  overlay(name: Overlay, ranges: readonly Range[]): void;
}

export const toneName = (tone: Tone, lane: number): string => `${tone}-${lane}`;
const NAMES = [
  ...TONES.flatMap((tone) => Array.from({ length: LANES }, (_, lane) => toneName(tone, lane))),
  ...OVERLAYS,
];

/** A range of text nodes, and the line that it lies in. */
interface Placed {
  readonly highlight: Highlight;
  readonly range: StaticRange | Range;
}

export class HighlightMarks implements Marks {
  private readonly highlights = new Map(NAMES.map((name, priority) => [name, newHighlight(priority)]));
  private readonly placed = new Map<number, Placed[]>();

  show(): void {
    for (const [name, highlight] of this.highlights) CSS.highlights.set(name, highlight);
  }

  hide(): void {
    for (const name of this.highlights.keys()) CSS.highlights.delete(name);
  }

  place(line: number, node: Text, offset: number, spans: readonly Laid[]): void {
    this.remove(line);
    const placed: Placed[] = [];
    for (const { start, end, tone, lane } of spans) {
      const range = new StaticRange({
        startContainer: node,
        startOffset: Math.max(0, start - offset),
        endContainer: node,
        endOffset: Math.min(node.length, end - offset),
      });
      const highlight = this.highlights.get(toneName(tone, lane));
      if (highlight === undefined) continue;
      highlight.add(range);
      placed.push({ highlight, range });
    }
    this.placed.set(line, placed);
  }

  remove(line: number): void {
    for (const { highlight, range } of this.placed.get(line) ?? []) highlight.delete(range);
    this.placed.delete(line);
  }

  overlay(name: Overlay, ranges: readonly Range[]): void {
    const highlight = this.highlights.get(name);
    highlight?.clear();
    for (const range of ranges) highlight?.add(range);
  }
}

function newHighlight(priority: number): Highlight {
  const highlight = new Highlight();
  highlight.priority = priority;
  return highlight;
}
