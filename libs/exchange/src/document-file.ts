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

/** A file that is not a document that could be imported; the message says why, for the person who holds the file. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

/** A description beside a document: how its file is called, and its bytes. */
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

/** Whether a file of this name describes a document, so that it is never a document itself. */
export const isDescription = (path: string): boolean => DESCRIPTION.test(path);

/**
 * A document from a plain-text file. Its details stand in a YAML front matter between two lines `---`, in a sidecar (YAML or JSON), or in
 * both: then the sidecar's word counts more, but the stricter marking holds. Without a title the first line of the text that can be one is the
 * title, or else the file's name. The text is everything behind the front matter, byte for byte.
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
 * A document from its file and the description beside it: `NAME.yaml`, `NAME.yml` or `NAME.json`, where NAME may keep the file's own ending.
 * `read` is `readFile`, or what else gives the bytes at a path; what it throws for the file itself is thrown on. A description that is there but
 * cannot be read is refused, and so are two.
 * @throws UnreadableDocument
 */
export async function readDocumentAt(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<ImportDocument> {
  const name = nameOf(path);
  if (isDescription(path)) {
    throw new UnreadableDocument(
      `${name}: describes a document by its ending, and is none; import the text that it belongs to (or name a text .txt)`,
    );
  }
  const bytes = await read(path);
  const found: Sidecar[] = [];
  for (const candidate of sidecarsOf(path)) {
    const sidecar = await presentAt(name, candidate, read);
    // A file system that ignores case gives one file under both names.
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

/** Where the description of a document may stand. */
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
    // A name that is too long to be a file's is not there either.
    if (code === 'ENOENT' || code === 'ENAMETOOLONG') return null;
    throw new UnreadableDocument(
      `${name}: its description ${nameOf(path)} is there and cannot be read: ${message}`,
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

/** One line without controls, cut where a character as readers see it ends. */
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
