/** The part of the npm package `edtf` (which ships no types) that we use. */
declare module 'edtf' {
  /** Throws an Error: with a numeric `offset` at a syntax fault, without where the text ends too early. */
  export function parse(
    text: string,
    constraints?: { level?: 0 | 1 | 2 | 3 },
  ): { type: string; level?: number };
  /**
   * Bounds in milliseconds since the epoch, inclusive; infinite where open (`..`), null where an end is unknown, NaN for years
   * that are written with Y. Throws a RangeError for an interval that ends before it begins.
   */
  export default function edtf(text: string): { readonly min: number | null; readonly max: number | null };
}
