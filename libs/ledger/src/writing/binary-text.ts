/** Up to this many characters, a loop here is faster than Buffer's `write`, which calls into Node. */
const SHORT = 48;

/** Writes UTF-8 into a buffer that has room for three bytes per character; returns the end offset. */
export function writeText(target: Buffer, text: string, at: number): number {
  if (text.length > SHORT) return at + target.write(text, at);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return at + target.write(text, at);
    target[at + i] = unit;
  }
  return at + text.length;
}

/** Writes the 16 bytes of a UUID in canonical form, in either case; returns the end offset. */
export function writeUuid(target: Buffer, uuid: string, at: number): number {
  let end = at;
  for (let i = 0; i < uuid.length; i += 2) {
    if (uuid.charCodeAt(i) === HYPHEN) i += 1;
    target[end] = (digit(uuid.charCodeAt(i)) << 4) | digit(uuid.charCodeAt(i + 1));
    end += 1;
  }
  return end;
}

const HYPHEN = 0x2d;

/**
 * The value of a hexadecimal digit's character code: letters have bit 6 set, and their lowest bits count from
 * 1.
 */
const digit = (code: number): number => (code & 0x40 ? (code & 0x0f) + 9 : code & 0x0f);
