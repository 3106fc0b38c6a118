import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type DocumentDetails, tlpRank, type WriteAnswer } from '@casebook/contracts';
import {
  DOCUMENT_MEDIA_TYPES,
  type DescribedFile,
  detailsInSidecar,
  extensionOf,
  isDescription,
  isDocumentMediaType,
  markdownDetails,
  mediaTypeOfFile,
  overlaid,
  readDescribedFile,
  readDocumentFile,
  sidecarsOf,
  UnreadableDocument,
} from '@casebook/exchange';
import { readGiven, sentenceOf, unreachable } from './failures.js';
import { progressBar } from './progress.js';

export interface ImportOptions {
  readonly url: string;
  readonly workspace: string;
  readonly token: string | undefined;
  /** What the files are, by media type or extension, where their names do not say it. */
  readonly type?: string;
  readonly json?: boolean;
}

/** Documents sent at a time: the service commits those that arrive together in one batch. */
const AT_ONCE = 8;

interface Result {
  readonly file: string;
  readonly line: string;
  /** `lax`: the text is known, and the stricter marking sent for it was not recorded. */
  readonly status: 'new' | 'known' | 'lax' | 'refused';
  /** Of the document. */
  readonly id?: string;
}

/** A document as it is sent: a text of ours as JSON, any other file as it is. */
interface Sent {
  readonly query: string;
  readonly mediaType: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly details: Partial<DocumentDetails>;
}

function sentOf({ name, bytes, sidecar }: DescribedFile, type: string | undefined): Sent {
  const mediaType = type === undefined ? (mediaTypeOfFile(name) ?? 'text/plain') : mediaTypeNamed(type);
  if (mediaType === 'text/plain') {
    const { text, ...details } = readDocumentFile(name, bytes, sidecar);
    return { query: '', mediaType: 'application/json', body: JSON.stringify({ ...details, text }), details };
  }
  const details = sidecar === undefined ? {} : detailsInSidecar(name, sidecar);
  const query = new URLSearchParams({ ...details, ...(name !== '-' && { fileName: name }) });
  return {
    query: `?${query.toString()}`,
    mediaType,
    body: new Uint8Array(bytes),
    // The service reads the front matter itself; here it tells whether a known text is recorded with a wider marking.
    details: mediaType === 'text/markdown' ? overlaid(markdownDetails(name, bytes), details) : details,
  };
}

function mediaTypeNamed(type: string): string {
  const known = isDocumentMediaType(type) ? type : mediaTypeOfFile(`.${type}`);
  if (known !== undefined) return known;
  const names = DOCUMENT_MEDIA_TYPES.map((each) => extensionOf(each).slice(1)).join(', ');
  throw new UnreadableDocument(
    `--type ${type} is no format that documents are read from: ${names}, or a media type`,
  );
}

async function importOne(file: string, { url, workspace, token, type }: ImportOptions): Promise<Result> {
  try {
    if (file === '-' && type === undefined)
      throw new UnreadableDocument(
        'standard input has no name that says what it is: give --type, such as --type html',
      );
    const { query, mediaType, body, details } = sentOf(
      file === '-'
        ? { name: '-', bytes: await buffer(process.stdin) }
        : await readDescribedFile(file, readGiven),
      type,
    );
    const answer = await fetch(new URL(`/v1/workspaces/${workspace}/documents${query}`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': mediaType },
      body,
    });
    const told = (await answer.json()) as WriteAnswer & { detail?: string; title?: string };
    if (!answer.ok)
      return { file, status: 'refused', line: `${answer.status} ${told.detail ?? told.title ?? ''}` };
    const { id } = told;
    return answer.status === 201
      ? { file, status: 'new', line: id, id }
      : { ...known(file, details, told), id };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { file, status: 'refused', line: error.message };
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) return { file, status: 'refused', line: sentenceOf(error) };
    return unreachable(url)(error);
  }
}

/** A known text: its recorded details stay, so the differences are listed. */
function known(file: string, sent: Partial<DocumentDetails>, { id, differs }: WriteAnswer): Result {
  if (differs === undefined) {
    const line = `${id}  is marked above your clearance: the details sent were not compared with those recorded`;
    return { file, status: sent.tlp === undefined ? 'known' : 'lax', line };
  }
  const given: Partial<Record<string, string>> = sent;
  const words = Object.entries(differs).map(
    ([field, recorded]) =>
      `${field} is ${recorded === null ? 'not recorded' : `recorded as ${recorded}`}, not as ${given[field] ?? 'the file has it'}`,
  );
  const recorded = differs['tlp'] as DocumentDetails['tlp'] | null;
  const isLax = recorded !== undefined && tlpRank(sent.tlp) > tlpRank(recorded);
  return { file, status: isLax ? 'lax' : 'known', line: [id, ...words].join('; ') };
}

/** The files that are documents; their sidecars are read with them. */
function documentsAmong(files: readonly string[]): readonly string[] {
  const read = new Set(
    files
      .filter((file) => !isDescription(file))
      .flatMap(sidecarsOf)
      .map((path) => resolve(path)),
  );
  return files.filter((file) => !(isDescription(file) && read.has(resolve(file))));
}

/** Imports files through the API; one that is refused does not stop the others. Exit code 1 if any was, or a stricter marking was not recorded. */
export async function importFiles(given: readonly string[], options: ImportOptions): Promise<void> {
  if (options.token === undefined)
    throw new Error('needs a token: --token, or CASEBOOK_TOKEN in the environment');
  const files = documentsAmong(given);
  const results: Result[] = [];
  const bar = files.length > 10 ? progressBar('importing', 'files') : undefined;
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      results.push(await importOne(file, options));
      bar?.update(results.length, files.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    bar?.stop();
  }
  tell(files, results, options.json === true);
}

function tell(files: readonly string[], results: readonly Result[], asJson: boolean): void {
  const byFile = new Map(results.map((result) => [result.file, result]));
  for (const file of files) {
    const result = byFile.get(file);
    if (result === undefined) continue;
    if (asJson) {
      const { status, line, id } = result;
      const why = line === id ? {} : { detail: line };
      process.stdout.write(
        `${JSON.stringify({ file, status: status === 'lax' ? 'known' : status, id, ...why })}\n`,
      );
      continue;
    }
    const isWell = result.status === 'new' || result.status === 'known';
    (isWell ? process.stdout : process.stderr).write(
      `${(result.status === 'lax' ? 'known' : result.status).padEnd(7)} ${file}  ${result.line}\n`,
    );
  }
  const count = (...wanted: Result['status'][]): number =>
    results.filter(({ status }) => wanted.includes(status)).length;
  (asJson ? process.stderr : process.stdout).write(
    `${count('new')} imported, ${count('known', 'lax')} known already, ${count('refused')} refused\n`,
  );
  if (count('lax') > 0) {
    process.stderr.write(
      `${count('lax')} known with a wider marking than was sent, and still readable so: correct it (PATCH …/documents/{id}, "tlp")\n`,
    );
  }
  if (count('refused', 'lax') > 0) process.exitCode = 1;
}
