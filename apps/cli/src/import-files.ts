import { readFile } from 'node:fs/promises';
import { readDocumentAt, UnreadableDocument } from '@casebook/exchange';
import { progressBar } from './progress.js';

export interface ImportOptions {
  readonly url: string;
  readonly workspace: string;
  readonly token: string | undefined;
}

/** Documents are sent so many at a time: the service commits what arrives together in one batch. */
const AT_ONCE = 8;

type Result = { readonly file: string; readonly line: string; readonly status: 'new' | 'known' | 'refused' };

async function importOne(file: string, { url, workspace, token }: ImportOptions): Promise<Result> {
  try {
    const document = await readDocumentAt(file, readFile);
    const answer = await fetch(new URL(`/v1/workspaces/${workspace}/documents`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(document),
    });
    const body = (await answer.json()) as { id?: string; detail?: string; title?: string };
    if (!answer.ok)
      return { file, status: 'refused', line: `${answer.status} ${body.detail ?? body.title ?? ''}` };
    return { file, status: answer.status === 201 ? 'new' : 'known', line: body.id ?? '' };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { file, status: 'refused', line: error.message };
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) return { file, status: 'refused', line: (error as Error).message };
    throw new Error(`cannot reach the service at ${url}; is it running? (npm start)`, { cause: error });
  }
}

/** Imports files through the API; a file that is refused does not stop the others. Exit code 1 if any was. */
export async function importFiles(files: readonly string[], options: ImportOptions): Promise<void> {
  if (options.token === undefined)
    throw new Error('needs a token: --token, or CASEBOOK_TOKEN in the environment');
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
  const byFile = new Map(results.map((result) => [result.file, result]));
  for (const file of files) {
    const result = byFile.get(file);
    if (result === undefined) continue;
    (result.status === 'refused' ? process.stderr : process.stdout).write(
      `${result.status.padEnd(7)} ${file}  ${result.line}\n`,
    );
  }
  const count = (status: Result['status']): number => results.filter((each) => each.status === status).length;
  process.stdout.write(
    `${count('new')} imported, ${count('known')} known already, ${count('refused')} refused\n`,
  );
  if (count('refused') > 0) process.exitCode = 1;
}
