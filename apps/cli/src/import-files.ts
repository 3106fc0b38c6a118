import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ImportDocument, tlpRank, type WriteAnswer } from '@casebook/contracts';
import { isDescription, readDocumentAt, sidecarsOf, UnreadableDocument } from '@casebook/exchange';
import { progressBar } from './progress.js';

export interface ImportOptions {
  readonly url: string;
  readonly workspace: string;
  readonly token: string | undefined;
}

/** Documents sent at a time: the service commits those that arrive together in one batch. */
const AT_ONCE = 8;

interface Result {
  readonly file: string;
  readonly line: string;
  /** `lax`: the text is known, and the stricter marking sent for it was not recorded. */
  readonly status: 'new' | 'known' | 'lax' | 'refused';
}

async function importOne(file: string, { url, workspace, token }: ImportOptions): Promise<Result> {
  try {
    const document = await readDocumentAt(file, readFile);
    const answer = await fetch(new URL(`/v1/workspaces/${workspace}/documents`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(document),
    });
    const body = (await answer.json()) as WriteAnswer & { detail?: string; title?: string };
    if (!answer.ok)
      return { file, status: 'refused', line: `${answer.status} ${body.detail ?? body.title ?? ''}` };
    return answer.status === 201 ? { file, status: 'new', line: body.id } : known(file, document, body);
  } catch (error) {
    if (error instanceof UnreadableDocument) return { file, status: 'refused', line: error.message };
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) return { file, status: 'refused', line: (error as Error).message };
    throw new Error(`cannot reach the service at ${url}; is it running? (npm start)`, { cause: error });
  }
}

/** A known text: its recorded details stay, so the differences are listed. */
function known(file: string, document: ImportDocument, { id, differs }: WriteAnswer): Result {
  if (differs === undefined) {
    const line = `${id}  is marked above your clearance: the details sent were not compared with those recorded`;
    return { file, status: document.tlp === undefined ? 'known' : 'lax', line };
  }
  const sent: Partial<Record<string, string>> = document;
  const words = Object.entries(differs).map(
    ([field, recorded]) =>
      `${field} is ${recorded === null ? 'not recorded' : `recorded as ${recorded}`}, not as ${sent[field]}`,
  );
  const recorded = differs['tlp'] as ImportDocument['tlp'] | null;
  const isLax = recorded !== undefined && tlpRank(document.tlp) > tlpRank(recorded);
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
  tell(files, results);
}

function tell(files: readonly string[], results: readonly Result[]): void {
  const byFile = new Map(results.map((result) => [result.file, result]));
  for (const file of files) {
    const result = byFile.get(file);
    if (result === undefined) continue;
    const isWell = result.status === 'new' || result.status === 'known';
    (isWell ? process.stdout : process.stderr).write(
      `${(result.status === 'lax' ? 'known' : result.status).padEnd(7)} ${file}  ${result.line}\n`,
    );
  }
  const count = (...wanted: Result['status'][]): number =>
    results.filter(({ status }) => wanted.includes(status)).length;
  process.stdout.write(
    `${count('new')} imported, ${count('known', 'lax')} known already, ${count('refused')} refused\n`,
  );
  if (count('lax') > 0) {
    process.stderr.write(
      `${count('lax')} known with a wider marking than was sent, and still readable so: correct it (PATCH …/documents/{id}, "tlp")\n`,
    );
  }
  if (count('refused', 'lax') > 0) process.exitCode = 1;
}
