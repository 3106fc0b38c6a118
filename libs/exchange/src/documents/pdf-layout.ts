/*
 * Lines and paragraphs from the positioned pieces of a PDF's text. A PDF has neither, so these rules decide, and the
 * same pieces always give the same text:
 *
 * - A line ends where the library marks its end.
 * - A line continues a paragraph if it has the same size, is no further below than usual on its page, and the
 *   previous line is not markedly shorter than the page's longest.
 * - Across columns and pages, a paragraph continues if its last line does not end a sentence, and is full or continues with a lower-case letter.
 * - Lines are joined with a space. A hyphen at the end of a line stays, without a space; a soft hyphen is removed.
 */

export interface Line {
  readonly text: string;
  readonly page: number;
  /** In points; `y` grows upwards. */
  readonly y: number;
  readonly right: number;
  readonly height: number;
}

/** A piece of text from pdf.js; structural marks have no text. */
export interface Piece {
  readonly str?: string;
  readonly transform?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly hasEOL?: boolean;
}

/** C0 controls except tab and line feed, which some fonts map glyphs to. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f]/g;

export function linesOf(pieces: readonly Piece[], page: number): Line[] {
  const lines: Line[] = [];
  let text = '';
  let first: Piece | undefined;
  let right = 0;
  const end = (): void => {
    if (text.trim() !== '' && first !== undefined) {
      const height = first.height || Math.abs(first.transform?.[3] ?? 0);
      lines.push({ text: text.replace(/^ +| +$/g, ''), page, y: first.transform?.[5] ?? 0, right, height });
    }
    text = '';
    first = undefined;
    right = 0;
  };
  for (const piece of pieces) {
    if (piece.str === undefined) continue;
    text += piece.str.replace(CONTROLS, '');
    if (piece.str.trim() !== '') {
      first ??= piece;
      right = Math.max(right, (piece.transform?.[4] ?? 0) + (piece.width ?? 0));
    }
    if (piece.hasEOL === true) end();
  }
  end();
  return lines;
}

/** Within a paragraph, lines may be this many times the usual distance apart. */
const LOOSE = 1.25;
/** Lines further apart than this many times their height never belong together. */
const FARTHEST = 2.2;
/** A line shorter than this share of the page's longest ends its paragraph. */
const SHORT = 0.6;
/** A line that reaches this share of the page's longest is full. */
const FULL = 0.85;

export function paragraphsOf(lines: readonly Line[]): string[] {
  const pages = new Map<number, { readonly step: number; readonly right: number }>();
  const paragraphs: string[] = [];
  let current = '';
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    if (!pages.has(line.page))
      pages.set(line.page, measuresOf(lines.filter(({ page }) => page === line.page)));
    if (before !== undefined && continues(before, line, pages.get(before.page)!)) {
      current = joined(current, line.text);
    } else {
      if (current !== '') paragraphs.push(current);
      current = line.text;
    }
  });
  if (current !== '') paragraphs.push(current);
  return paragraphs;
}

/** The usual step from line to line: a quarter of all steps are smaller. */
function measuresOf(lines: readonly Line[]): { readonly step: number; readonly right: number } {
  const steps = lines
    .slice(1)
    .map(({ y }, at) => lines[at]!.y - y)
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
  return {
    step: steps[Math.floor(steps.length / 4)] ?? 0,
    right: lines.reduce((most, { right }) => Math.max(most, right), 0),
  };
}

function continues(
  before: Line,
  line: Line,
  { step, right }: { readonly step: number; readonly right: number },
): boolean {
  const down = before.y - line.y;
  if (line.page !== before.page || down <= 0) {
    const isOpen = !/[.!?:…]["'”’»)\]]*$/u.test(before.text);
    return isOpen && (before.right >= FULL * right || /^\p{Ll}/u.test(line.text));
  }
  const isAlike = Math.abs(before.height - line.height) <= 0.1 * Math.max(before.height, line.height);
  const isNear = down <= step * LOOSE && down <= FARTHEST * Math.max(before.height, line.height);
  return isAlike && isNear && before.right >= SHORT * right;
}

function joined(text: string, next: string): string {
  if (text.endsWith('\u00ad')) return text.slice(0, -1) + next;
  return /\p{L}-$/u.test(text) && /^\p{L}/u.test(next) ? text + next : `${text} ${next}`;
}
