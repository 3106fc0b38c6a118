import { type DocumentDetails, type ImportDocument, importDocument } from '@casebook/contracts';
import { checked, detailsIn, detailsInFrontMatter } from './documents/front-matter-details.js';
import { overlaid, titleOf } from './documents/metadata.js';
import { UnreadableDocument } from './documents/reader.js';
import { foreignFormat } from './foreign-format.js';

/** A description in a separate file: its name and bytes. */
export interface Sidecar {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const DESCRIPTION = /\.(?:ya?ml|json)$/i;

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
  const { details: inFront, body } = detailsInFrontMatter(name, decoded(name, bytes));
  const details = overlaid(inFront, sidecar === undefined ? {} : detailsInSidecar(name, sidecar));
  return checked(name, importDocument, { title: titleOf(name, body), ...details, text: body });
}

/** The details in the sidecar of the file `name`. @throws UnreadableDocument */
export const detailsInSidecar = (name: string, sidecar: Sidecar): Partial<DocumentDetails> =>
  detailsIn(`${name}: ${sidecar.name}`, decoded(sidecar.name, sidecar.bytes));

/** A file with the description beside it, if there is one. */
export interface DescribedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sidecar?: Sidecar;
}

/** Reads a document from a plain-text file and its sidecar. @throws UnreadableDocument */
export async function readDocumentAt(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<ImportDocument> {
  const { name, bytes, sidecar } = await readDescribedFile(path, read);
  return readDocumentFile(name, bytes, sidecar);
}

/**
 * Reads a file and its sidecar `NAME.yaml`, `NAME.yml` or `NAME.json`, where NAME may include the file's extension.
 * `read` returns the bytes at a path, like `readFile`; errors for the file itself propagate. A sidecar that exists but
 * cannot be read is refused, and so are two different ones.
 * @throws UnreadableDocument
 */
export async function readDescribedFile(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<DescribedFile> {
  const name = nameOf(path);
  if (isDescription(path)) {
    throw new UnreadableDocument(
      `${name}: is a description by its extension, not a document; import the text that it describes (or rename it to .txt if it is a text)`,
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
  return { name, bytes, ...(first && { sidecar: first }) };
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
