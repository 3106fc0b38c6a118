import type { Span } from './document-text.js';

/** The tone in which a claim is marked; the list beside the text has it in words. */
export const TONES = ['stated', 'hedged', 'disputed'] as const;
export type Tone = (typeof TONES)[number];

export interface Marked extends Span {
  readonly id: string;
  readonly tone: Tone;
}

export interface Laid extends Marked {
  /** 0 is next to the text; overlapping spans are in different lanes while any are free. */
  readonly lane: number;
}

/** The number of lanes that fit between two lines of text. */
export const LANES = 3;

/** Gives each span the lowest free lane at its start. In text order, longer spans first at the same start. */
export function layOut(spans: readonly Marked[]): Laid[] {
  const ends: number[] = Array.from({ length: LANES }, () => 0);
  return [...spans]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((span) => {
      const free = ends.findIndex((end) => end <= span.start);
      // If all are taken, the lane that becomes free first.
      const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
      ends[lane] = Math.max(ends[lane] ?? 0, span.end);
      return { ...span, lane };
    });
}

/** The spans that cover an offset, innermost first: the targets of successive clicks on the same place. */
export const covering = (spans: readonly Laid[], offset: number): Laid[] =>
  spans
    .filter(({ start, end }) => start <= offset && offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
