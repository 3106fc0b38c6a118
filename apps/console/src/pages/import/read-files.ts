import type { FileContent } from '../../data/library.js';
import type { NewDocument } from '../../data/types.js';

/** A document in the import dialog before it is sent. */
export interface Candidate extends NewDocument {
  /** The name of its file; empty for pasted text. */
  readonly file: string;
  /** The bytes to send unchanged, for the service to extract the text and, unless one is given, the title. */
  readonly content?: FileContent;
}

/** A file that cannot be imported, and why. */
export interface Unreadable {
  readonly file: string;
  readonly reason: 'not-utf8' | 'empty' | 'nul';
}

/** The formats read by the service, by extension. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  md: 'text/markdown',
  markdown: 'text/markdown',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
};
export const EXTENSIONS = Object.keys(MEDIA_TYPES).map((extension) => `.${extension}`);

const mediaTypeOf = (file: string): string | undefined =>
  MEDIA_TYPES[/\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''];

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n(?:\r?\n)?/;
const FIELDS = [
  'title',
  'publisher',
  'author',
  'published',
  'retrieved',
  'url',
  'language',
  'tlp',
  'reliability',
  'upstream',
];
const TITLE_LENGTH = 200;

/** The first non-empty line, as a title. */
export const titleOf = (text: string): string =>
  (/\S.*/.exec(text.replace(/^\ufeff/, ''))?.[0] ?? '').trim().slice(0, TITLE_LENGTH);

/** The details of a document from flat `field: value` lines (YAML) or JSON; unknown fields are left out. */
export function detailsIn(source: string): Partial<NewDocument> {
  const found = source.trimStart().startsWith('{') ? fromJson(source) : fromLines(source);
  return Object.fromEntries(FIELDS.filter((field) => found[field]).map((field) => [field, found[field]]));
}

function fromJson(source: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(source) as Record<string, string>;
  } catch {
    return {};
  }
}

function fromLines(source: string): Record<string, string> {
  const lines = [...source.matchAll(/^([a-z]+):[ \t]+(.+?)[ \t]*$/gm)];
  return Object.fromEntries(
    lines.map(([, field = '', value = '']) => [
      field,
      value.replace(/^(["'])(.*)\1$/, '$2').replaceAll("''", "'"),
    ]),
  );
}

/** The documents in files that were dropped together: texts, each with its front matter or its sidecar (`name.yaml`, `name.json`). */
export function readFiles(files: readonly { readonly name: string; readonly bytes: ArrayBuffer }[]): {
  readonly candidates: Candidate[];
  readonly unreadable: Unreadable[];
} {
  const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '');
  const isSidecar = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name);
  const texts = files.filter(({ name }) => !isSidecar(name));
  const candidates: Candidate[] = [];
  const unreadable: Unreadable[] = [];
  for (const { name, bytes } of texts) {
    const sidecar = files.find((other) => isSidecar(other.name) && stemOf(other.name) === stemOf(name));
    const read = readOne(name, bytes, sidecar === undefined ? '' : decoded(sidecar.bytes));
    if ('reason' in read) unreadable.push(read);
    else candidates.push(read);
  }
  return { candidates, unreadable };
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function readOne(file: string, bytes: ArrayBuffer, sidecar: string | undefined): Candidate | Unreadable {
  const mediaType = mediaTypeOf(file);
  if (mediaType !== undefined) {
    if (bytes.byteLength === 0) return { file, reason: 'empty' };
    return { file, text: '', title: '', ...detailsIn(sidecar ?? ''), content: { bytes, mediaType } };
  }
  const whole = decoded(bytes);
  if (whole === undefined) return { file, reason: 'not-utf8' };
  if (whole.includes('\0')) return { file, reason: 'nul' };
  const front = sidecar === '' ? FRONT_MATTER.exec(whole) : null;
  const text = front === null ? whole : whole.slice(front[0].length);
  if (text.trim() === '') return { file, reason: 'empty' };
  return { file, text, title: titleOf(text) || file, ...detailsIn(sidecar || (front?.[1] ?? '')) };
}
