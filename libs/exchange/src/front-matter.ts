/** A file's text, split where its front matter ends. */
export interface Split {
  /** The YAML between the two lines; absent without front matter. */
  readonly front?: string;
  /** Everything after the front matter and one blank line. */
  readonly body: string;
  /** Why opened front matter cannot be read. */
  readonly fault?: string;
}

const LINE = /([^\r\n\u0085\u2028\u2029]*)(\r\n|[\r\n\u0085\u2028\u2029]|$)/gy;
/** White space and zero-width characters: a byte order mark, a zero-width space. */
const UNSEEN = String.raw`[\s\p{Cf}]*`;
const BLANK = new RegExp(`^${UNSEEN}$`, 'u');
const OPENING = new RegExp(`^${UNSEEN}---${UNSEEN}(?:ya?ml${UNSEEN})?(?:\\s#.*)?$`, 'iu');
const CLOSING = new RegExp(`^(?:---|\\.\\.\\.)${UNSEEN}(?:\\s#.*)?$`, 'u');
/** The first lines of TOML and JSON front matter. */
const FOREIGN = new RegExp(`^${UNSEEN}(?:\\+\\+\\+|;;;|---${UNSEEN}(?:toml|json5?))${UNSEEN}$`, 'iu');

/**
 * Splits off the YAML front matter: from a first line `---`, which only blank lines precede, to a line `---`
 * or `...`. A text whose first line opens front matter has some, or is invalid: a document marked RED in it
 * must never become readable for everybody.
 */
export function splitFrontMatter(text: string): Split {
  const lines = linesOf(text);
  const opening = lines.next();
  if (opening.done) return { body: text };
  if (FOREIGN.test(opening.value.line)) {
    return {
      body: text,
      fault: `its first line ${opening.value.line.trim()} starts front matter that is not YAML; write it between two --- lines`,
    };
  }
  if (!OPENING.test(opening.value.line)) return { body: text };
  const front: string[] = [];
  for (const { line, end } of lines) {
    if (CLOSING.test(line)) {
      const body = text.slice(end).replace(/^(?:\r\n|[\r\n])/, '');
      return { front: front.join('\n'), body };
    }
    front.push(line);
  }
  return {
    body: text,
    fault:
      'its first line --- starts front matter that is never closed; close it with ---, or put empty front matter (two --- lines) before a text that begins with ---',
  };
}

/** The lines from the first non-blank one, with their end offsets. */
function* linesOf(text: string): Generator<{ line: string; end: number }> {
  let begun = false;
  for (const match of text.matchAll(LINE)) {
    const [all, line = ''] = match;
    if (all === '') return;
    begun ||= !BLANK.test(line);
    if (begun) yield { line, end: match.index + all.length };
  }
}
