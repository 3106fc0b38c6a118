/*
 * The text of a DOM with its block structure: paragraphs are separated by a blank line, lines and rows by a line feed, cells by a tab.
 * White space collapses as in HTML (no-break spaces stay), and content that a browser does not show is left out. `textContent` would join cells
 * and lose line breaks.
 */

/** The parts of a DOM node used here. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly parentNode: DomNode | null;
  hasAttribute?(name: string): boolean;
}

const ELEMENT = 1;
const TEXT = 3;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const UNSHOWN = words(
  'HEAD SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG MATH CANVAS AUDIO VIDEO SELECT TEXTAREA BUTTON INPUT',
);
const PARAGRAPHS = words(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DETAILS DIALOG DIV DL FIELDSET FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR HTML MAIN MENU NAV OL P PRE SECTION TABLE UL',
);
const LINES = words('CAPTION DD DT FIGCAPTION LEGEND LI SUMMARY TR');
const CELLS = words('TD TH');

/** The longest run of line feeds. */
const BLANK_LINE = 2;

class BlockText {
  private readonly parts: string[] = [];
  private gap = 0;
  private space = false;
  /** In a cell without text so far, blocks start at the beginning of the cell. */
  private cellStarts = false;

  /** Minimum line feeds before the next text. */
  separate(lines: number): void {
    if (!this.cellStarts) this.gap = Math.max(this.gap, lines);
    this.space = false;
  }

  lineBreak(): void {
    if (!this.cellStarts) this.gap = Math.min(BLANK_LINE, this.gap + 1);
    this.space = false;
  }

  startCell(isFirst: boolean): void {
    if (!isFirst) {
      this.endLines();
      this.parts.push('\t');
    }
    this.cellStarts = true;
    this.space = false;
  }

  endCell(): void {
    this.gap = 0;
    this.space = false;
    this.cellStarts = false;
  }

  text(value: string, isPreformatted: boolean): void {
    if (isPreformatted) return this.put(value.replace(/\r\n?/g, '\n'));
    const collapsed = value.replace(/[ \t\n\r\f]+/g, ' ');
    if (collapsed === ' ' || collapsed === '') {
      this.space ||= collapsed !== '';
      return;
    }
    if (collapsed.startsWith(' ')) this.space = true;
    this.put(collapsed.trim().length === collapsed.length ? collapsed : collapsed.replace(/^ | $/g, ''));
    this.space = collapsed.endsWith(' ');
  }

  toString(): string {
    return this.parts.join('');
  }

  private put(text: string): void {
    if (text === '') return;
    const isWithin = this.gap === 0 && this.parts.length > 0 && this.parts.at(-1) !== '\t';
    this.endLines();
    if (this.space && isWithin) this.parts.push(' ');
    this.space = false;
    this.cellStarts = false;
    this.parts.push(text);
  }

  private endLines(): void {
    if (this.parts.length > 0 && this.gap > 0) this.parts.push('\n'.repeat(this.gap));
    this.gap = 0;
  }
}

/** The text below a node, in the order of the document. Nested elements cost no stack. */
export function blockText(root: DomNode): string {
  const out = new BlockText();
  let preformatted = 0;
  /** Rows of which a cell has been seen. */
  const rows = new Set<DomNode | null>();
  const isFirstCell = ({ parentNode: row }: DomNode): boolean => {
    const isFirst = !rows.has(row);
    rows.add(row);
    return isFirst;
  };
  const enter = (node: DomNode): boolean => {
    if (node.nodeType === TEXT) out.text(node.nodeValue ?? '', preformatted > 0);
    if (node.nodeType !== ELEMENT) return node === root;
    const name = node.nodeName.toUpperCase();
    if (UNSHOWN.has(name) || node.hasAttribute?.('hidden') === true) return false;
    if (name === 'BR') out.lineBreak();
    else if (CELLS.has(name)) out.startCell(isFirstCell(node));
    else if (PARAGRAPHS.has(name)) out.separate(BLANK_LINE);
    else if (LINES.has(name)) out.separate(1);
    if (name === 'PRE') preformatted += 1;
    return true;
  };
  const leave = (node: DomNode): void => {
    const name = node.nodeName.toUpperCase();
    if (CELLS.has(name)) out.endCell();
    else if (PARAGRAPHS.has(name)) out.separate(BLANK_LINE);
    else if (LINES.has(name)) out.separate(1);
    if (name === 'PRE') preformatted -= 1;
  };
  let node: DomNode = root;
  for (;;) {
    const isOpen = enter(node);
    if (isOpen && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    if (isOpen) leave(node);
    while (node !== root && node.nextSibling === null) {
      node = node.parentNode!;
      leave(node);
    }
    if (node === root) return out.toString();
    node = node.nextSibling!;
  }
}
