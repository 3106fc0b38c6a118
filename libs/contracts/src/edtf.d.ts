/** The part of the npm package `edtf` (which ships no types) that we use. */
declare module 'edtf' {
  /** Throws an Error with a numeric `offset` at a syntax fault, a RangeError at impossible bounds. */
  export function parse(
    text: string,
    constraints?: { level?: 0 | 1 | 2 | 3 },
  ): { type: string; level?: number };
  /** Bounds in milliseconds since the epoch, inclusive; infinite where open, and for unknown ends. */
  export default function edtf(text: string): { readonly min: number; readonly max: number };
}
