import * as fc from 'fast-check';
import { anchorOf, lineAt, moveEdge, readText, toCodePoints, toUnits, trimmed } from './document-text.js';

const texts = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', '\n', '\r\n', '𝒳', '“', '\u00a0'),
  maxLength: 60,
});

describe('a document’s text', () => {
  it('code points and units say the same place, in both directions', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const document = readText(text);
        const characters = [...text];
        let units = 0;
        for (let codePoints = 0; codePoints <= characters.length; codePoints += 1) {
          expect(toUnits(document, codePoints)).toBe(units);
          expect(toCodePoints(document, units)).toBe(codePoints);
          units += characters[codePoints]?.length ?? 0;
        }
      }),
    );
  });

  it('lines lie where the text has them, and leave only white space out', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { lines } = readText(text);
        let last = 0;
        for (const { start, end, text: line } of lines) {
          expect(text.slice(start, end)).toBe(line);
          expect(text.slice(last, start).trim()).toBe('');
          last = end;
        }
        expect(text.slice(last).trim()).toBe('');
      }),
    );
  });

  it('an offset is in its line, or before the next', () => {
    const document = readText('one\n\ntwo\n');
    expect([0, 3, 4, 5, 8, 9].map((offset) => lineAt(document, offset))).toEqual([0, 0, 1, 1, 1, -1]);
  });

  it('an anchor is the quote with its context, counted in code points, never half a character', () => {
    const document = readText(`${'😀'.repeat(17)}x “nine died” ${'😀'.repeat(17)}`);
    const start = document.text.indexOf('nine');
    const anchor = anchorOf(document, 'sha256:1', { start, end: start + 9 });
    expect(anchor).toMatchObject({ exact: 'nine died', start: 20, end: 29 });
    expect([anchor.prefix, anchor.suffix].every((each) => each.isWellFormed())).toBe(true);
  });

  it('an edge moves by a word, over punctuation, and never past the other edge', () => {
    const document = readText('At least nine people, he said, were killed.');
    const span = { start: 3, end: 13 };
    const quote = ({ start, end }: { start: number; end: number }) => document.text.slice(start, end);
    expect(quote(moveEdge(document, span, 'end', 1))).toBe('least nine people');
    expect(quote(moveEdge(document, { start: 3, end: 20 }, 'end', 1))).toBe('least nine people, he');
    expect(quote(moveEdge(document, span, 'end', -1))).toBe('least');
    expect(quote(moveEdge(document, span, 'start', -1))).toBe('At least nine');
    expect(quote(moveEdge(document, span, 'start', 1))).toBe('nine');
    expect(moveEdge(document, { start: 9, end: 13 }, 'start', 1)).toEqual({ start: 9, end: 13 });
  });

  it('a selection loses the white space at its ends, and is none where nothing else is in it', () => {
    const document = readText('  one \n two');
    expect(trimmed(document, { start: 0, end: 8 })).toEqual({ start: 2, end: 5 });
    expect(trimmed(document, { start: 5, end: 8 })).toBeNull();
  });
});
