/** A piece of HTML. Text becomes one by {@link markup} alone, which escapes it. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | readonly (Html | undefined)[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

const partOf = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(partOf).join('');
};

/** HTML with text in it, escaped for elements and for quoted attributes. Not called `html`, whose literals the formatter rewrites. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((string, index) => string + (index < parts.length ? partOf(parts[index]) : '')).join(''),
});

/** Maps each item with `of` and joins them with `between`. */
export const list = <T>(items: readonly T[], of: (item: T, index: number) => Html, between = ''): Html => ({
  html: items.map((item, index) => of(item, index).html).join(between),
});

/** Text by analysts and sources, in its own writing direction. */
export const words = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : markup`<bdi>${text}</bdi>`;
