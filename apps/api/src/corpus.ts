import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportDocument } from '@casebook/contracts';
import { readDocumentAt } from '@casebook/exchange';
import { OPERATOR } from '@casebook/incident';
import { newId } from '@casebook/ledger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Resources } from './app.module.js';
import { importArchive } from './ledger-import.js';
import { commandMembers, FIRST_ADMIN, FIRST_WORKSPACE, issueTokenFor } from './workspaces.js';

/** The content of a first start: sample documents, and a tour that shows what can be made of them. */

const MISSING = 'No corpus directory found, so no sample documents were imported.';

/** In `corpus/`: the tour's ledger, an ordinary export made by `npm run tour`. */
export const TOUR_LEDGER = 'tour/ledger.jsonl';

/** A folder of the project that holds `file`: beside the sources, and beside the compiled program. */
export async function besideSources(name: string, file: string): Promise<string | undefined> {
  for (
    let folder = resolve(fileURLToPath(import.meta.url), '..');
    folder !== resolve(folder, '..');
    folder = resolve(folder, '..')
  ) {
    const candidate = join(folder, name);
    if (
      await readdir(candidate).then(
        (names) => names.includes(file),
        () => false,
      )
    )
      return candidate;
  }
  return undefined;
}

const corpusDirectory = (): Promise<string | undefined> => besideSources('corpus', 'README.md');

/** Every document of `directory` (`*.txt`, each with its sidecar), in the order of their names. */
export async function readDocuments(directory: string): Promise<ImportDocument[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(names.map((name) => readDocumentAt(join(directory, name), readFile)));
}

/** Imports the corpus through the API, like any client. */
export async function importCorpus(app: NestFastifyApplication, token: string): Promise<string> {
  const directory = await corpusDirectory();
  if (directory === undefined) return MISSING;
  const documents = await readDocuments(directory);
  for (const document of documents) {
    const answer = await app.inject({
      method: 'POST',
      url: `/v1/workspaces/${FIRST_WORKSPACE}/documents`,
      headers: { authorization: `Bearer ${token}` },
      payload: document,
    });
    if (answer.statusCode >= 300)
      throw new Error(`the sample document ${document.title} was refused: ${answer.body}`);
  }
  return `Imported ${documents.length} sample documents from corpus/.`;
}

export interface Tour {
  readonly workspaceId: string;
  /** The path of the first console page of the tour. */
  readonly firstPage: string;
  readonly sentence: string;
}

/**
 * Imports the tour like `npx casebook import-ledger`, with its own times and proofs, then adds the first admin like
 * `npx casebook token`: a new member of that workspace with the same token. All tokens in the file are invalid.
 * Returns `undefined` if there is no such file, or already a workspace of that name.
 */
export async function openTour(resources: Resources, token: string): Promise<Tour | undefined> {
  const directory = await corpusDirectory();
  if (directory === undefined) return undefined;
  const text = await readFile(join(directory, TOUR_LEDGER), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.trimEnd().split('\n');
  const [first = '{}'] = lines;
  const { workspace = '' } = JSON.parse(first) as { readonly workspace?: string };
  if ((await resources.ledger.head(workspace)) !== null) return undefined;

  const { workspaceId, size } = await importArchive(resources, async function* () {
    yield* lines;
  });
  await commandMembers(resources.ledger, { workspaceId, actorId: OPERATOR, correlationId: newId() }, [
    { type: 'AddMember', member: { ...FIRST_ADMIN, role: 'admin' } },
  ]);
  await issueTokenFor(resources.ledger, {
    workspaceId,
    memberId: FIRST_ADMIN.id,
    label: 'first token',
    token,
  });
  const incident = /"stream":"incident:([^"]+)"/.exec(text)?.[1];
  return {
    workspaceId,
    firstPage: incident === undefined ? '/' : `/incidents/${incident}`,
    sentence: `Imported the workspace ${workspaceId} with its ${size} changes from corpus/${TOUR_LEDGER}.`,
  };
}
