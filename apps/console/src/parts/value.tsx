import { figureText } from '../data/describe.js';
import type { Figure } from '../data/types.js';
import { strings } from '../strings/conflicts.js';

/** What an id stands for, in words; undefined for a text that is no id. */
type Names = (id: string) => string | undefined;

interface ValueProps {
  readonly value: unknown;
  readonly names?: Names;
}

/** A value of any field, as words: lists with commas, chains with ›, figures as figures, nothing as such. */
export function Value({ value, names }: ValueProps) {
  const text = textOf(value, names);
  return text === '' ? <i>{strings.nothing}</i> : <span dir="auto">{text}</span>;
}

export function textOf(value: unknown, names: Names = () => undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return names(value) ?? value;
  if (Array.isArray(value)) {
    const isChain = value.every((each) => typeof each === 'object' && each !== null && 'name' in each);
    return value.map((each) => textOf(each, names)).join(isChain ? ' › ' : ', ');
  }
  if (typeof value !== 'object') return JSON.stringify(value);
  if ('exact' in value && typeof value.exact === 'string') return value.exact;
  if ('counts' in value) return figureText(value as Figure);
  if ('name' in value && typeof value.name === 'string') return value.name;
  return Object.entries(value)
    .filter(([, part]) => part !== null && part !== undefined)
    .map(([part, each]) => `${part}: ${textOf(each, names)}`)
    .join(', ');
}
