/** The part of the npm package `edtf` (which ships no types) that we use. */
declare module 'edtf' {
  /** Throws an Error: with a numeric `offset` at a syntax fault, without where the text ends too early. */
  export function parse(text: string, constraints?: { level?: 0 | 1 | 2 | 3 }): EdtfNode;
  /** What the parser makes of a text: a date, or what holds dates. */
  export interface EdtfNode {
    readonly type?: string;
    readonly level?: number;
    /** Parts of a date as numbers; the members of an interval, list or set as nodes, a range in a list or set as a pair of them. */
    readonly values: readonly unknown[];
    /** Bit masks, or true; 0 or missing where no part is qualified so. */
    readonly uncertain?: number | boolean;
    readonly approximate?: number | boolean;
    /** Of a list or set: it is open towards the past, towards the future. */
    readonly earlier?: boolean;
    readonly later?: boolean;
    /** Of a year: how many of its digits are significant. */
    readonly significant?: number;
  }
  /**
   * Bounds in milliseconds since the epoch, inclusive; infinite where open (`..`), null where an end is unknown, NaN for years
   * that are written with Y. Throws a RangeError for an interval that ends before it begins.
   */
  export default function edtf(text: string | EdtfNode): {
    readonly min: number | null;
    readonly max: number | null;
  };
}
