import { type Laid, LANES, type Tone, TONES } from './lanes.js';

/*
 * Marks using the CSS Custom Highlight API: no elements are added, so selection, find and wrapping stay native. There
 * is one Highlight per tone and lane, and one per overlay. Only ranges near the viewport are registered: Chromium
 * drops ranges registered while `content-visibility` skips their line.
 */

/** Marks other than claims, from bottom to top. */
export const OVERLAYS = ['changed', 'chosen', 'drafted', 'caret'] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** Marks lines of the text and overlays. The names of highlights are global, so there is one instance at a time. */
export interface Marks {
  show(): void;
  hide(): void;
  /** Marks the claims in a line: `node` is its text, which starts at `offset` in the document. */
  place(line: number, node: Text, offset: number, spans: readonly Laid[]): void;
  remove(line: number): void;
  /** Replaces the ranges of the overlay. */
  overlay(name: Overlay, ranges: readonly Range[]): void;
}

export const toneName = (tone: Tone, lane: number): string => `${tone}-${lane}`;
const NAMES = [
  ...TONES.flatMap((tone) => Array.from({ length: LANES }, (_, lane) => toneName(tone, lane))),
  ...OVERLAYS,
];

/** A range of text nodes, and its line. */
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
