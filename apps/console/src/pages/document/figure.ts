import type { Figure } from '../../data/types.js';

/** Numbers as words, up to those that newspapers write out. */
const WORDS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, value) => [word, value] as const),
  ...'thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, at) => [word, 30 + at * 10] as const),
  ['dozen', 12],
]);

const NUMBER = `(?:\\d{1,3}(?:[,\u00a0\u202f ]\\d{3})+|\\d{1,9}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)|${Object.keys(WORDS).join('|')})`;
/** An adjacent letter or digit would make it another number: 1,5 or 9th. */
const ONE = new RegExp(`(?<![\\w.,/-])(?:a )?(${NUMBER})(?![\\w/%]|[.,]\\d|-\\w)`, 'giu');

function valueOf(printed: string): number {
  const plain = printed.toLowerCase();
  if (/^\d/.test(plain)) return Number(plain.replace(/\D/g, ''));
  return plain.split('-').reduce((sum, word) => sum + (WORDS[word] ?? 0), 0);
}

const MONTH = '(?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?';
const MONTH_BEFORE = new RegExp(`\\b${MONTH}\\s+(?:\\d{1,2},?\\s+)?$`, 'i');
const MONTH_BEHIND = new RegExp(`^\\s+(?:of\\s+)?${MONTH}\\b`, 'i');
const YEAR_BEFORE = /\b(?:in|since|until|of|by|during|before|after)\s+$/i;

/** The day or year of a date, which is not a figure: "December 27", "27 December", "since 2014". */
const isOfDate = (quote: string, { text, start, end }: Printed): boolean =>
  MONTH_BEFORE.test(quote.slice(0, start)) ||
  MONTH_BEHIND.test(quote.slice(end)) ||
  (/^(?:19|20)\d\d$/.test(text) && YEAR_BEFORE.test(quote.slice(0, start)));

/** Words before a number that leave a bound open; "more than 80" is 81 or more. */
const BEFORE: readonly (readonly [RegExp, (value: number) => Bounds])[] = [
  [/\b(?:at least|no fewer than|not less than|a minimum of)\s+$/i, (min) => ({ min, max: null })],
  [/\b(?:more than|over|upwards of|in excess of|above)\s+$/i, (value) => ({ min: value + 1, max: null })],
  [/\b(?:up to|at most|no more than|as many as)\s+$/i, (max) => ({ min: null, max })],
  [/\b(?:fewer than|less than|under|below)\s+$/i, (value) => ({ min: null, max: Math.max(0, value - 1) })],
];
const BEHIND = /^\s+or more\b/i;
const BETWEEN = /\bbetween\s+$/i;

interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

/** What is counted, from the words around the number. */
const COUNTED: readonly (readonly [string, RegExp])[] = [
  ['killed', /\b(?:kill(?:ed|s|ing)?|dead|died|die|deaths?|fatalit\w+|lives|bodies|corpses|toll)\b/i],
  ['wounded', /\b(?:wound(?:ed|s|ing)?|injur\w+|hurt|hospitali[sz]ed)\b/i],
  ['arrested', /\b(?:arrest\w*|detain\w*)\b/i],
  ['attackers', /\b(?:attackers?|gunmen|bombers?|militants?|assailants?)\b/i],
  ['missing', /\bmissing\b/i],
];

function countedNear(quote: string, { start, end }: Printed): string | undefined {
  const found = COUNTED.flatMap(([counts, words]) =>
    [...quote.matchAll(new RegExp(words.source, 'gi'))].map(({ index, 0: word }) => ({
      counts,
      distance: index < start ? start - index - word.length : index - end,
    })),
  );
  return found.sort((a, b) => a.distance - b.distance)[0]?.counts;
}

interface Printed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A range such as "between 10 and 15" or "12–14" that begins with this number. */
function rangeFrom(quote: string, number: Printed, next: Printed | undefined): Figure | undefined {
  if (next === undefined) return undefined;
  const between = BETWEEN.exec(quote.slice(0, number.start));
  const joint = between === null ? /^(?:\s+to\s+|\s*[–-]\s*)$/i : /^\s+and\s+$/i;
  const [min, max] = [valueOf(number.text), valueOf(next.text)];
  if (!joint.test(quote.slice(number.end, next.start)) || min > max) return undefined;
  return { counts: '', min, max, asPrinted: `${between?.[0] ?? ''}${quote.slice(number.start, next.end)}` };
}

/**
 * The figure stated by a quote, as a suggestion: "At least 31 people were killed" is 31 or more killed. None if no
 * number is near a word for what is counted: a date or an age is not a toll.
 */
export function figureIn(quote: string): Figure | undefined {
  const numbers = [...quote.matchAll(ONE)]
    .map(({ index, 0: whole, 1: text = '' }): Printed => ({
      text,
      start: index + whole.length - text.length,
      end: index + whole.length,
    }))
    .filter((number) => !isOfDate(quote, number));
  for (const [at, number] of numbers.entries()) {
    const counts = countedNear(quote, number);
    if (counts === undefined) continue;
    const range = rangeFrom(quote, number, numbers[at + 1]);
    return range === undefined ? { counts, ...single(quote, number) } : { ...range, counts };
  }
  return undefined;
}

/** One number, and the bounds left open by the words around it. */
function single(quote: string, { text, start, end }: Printed): Bounds & { asPrinted: string } {
  const value = valueOf(text);
  const before = quote.slice(0, start);
  for (const [words, bounds] of BEFORE) {
    const opened = words.exec(before)?.[0];
    if (opened !== undefined) return { ...bounds(value), asPrinted: opened + text };
  }
  const behind = BEHIND.exec(quote.slice(end))?.[0];
  return { min: value, max: behind === undefined ? value : null, asPrinted: text + (behind ?? '') };
}
