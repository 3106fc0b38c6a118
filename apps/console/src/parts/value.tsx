import { strings } from '../strings/conflicts.js';

/** A value of any field, as words: lists with commas, objects by their parts, nothing as such. */
export function Value({ value }: { readonly value: unknown }) {
  const text = textOf(value);
  return text === '' ? <i>{strings.nothing}</i> : <span dir="auto">{text}</span>;
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object') {
    const { name, exact } = value as { name?: unknown; exact?: unknown };
    if (typeof name === 'string') return name;
    if (typeof exact === 'string') return `“${exact}”`;
    return Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .map(([part, each]) => `${part}: ${textOf(each)}`)
      .join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
