import fc from 'fast-check';
import { writeText, writeUuid } from './binary-text.js';

describe('text in a binary message', () => {
  test('is UTF-8 from the given offset, short or long, ASCII or not', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '€', '😀', '\u007f', '\u0080'),
      maxLength: 100,
    });
    fc.assert(
      fc.property(text, fc.nat(9), (any, at) => {
        const target = Buffer.alloc(at + 3 * any.length);
        const end = writeText(target, any, at);
        expect(target.subarray(at, end)).toEqual(Buffer.from(any));
      }),
    );
  });

  test('writes a UUID as its 16 bytes, in upper or lower case', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.nat(9), (uuid, upper, at) => {
        const target = Buffer.alloc(at + 16);
        expect(writeUuid(target, upper ? uuid.toUpperCase() : uuid, at)).toBe(at + 16);
        expect(target.subarray(at).toString('hex')).toBe(uuid.replaceAll('-', ''));
      }),
    );
  });
});
