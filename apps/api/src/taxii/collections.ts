import { type TaxiiQuery, TAXII_PAGE } from '@casebook/contracts';
import { type Collection, collectionOf, type Entry, inOrder } from '@casebook/exchange';
import { type IncidentSource, IncidentSources } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem.js';
import { unknownIncident } from '../access/visibility.js';

/** Maximum collection lists in memory: a client pages through one after the other. */
const MOST_KNOWN = 2;
/** Maximum characters of the objects in one answer, as JSON. */
const PAGE_LENGTH = 4 * 1024 * 1024;

/** A page of a collection. */
export interface CollectionPage {
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** The incidents as TAXII collections. */
@Injectable()
export class Collections {
  private readonly known = new Map<string, Promise<Collection>>();

  constructor(@Inject(IncidentSources) private readonly sources: IncidentSources) {}

  /** @throws ProblemError incident-unknown */
  async open(
    workspace: string,
    incidentId: string,
    base: string,
  ): Promise<{ readonly source: IncidentSource; readonly collection: Collection }> {
    const source = await this.sources.open(workspace, incidentId, Number.MAX_SAFE_INTEGER);
    if (source === null) throw unknownIncident();
    const key = JSON.stringify([workspace, incidentId, source.version, base]);
    let collection = this.known.get(key);
    if (collection === undefined) {
      collection = collectionOf(source, { base });
      this.known.set(key, collection);
      for (const each of [...this.known.keys()].slice(0, -MOST_KNOWN)) this.known.delete(each);
      // A failed read is not cached for the next reader.
      collection.catch(() => this.known.delete(key));
    }
    return { source, collection: await collection };
  }
}

/** The requested entries, in the order in which they were added. */
export function pageOf(entries: readonly Entry[], query: TaxiiQuery): CollectionPage {
  const { added_after: after = -1, next, limit = TAXII_PAGE } = query;
  const behind = next === undefined ? undefined : cursorOf(next);
  const most = Math.min(limit, TAXII_PAGE);
  const found: Entry[] = [];
  for (let at = firstBehind(entries, after); at < entries.length; at += 1) {
    const entry = entries[at]!;
    if (behind !== undefined && inOrder(entry, behind) <= 0) continue;
    if (!matches(entry, query)) continue;
    if (found.length === most) return { entries: found, more: true };
    found.push(entry);
  }
  return { entries: found, more: false };
}

/** The index of the first entry added after this time. */
function firstBehind(entries: readonly Entry[], after: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.added <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

const matches = (entry: Entry, query: TaxiiQuery): boolean =>
  (query['match[id]']?.includes(entry.id) ?? true) &&
  (query['match[type]']?.includes(entry.type) ?? true) &&
  (query['match[spec_version]']?.includes(entry.specVersion) ?? true) &&
  (query['match[version]']?.some(
    (word) => ['first', 'last', 'all', entry.version].includes(word) || isSameTime(word, entry.version),
  ) ??
    true);

const isSameTime = (a: string, b: string): boolean => Date.parse(a) === Date.parse(b);

/** The `next` of an answer: where it ended. */
export const nextOf = ({ position, slot, id }: Entry): string => `${position}.${slot}.${id}`;
function cursorOf(next: string): Pick<Entry, 'position' | 'slot' | 'id'> {
  const [position, slot, id] = next.split('.', 3);
  return { position: Number(position), slot: Number(slot), id: id ?? '' };
}

/** The objects of a page as JSON: as many as fit into one answer, but at least one. */
export async function contentOf(
  collection: Collection,
  source: IncidentSource,
  { entries, more }: CollectionPage,
): Promise<CollectionPage & { readonly objects: readonly string[] }> {
  const objects: string[] = [];
  let length = 0;
  for await (const object of collection.objects(source, entries)) {
    const text = JSON.stringify(object);
    length += text.length;
    if (length > PAGE_LENGTH && objects.length > 0)
      return { objects, entries: entries.slice(0, objects.length), more: true };
    objects.push(text);
  }
  return { objects, entries, more };
}

/** The object of a collection. @throws ProblemError not-found */
export function entryIn({ byId }: Collection, id: string): Entry {
  const entry = byId.get(id);
  if (entry === undefined)
    throw new ProblemError(
      'not-found',
      'The collection has no object with this id; its manifest lists its objects.',
    );
  return entry;
}
