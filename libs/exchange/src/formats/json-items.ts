/** The whole input is broken, so no further item can be read. */
export class BrokenInput extends Error {
  override readonly name = 'BrokenInput';

  constructor(
    message: string,
    readonly code: 'malformed-json' | 'malformed-csv' = 'malformed-json',
  ) {
    super(message);
  }
}

/** The bytes of one item (`null`: it is too long) of the list at the path, or of the rest of the text with the items' lists emptied. */
export type JsonPart =
  | { readonly kind: 'item'; readonly path: string; readonly bytes: Buffer | null }
  | { readonly kind: 'envelope'; readonly bytes: Buffer };

/** Maximum bytes of one item, and of the envelope around the items. */
const MOST_BYTES = 1024 * 1024;
const MOST_DEPTH = 64;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** An open list or object; `key`: that of the current value in an object. */
interface Open {
  readonly isList: boolean;
  key: string;
}

/**
 * Cuts a JSON text into the items of its lists, without building values, so that memory holds one item, however large
 * the text is. The lists are the text itself and those at `paths` (`items`, `first.items`; `[]` for each item of an
 * enclosing list). The rest of the text comes last, as the envelope, unless the text is a list. Nesting beyond 64
 * levels, and an envelope beyond 1 MiB, are refused. Whether a part is valid JSON is left to its parser.
 */
export async function* jsonItems(
  chunks: AsyncIterable<Uint8Array>,
  paths: ReadonlySet<string>,
): AsyncGenerator<JsonPart, void, void> {
  const cutter = new Cutter(paths);
  for await (const chunk of chunks) yield* cutter.take(chunk);
  yield* cutter.end();
}

class Cutter {
  private readonly open: Open[] = [];
  private readonly envelope = new Collected();
  private readonly item = new Collected();
  /** The depth of the list being cut into items; 0: none. */
  private listDepth = 0;
  private listPath = '';
  private isString = false;
  private isEscaped = false;
  private name: number[] | null = null;
  private lastName = '';
  private begun = false;
  /** The whole text is a list. */
  private isList = false;
  private done = false;

  constructor(private readonly paths: ReadonlySet<string>) {}

  *take(chunk: Uint8Array): Generator<JsonPart, void, void> {
    for (const byte of chunk) {
      if (this.isString) this.inString(byte);
      else yield* this.outside(byte);
    }
  }

  *end(): Generator<JsonPart, void, void> {
    if (!this.begun) throw new BrokenInput('The body is empty; send the annotations.');
    if (!this.done) throw new BrokenInput('The JSON ends before it is complete; it was cut off.');
    const bytes = this.envelope.taken();
    if (!this.isList) yield { kind: 'envelope', bytes: bytes ?? tooLong() };
  }

  private get target(): Collected {
    return this.listDepth > 0 ? this.item : this.envelope;
  }

  private inString(byte: number): void {
    this.target.put(byte);
    if (this.isEscaped) this.isEscaped = false;
    else if (byte === BACKSLASH) this.isEscaped = true;
    else if (byte === QUOTE) {
      this.isString = false;
      if (this.name !== null) this.lastName = Buffer.from(this.name).toString('utf8');
      return;
    }
    this.name?.push(byte);
  }

  private *outside(byte: number): Generator<JsonPart, void, void> {
    if (isBlank(byte)) {
      if (this.item.length > 0) this.item.put(byte);
      return;
    }
    if (this.done) throw new BrokenInput('There is something after the end of the JSON.');
    if (!this.begun) this.isList = byte === OPEN_LIST;
    this.begun = true;
    const depth = this.open.length;
    const atItems = this.listDepth > 0 && depth === this.listDepth;
    if (atItems && (byte === COMMA || byte === CLOSE_LIST)) {
      if (this.item.length > 0) yield { kind: 'item', path: this.listPath, bytes: this.item.taken() };
      if (byte === COMMA) return;
    }
    switch (byte) {
      case QUOTE:
        this.isString = true;
        this.name = this.listDepth === 0 ? [] : null;
        this.target.put(byte);
        break;
      case COLON:
        if (this.listDepth === 0 && depth > 0) this.open[depth - 1]!.key = this.lastName;
        this.target.put(byte);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        this.target.put(byte);
        this.push(byte === OPEN_LIST);
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        this.pop(byte === CLOSE_LIST);
        this.target.put(byte);
        // A closed item is complete, whatever follows.
        if (this.listDepth > 0 && this.open.length === this.listDepth)
          yield { kind: 'item', path: this.listPath, bytes: this.item.taken() };
        break;
      default:
        this.target.put(byte);
    }
    // A text of one bare value ends with the input.
    if (this.open.length === 0 && (byte === CLOSE_LIST || byte === CLOSE_OBJECT)) this.done = true;
  }

  private push(isList: boolean): void {
    const path = this.open.map(({ key }) => key).join('.');
    if (isList && this.listDepth === 0 && (this.open.length === 0 || this.paths.has(path))) {
      this.open.push({ isList, key: '' });
      this.listDepth = this.open.length;
      this.listPath = path;
      return;
    }
    this.open.push({ isList, key: isList ? '[]' : '' });
    if (this.open.length > MOST_DEPTH)
      throw new BrokenInput(`The JSON nests deeper than ${MOST_DEPTH} levels.`);
  }

  private pop(isList: boolean): void {
    const last = this.open.pop();
    if (last?.isList !== isList)
      throw new BrokenInput('The brackets of the JSON do not match; it is not JSON.');
    if (this.open.length < this.listDepth) this.listDepth = 0;
  }
}

const tooLong = (): never => {
  throw new BrokenInput(`The JSON around the items is longer than ${MOST_BYTES} bytes.`);
};

/** The bytes of one part, up to its limit. */
class Collected {
  private bytes = Buffer.allocUnsafe(4096);
  length = 0;

  put(byte: number): void {
    if (this.length > MOST_BYTES) return;
    if (this.length === this.bytes.length) {
      const larger = Buffer.allocUnsafe(this.bytes.length * 2);
      this.bytes.copy(larger);
      this.bytes = larger;
    }
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  /** `null`: the limit was exceeded. */
  taken(): Buffer | null {
    const taken = this.length > MOST_BYTES ? null : Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }
}
