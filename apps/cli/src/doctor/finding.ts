import type { createPool } from '@casebook/postgres';

/** Asks the database; reads only. */
export type Questions = Pick<ReturnType<typeof createPool>, 'query'>;

/** The result of one check in a sentence, and what to do about it unless it is ok. */
export type Finding =
  | { readonly check: string; readonly verdict: 'ok'; readonly found: string }
  | {
      readonly check: string;
      readonly verdict: 'warn' | 'fail';
      readonly found: string;
      readonly todo: string;
    };

export const ok = (check: string, found: string): Finding => ({ check, verdict: 'ok', found });
export const warn = (check: string, found: string, todo: string): Finding => ({
  check,
  verdict: 'warn',
  found,
  todo,
});
export const fail = (check: string, found: string, todo: string): Finding => ({
  check,
  verdict: 'fail',
  found,
  todo,
});

const NAMED = 5;

/** A list for a sentence, cut off if it is long. */
export const listed = (names: readonly string[]): string =>
  names.length <= NAMED
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes in decimal units, such as 1.5 GB. */
export function bytes(count: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  const scaled = count / 1000 ** power;
  return `${scaled.toFixed(scaled < 10 && power > 0 ? 1 : 0)} ${UNITS[power]}`;
}
