/* JavaScript strings count UTF-16 units; anchors count Unicode code points. */

const HIGH_SURROGATE = /[\ud800-\udbff]$/;
const LOW_SURROGATE = /[\udc00-\udfff]/;

/** The number of code points in `text`. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      count -= 1;
      i += 1;
    }
  }
  return count;
}

/** The UTF-16 index of code point `offset`; `undefined` past the end. */
export function unitsAt(text: string, offset: number): number | undefined {
  let at = 0;
  for (let seen = 0; seen < offset; seen += 1) {
    if (at >= text.length) return undefined;
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/** The last `count` code points of `text` before `at`. */
export function before(text: string, at: number, count: number): string {
  let from = at;
  for (let taken = 0; taken < count && from > 0; taken += 1) {
    from -= 1;
    if (from > 0 && HIGH_SURROGATE.test(text.charAt(from - 1)) && LOW_SURROGATE.test(text.charAt(from)))
      from -= 1;
  }
  return text.slice(from, at);
}

/** The first `count` code points of `text` from `at`. */
export function after(text: string, at: number, count: number): string {
  return Array.from(text.slice(at, at + 2 * count))
    .slice(0, count)
    .join('')
    .replace(HIGH_SURROGATE, '');
}
