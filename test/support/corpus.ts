import { readFileSync } from 'node:fs';
import { readDocuments } from '../../apps/api/src/index.js';
import type { Client } from './service.js';

const CORPUS = new URL('../../corpus/', import.meta.url);

/* What an analyst would record of the corpus, as corpus/README.md describes the file. Keys are the file's own. */

export interface CorpusClaim {
  key: string;
  incident: string;
  document: string;
  exact: string;
  prefix?: string;
  suffix?: string;
  statement: string;
  asserters: { name: string; kind: string }[];
  quotation: string;
  modality: string;
  tags: string[];
  figure?: { counts: string; min: number | null; max: number | null; asPrinted: string };
}
interface Evidenced {
  key: string;
  incident: string;
  evidence: string[];
}
export interface CorpusWarning extends Evidenced {
  summary: string;
  issuedBy: string;
  issuedTo: string[];
  issuedAt: { edtf: string; asPrinted: string };
  channel: string;
  specificity: Record<'when' | 'where' | 'who' | 'how', string>;
  disclosed: string;
}
export interface CorpusAttack extends Evidenced {
  summary: string;
  occurredAt: { edtf: string; asPrinted: string };
  place: { name: string; latitude: number; longitude: number };
  claimedBy: string[];
}
export interface CorpusLink extends Evidenced {
  warning: string;
  attack: string;
  relation: string;
  assessment: string;
  confidence: string;
  grounds: string;
}
export interface CorpusDispute {
  key: string;
  incident: string;
  question: string;
  targets: string[];
  positions: { statement: string; heldBy: string; evidence: string[] }[];
  grounds: string;
}
export interface CorpusAnnotations {
  incidents: { key: string; title: string; summary: string; documents: string[] }[];
  claims: CorpusClaim[];
  warnings: CorpusWarning[];
  attacks: CorpusAttack[];
  links: CorpusLink[];
  disputes: CorpusDispute[];
}

export const corpusAnnotations = (): CorpusAnnotations =>
  JSON.parse(readFileSync(new URL('annotations.json', CORPUS), 'utf8')) as CorpusAnnotations;

/** The corpus' text files by name. */
export const corpusText = (name: string): string => readFileSync(new URL(name, CORPUS), 'utf8');

export const corpusDocuments = () => readDocuments(CORPUS.pathname);

/** The ids that the service gave to the keys of a file, whatever they are of. */
export class Ids {
  private readonly byKey = new Map<string, string>();
  set(key: string, id: string): void {
    if (this.byKey.has(key)) throw new Error(`${key} was entered twice`);
    this.byKey.set(key, id);
  }
  of = (key: string): string => {
    const id = this.byKey.get(key);
    if (id === undefined) throw new Error(`${key} was not entered`);
    return id;
  };
}

/** How each record of the file is written as a request: keys become ids, what the API has no list for is joined. */
export const requestOf = (ids: Ids) => ({
  claim: ({ document, exact, prefix, suffix, key: _key, incident: _incident, ...fields }: CorpusClaim) => ({
    anchor: {
      documentId: ids.of(document),
      exact,
      ...(prefix !== undefined && { prefix }),
      ...(suffix !== undefined && { suffix }),
    },
    ...fields,
  }),
  warning: ({ key: _key, incident: _incident, evidence, ...fields }: CorpusWarning) => ({
    ...fields,
    evidence: evidence.map(ids.of),
  }),
  attack: ({ key: _key, incident: _incident, evidence, claimedBy, ...fields }: CorpusAttack) => ({
    ...fields,
    ...(claimedBy.length > 0 && { claimedBy: claimedBy.join('; ') }),
    evidence: evidence.map(ids.of),
  }),
  link: ({ key: _key, incident: _incident, warning, attack, evidence, ...fields }: CorpusLink) => ({
    warningId: ids.of(warning),
    attackId: ids.of(attack),
    ...fields,
    evidence: evidence.map(ids.of),
  }),
  dispute: ({ key: _key, incident: _incident, targets, positions, ...fields }: CorpusDispute) => ({
    ...fields,
    targets: targets.map(ids.of),
    positions: positions.map((position) => ({ ...position, evidence: position.evidence.map(ids.of) })),
  }),
});

/** Records one annotation, or throws with the answer. */
export async function enter(
  client: Client,
  path: string,
  body: unknown,
): Promise<{ id: string; position: number }> {
  const answer = await client.post(path, body);
  if (answer.status !== 201)
    throw new Error(`${path}: ${answer.status} ${answer.text}\n${JSON.stringify(body)}`);
  return answer.body as { id: string; position: number };
}

/** Does `work` for each item, in order for each worker, all workers at the same time: item i is worker i mod n's. */
export async function shareOut<W, T>(
  workers: readonly W[],
  items: readonly T[],
  work: (worker: W, item: T) => Promise<void>,
): Promise<void> {
  await Promise.all(
    workers.map(async (worker, mine) => {
      for (const [index, item] of items.entries()) {
        if (index % workers.length === mine) await work(worker, item);
      }
    }),
  );
}
