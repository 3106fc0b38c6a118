import {
  documentDetails,
  type DocumentDetails,
  type ImportDocument,
  importDocument,
  phrase,
  tlpRank,
} from '@casebook/contracts';
import type { z } from 'zod';
import { foreignFormat } from './foreign-format.js';
import { splitFrontMatter } from './front-matter.js';
import { readFields, UnreadableFields } from './yaml-fields.js';

/** A file that cannot be imported as a document; the message tells its owner why. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

/** A description in a separate file: its name and bytes. */
export interface Sidecar {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const described = documentDetails.partial();
const DESCRIPTION = /\.(?:ya?ml|json)$/i;
/** The greatest length of a title, in UTF-16 units. */
const TITLE = 1000;
const title = phrase(TITLE);

/** Whether a file of this name is a description, and so never a document. */
export const isDescription = (path: string): boolean => DESCRIPTION.test(path);

/**
 * Reads a document from a plain-text file. Its details come from YAML front matter between two lines `---`, from a sidecar (YAML or JSON), or
 * both: the sidecar takes precedence, but the stricter marking holds. The default title is the first suitable line of the text, or the
 * file's name. The text is everything after the front matter, byte for byte.
 * @throws UnreadableDocument
 */
export function readDocumentFile(name: string, bytes: Uint8Array, sidecar?: Sidecar): ImportDocument {
  const format = foreignFormat(bytes);
  if (format !== null)
    throw new UnreadableDocument(`${name}: is ${format}, not plain text; import its text instead`);
  const { front, body, fault } = splitFrontMatter(decoded(name, bytes));
  if (fault !== undefined) throw new UnreadableDocument(`${name}: ${fault}`);
  const inFront = front === undefined ? {} : detailsIn(`${name}: its front matter`, front);
  const beside =
    sidecar === undefined ? {} : detailsIn(`${name}: ${sidecar.name}`, decoded(sidecar.name, sidecar.bytes));
  const marking = [inFront.tlp, beside.tlp].sort((a, b) => tlpRank(b) - tlpRank(a))[0];
  const details = { ...inFront, ...beside, ...(marking !== undefined && { tlp: marking }) };
  return checked(name, importDocument, { title: titleOf(name, body), ...details, text: body });
}

/**
 * Reads a document from its file and a sidecar `NAME.yaml`, `NAME.yml` or `NAME.json`, where NAME may include the file's extension.
 * `read` returns the bytes at a path, like `readFile`; errors for the file itself propagate. A sidecar that exists but
 * cannot be read is refused, and so are two different ones.
 * @throws UnreadableDocument
 */
export async function readDocumentAt(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<ImportDocument> {
  const name = nameOf(path);
  if (isDescription(path)) {
    throw new UnreadableDocument(
      `${name}: is a description by its extension, not a document; import the text that it describes (or rename a text to .txt)`,
    );
  }
  const bytes = await read(path);
  const found: Sidecar[] = [];
  for (const candidate of sidecarsOf(path)) {
    const sidecar = await presentAt(name, candidate, read);
    // A case-insensitive file system returns one file for both names.
    if (sidecar && !found.some((other) => Buffer.compare(other.bytes, sidecar.bytes) === 0))
      found.push(sidecar);
  }
  const [first, second] = found;
  if (first && second) {
    throw new UnreadableDocument(
      `${name}: has two descriptions that differ, ${first.name} and ${second.name}; keep one`,
    );
  }
  return readDocumentFile(name, bytes, first);
}

const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '');

/** The possible paths of a document's sidecar. */
export function sidecarsOf(path: string): string[] {
  const stems = new Set([path.replace(/(?<=[^/\\])\.[^./\\]*$/, ''), path]);
  return [...stems].flatMap((stem) =>
    ['yaml', 'yml', 'json', 'YAML', 'YML', 'JSON'].map((ending) => `${stem}.${ending}`),
  );
}

async function presentAt(
  name: string,
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<Sidecar | null> {
  try {
    return { name: nameOf(path), bytes: await read(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // A name too long for a file does not exist.
    if (code === 'ENOENT' || code === 'ENAMETOOLONG') return null;
    throw new UnreadableDocument(
      `${name}: its description ${nameOf(path)} exists but cannot be read: ${message}`,
      { cause: error },
    );
  }
}

function decoded(name: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new UnreadableDocument(`${name}: is not UTF-8 text`, { cause });
  }
}

function detailsIn(where: string, yaml: string): Partial<DocumentDetails> {
  try {
    return checked(where, described, readFields(yaml));
  } catch (error) {
    if (!(error instanceof UnreadableFields)) throw error;
    throw new UnreadableDocument(`${where}: ${error.message}`, { cause: error });
  }
}

function checked<T>(where: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`);
  throw new UnreadableDocument(`${where}: ${faults.join('; ')}`);
}

function titleOf(name: string, text: string): string {
  for (const [line] of text.matchAll(/[^\r\n\u0085\u2028\u2029]+/g)) {
    const candidate = asTitle(line);
    if (title.safeParse(candidate).success) return candidate;
  }
  return asTitle(name);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One line without control characters, cut at the end of a grapheme. */
function asTitle(line: string): string {
  const whole = line
    .slice(0, 4 * TITLE)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  if (whole.length <= TITLE) return whole;
  let end = 0;
  for (const { index } of graphemes.segment(whole)) {
    if (index > TITLE) break;
    end = index;
  }
  return whole.slice(0, end).trim();
}
