import { importDocument, type ImportDocument } from '@casebook/contracts';
import { parse } from 'yaml';

/** A file that is not a document that could be imported; the message says why, for the person who holds the file. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n(?:\r?\n)?/;

/**
 * A document from a plain-text file. What is known about it stands in a sidecar (YAML or JSON, the fields of `ImportDocument`),
 * or in a YAML front matter between two lines `---`; the sidecar's word counts more. Without a title the first line of the
 * text is one. The text is everything behind the front matter, byte for byte.
 * @throws UnreadableDocument
 */
export function readDocumentFile(name: string, bytes: Uint8Array, sidecar?: string): ImportDocument {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (cause) {
    throw new UnreadableDocument(`${name}: is not UTF-8 text`, { cause });
  }
  const front = sidecar === undefined ? FRONT_MATTER.exec(text) : null;
  const body = front === null ? text : text.slice(front[0].length);
  const details = fieldsOf(name, sidecar ?? front?.[1] ?? '');
  const parsed = importDocument.safeParse({ title: titleOf(name, body), ...details, text: body });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`);
    throw new UnreadableDocument(`${name}: ${faults.join('; ')}`);
  }
  return parsed.data;
}

/**
 * A document from its file and the sidecar beside it, `NAME.yaml`, `NAME.yml` or `NAME.json`: the first that there is. `read` is `readFile`, or
 * what else gives the bytes at a path; what it throws for the file itself is thrown on.
 * @throws UnreadableDocument
 */
export async function readDocumentAt(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<ImportDocument> {
  const stem = path.replace(/\.[^./\\]*$/, '');
  const name = path.replace(/^.*[/\\]/, '');
  const bytes = await read(path);
  for (const sidecar of [`${stem}.yaml`, `${stem}.yml`, `${stem}.json`]) {
    if (sidecar === path) continue;
    const found = await read(sidecar).catch(() => undefined);
    if (found !== undefined) return readDocumentFile(name, bytes, new TextDecoder().decode(found));
  }
  return readDocumentFile(name, bytes);
}

function fieldsOf(name: string, yaml: string): object {
  let fields: unknown;
  try {
    // Dates stay as written: EDTF is a text, and the core schema of YAML 1.2 has no dates.
    fields = parse(yaml, { schema: 'core' });
  } catch (cause) {
    throw new UnreadableDocument(`${name}: its description is not YAML: ${(cause as Error).message}`, {
      cause,
    });
  }
  if (fields === null || fields === undefined) return {};
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw new UnreadableDocument(`${name}: its description is not a list of fields`);
  }
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      typeof value === 'number' ? String(value) : (value as unknown),
    ]),
  );
}

const titleOf = (name: string, text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
    ?.slice(0, 1000) ?? name;
