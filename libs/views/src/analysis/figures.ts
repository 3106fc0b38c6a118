import { type AnchoredClaim, normalised } from './standing.js';

/** A number that a claim states, with its bounds; an open bound is infinite. */
export interface StatedFigure {
  readonly claim: AnchoredClaim;
  /** The normalised term: `killed`, `wounded`, or the analyst's word regardless of case and spacing. */
  readonly counts: string;
  readonly min: number;
  readonly max: number;
}

const SAME: Readonly<Record<string, string>> = {
  dead: 'killed',
  deaths: 'killed',
  fatalities: 'killed',
  injured: 'wounded',
  injuries: 'wounded',
  hurt: 'wounded',
};

/** The figures of claims with at least one bound. */
export const figuresOf = (claims: readonly AnchoredClaim[]): StatedFigure[] =>
  claims.flatMap((claim) => {
    const { figure } = claim;
    if (figure === undefined || (figure.min == null && figure.max == null)) return [];
    const word = normalised(figure.counts);
    return {
      claim,
      counts: SAME[word] ?? word,
      min: figure.min ?? -Infinity,
      max: figure.max ?? Infinity,
    };
  });

/** Equal for equal figures. */
export const rangeKey = ({ counts, min, max }: StatedFigure): string => `${min} ${max} ${counts}`;

/** The two cannot both be true. */
export const contradict = (a: StatedFigure, b: StatedFigure): boolean => a.max < b.min || b.max < a.min;

export const bound = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Smaller figures first. */
export const byRange = (a: StatedFigure, b: StatedFigure): number =>
  compare(a.min, b.min) || compare(a.max, b.max);
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
