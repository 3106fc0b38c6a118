/** The limit that a text exceeds; `null` if it is within all limits. */
export type TooMuch = 'depth' | 'elements' | 'prototype' | { readonly doubled: string } | null;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

const COLON = 0x3a;
/** RFC 8259 §2. */
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Scans JSON once without building values: its nesting, its number of values (one more than its commas and
 * openings), a field named `__proto__`, and an object with a repeated field name (RFC 8259 leaves the meaning
 * open), escapes included. Invalid JSON is left to the parser. Strings are skipped from quote to quote, so a
 * long text costs one search.
 */
export function tooMuchIn(
  text: string,
  bounds: { readonly depth: number; readonly elements: number },
): TooMuch {
  let elements = 1;
  // The field names of each open list and object.
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      if (end < 0) return null;
      const name = isName(text, end) ? unescaped(text.slice(at, end + 1)) : undefined;
      if (name === '__proto__') return 'prototype';
      if (name !== undefined && open.at(-1)?.has(name)) return { doubled: name };
      if (name !== undefined) open.at(-1)?.add(name);
      at = end;
    } else if (unit === COMMA) {
      elements += 1;
      if (elements > bounds.elements) return 'elements';
    } else if (unit === 0x7b || unit === 0x5b) {
      open.push(new Set());
      elements += 1;
      if (open.length > bounds.depth) return 'depth';
      if (elements > bounds.elements) return 'elements';
    } else if (unit === 0x7d || unit === 0x5d) {
      open.pop();
    }
  }
  return null;
}

/** The index of the quote that closes the string beginning at `start`; -1 if there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

/** Whether the string that ends with this quote is a field's name, followed by a colon. */
function isName(text: string, end: number): boolean {
  let next = end + 1;
  while (WHITE_SPACE.has(text.charCodeAt(next))) next += 1;
  return text.charCodeAt(next) === COLON;
}

/** `undefined` for a string that is not valid JSON; the parser reports why. */
function unescaped(literal: string): string | undefined {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}
