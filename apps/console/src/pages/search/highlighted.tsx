import type { SearchFragment } from '../../data/search.js';

/** A fragment with its matches marked. Places are in code points, and text is never parsed as markup. */
export function Highlighted({ text, highlights }: Pick<SearchFragment, 'text' | 'highlights'>) {
  const points = [...text];
  const part = (from: number, to?: number): string => points.slice(from, to).join('');
  return (
    <span dir="auto">
      {highlights.map(({ start, end }, index) => (
        <span key={start}>
          {part(highlights[index - 1]?.end ?? 0, start)}
          <mark>{part(start, end)}</mark>
        </span>
      ))}
      {part(highlights.at(-1)?.end ?? 0)}
    </span>
  );
}
