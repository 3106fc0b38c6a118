import { keyOf, type KeyName } from './table.js';

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

const signOf = (chord: string): string =>
  chord
    .split('+')
    .map((part) => SIGNS[part] ?? (part.length === 1 ? part : part))
    .join(' ');

/** A key of the table as it is printed on a keyboard; a visual hint only, since the control has its own accessible name. */
export function Keys({ name }: { readonly name: KeyName }) {
  const [chord = ''] = keyOf(name).keys;
  return <kbd aria-hidden="true">{chord.split(' ').map(signOf).join(' ')}</kbd>;
}
