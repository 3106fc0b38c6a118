import type { Span } from './document-text.js';

/** How a claim stands, as the page marks it; the list beside the text says it in words. */
export const TONES = ['stated', 'hedged', 'disputed'] as const;
export type Tone = (typeof TONES)[number];

export interface Marked extends Span {
  readonly id: string;
  readonly tone: Tone;
}

export interface Laid extends Marked {
  /** 0 is next to the text; spans that overlap are in different lanes while there are any left. */
  readonly lane: number;
}

/** More lines than these do not fit between two lines of text. */
export const LANES = 3;

/** Gives each span the lowest lane that is free where it begins. In the order of the text, longer ones first where several begin. */
export function layOut(spans: readonly Marked[]): Laid[] {
  const ends: number[] = Array.from({ length: LANES }, () => 0);
  return [...spans]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((span) => {
      const free = ends.findIndex((end) => end <= span.start);
      // Where all are taken, the lane that is free again first.
      const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
      ends[lane] = Math.max(ends[lane] ?? 0, span.end);
      return { ...span, lane };
    });
}

/** The spans that cover an offset, the innermost first: what a click means, and what the next click on the same place means. */
export const covering = (spans: readonly Laid[], offset: number): Laid[] =>
  spans
    .filter(({ start, end }) => start <= offset && offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
