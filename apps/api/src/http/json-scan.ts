/** What a text holds that is more than its reader takes; `null` where it is within all bounds. */
export type TooMuch = 'depth' | 'elements' | 'prototype' | null;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** `__proto__` with every character escaped is so long. */
const LONGEST_ESCAPED = 9 * 6;

/**
 * Reads JSON once, unit by unit, without making anything of it: how deep it nests, how many values it has (one more than its commas and
 * openings), and whether a field is named `__proto__`, escapes included. What is not JSON at all is for the parser to say. Strings are
 * skipped from quote to quote, so a long text costs one search.
 */
export function tooMuchIn(
  text: string,
  bounds: { readonly depth: number; readonly elements: number },
): TooMuch {
  let depth = 0;
  let elements = 1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      if (end < 0) return null;
      if (isPrototype(text, at, end)) return 'prototype';
      at = end;
    } else if (unit === COMMA) {
      elements += 1;
      if (elements > bounds.elements) return 'elements';
    } else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      elements += 1;
      if (depth > bounds.depth) return 'depth';
      if (elements > bounds.elements) return 'elements';
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
    }
  }
  return null;
}

/** The index of the quote that closes the string which begins at `start`; -1 where nothing does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

/** Whether the string between these quotes is a field's name, and says `__proto__`. */
function isPrototype(text: string, start: number, end: number): boolean {
  const length = end - start - 1;
  if (length < 9 || length > LONGEST_ESCAPED) return false;
  const raw = text.slice(start + 1, end);
  if (length === 9 ? raw !== '__proto__' : !raw.includes('\\u') || !saysPrototype(raw)) return false;
  return /^\s*:/.test(text.slice(end + 1, end + 64));
}

const saysPrototype = (raw: string): boolean =>
  raw.replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) ===
  '__proto__';
