import { figureText } from '../data/describe.js';
import type { Figure } from '../data/types.js';
import { strings } from '../strings/conflicts.js';

/** The name behind an id; undefined for a text that is not an id. */
type Names = (id: string) => string | undefined;

interface ValueProps {
  readonly value: unknown;
  readonly names?: Names;
}

/** A field's value in words: lists with commas, chains with ›, figures as figures, an empty value as such. */
export function Value({ value, names }: ValueProps) {
  const text = textOf(value, names);
  return text === '' ? <i>{strings.nothing}</i> : <span dir="auto">{text}</span>;
}

/** From this length, a text in a list is treated as a sentence. */
const LONG = 40;

export function textOf(value: unknown, names: Names = () => undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return names(value) ?? value;
  if (Array.isArray(value)) {
    const isChain = value.every((each) => typeof each === 'object' && each !== null && 'name' in each);
    const texts = value.map((each) => textOf(each, names));
    // Sentences have their own full stop.
    const between = isChain ? ' › ' : texts.some((each) => each.length > LONG) ? ' · ' : ', ';
    return texts.join(between);
  }
  if (typeof value !== 'object') return JSON.stringify(value);
  if ('exact' in value && typeof value.exact === 'string') return value.exact;
  if ('counts' in value) return figureText(value as Figure);
  if ('asPrinted' in value || 'edtf' in value) return dateText(value as StatedDate);
  if ('name' in value && typeof value.name === 'string') return value.name;
  return Object.entries(value)
    .filter(([, part]) => part !== null && part !== undefined)
    .map(([part, each]) => `${part}: ${textOf(each, names)}`)
    .join(', ');
}

interface StatedDate {
  readonly edtf?: string | null;
  readonly asPrinted?: string | null;
}

/** A date with its printed wording. */
function dateText({ edtf, asPrinted }: StatedDate): string {
  if (edtf == null) return asPrinted ?? '';
  return asPrinted == null || asPrinted === edtf ? edtf : `${edtf} (${asPrinted})`;
}
