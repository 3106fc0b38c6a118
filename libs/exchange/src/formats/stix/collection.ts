import type { AnnotationView } from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import type { ExportOptions } from '../format.js';
import { listOf } from '../json.js';
import { objectsOf, survey, type Survey } from './bundle.js';
import { reportIdOf } from './properties.js';
import { stixObject, type StixObject } from './write.js';

/* An incident as a collection of TAXII 2.1: its objects in the order in which they were added. */

/** One object of a collection, without its content. */
export interface Entry {
  readonly id: string;
  readonly type: string;
  readonly specVersion: string;
  /** `modified` of the object. */
  readonly version: string;
  /** The position of the ledger that last changed it, and its place among entries of that position. */
  position: number;
  readonly slot: number;
  /** When it was added: microseconds since 1970, unique per entry. */
  added: number;
  /** For entries that are not annotations. */
  readonly object?: StixObject;
}

export interface Collection {
  /** In the order in which they were added. */
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<string, Entry>;
  /** The objects of these entries, in order. */
  objects(this: void, source: IncidentSource, entries: readonly Entry[]): AsyncGenerator<StixObject>;
}

/** By position, and by slot and id within one. */
export const inOrder = (
  a: Pick<Entry, 'position' | 'slot' | 'id'>,
  b: Pick<Entry, 'position' | 'slot' | 'id'>,
): number => a.position - b.position || a.slot - b.slot || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Maximum microseconds for the entries of one position. */
const SLOTS = 8;

/**
 * The list of an incident's objects, without the annotations' content. `added` is derived from the position of the
 * ledger: the time of recording, and the place among the incident's events of the same millisecond. So it never
 * decreases, and no two are equal.
 */
export async function collectionOf(source: IncidentSource, options: ExportOptions): Promise<Collection> {
  const surveyed = await survey(source, options);
  const times = await timesOf(source);
  const entries = await entriesOf(source, options, surveyed, times);
  entries.sort(inOrder);
  let last = 0;
  for (const entry of entries) {
    const time = times.added.get(entry.position) ?? times.last;
    last = Math.max(last + 1, time + entry.slot);
    entry.added = last;
  }
  return {
    entries,
    byId: new Map(entries.map((entry) => [entry.id, entry])),
    objects: (from, wanted) => contentOf(from, wanted, surveyed),
  };
}

interface Times {
  /** Microseconds by position. */
  readonly added: ReadonlyMap<number, number>;
  /** The position at which each document was attached. */
  readonly attached: ReadonlyMap<string, number>;
  readonly last: number;
}

async function timesOf(source: IncidentSource): Promise<Times> {
  const added = new Map<number, number>();
  const attached = new Map<string, number>();
  let first = { time: 0, position: 0 };
  for await (const { position, at, type, subject } of source.events()) {
    const time = Date.parse(at) * 1000;
    if (time !== first.time) first = { time, position };
    added.set(position, time + (position - first.position) * SLOTS);
    if (type === 'DocumentAttached') attached.set(subject, position);
  }
  for (const { revisedAt, revisedPosition } of source.documents)
    if (!added.has(revisedPosition)) added.set(revisedPosition, Date.parse(revisedAt) * 1000);
  return { added, attached, last: first.time };
}

async function entriesOf(
  source: IncidentSource,
  options: ExportOptions,
  surveyed: Survey,
  { attached }: Times,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  const shared = new Map<string, Entry>();
  const changed = new Map(
    source.documents.map(({ id, revisedPosition }) => {
      const claimed = surveyed.claims.get(id)?.position ?? 0;
      return [reportIdOf(id), Math.max(revisedPosition, attached.get(id) ?? 0, claimed)];
    }),
  );
  for await (const { object, position, of } of objectsOf(source, options, surveyed)) {
    if (of === 'shared') {
      shared.set(object.id, { ...entryOf(object, Number.MAX_SAFE_INTEGER, 0), object });
      continue;
    }
    const entry = entryOf(object, changed.get(object.id) ?? position, SLOT[of]);
    entries.push(of === 'annotation' ? entry : { ...entry, object });
    // A referenced object exists as soon as the first object that refers to it.
    for (const id of [object['created_by_ref'], ...listOf(object['object_marking_refs'])]) {
      const known = shared.get(id as string);
      if (known !== undefined) known.position = Math.min(known.position, entry.position);
    }
  }
  const first = entries.reduce((least, { position }) => Math.min(least, position), Number.MAX_SAFE_INTEGER);
  for (const entry of shared.values()) if (entry.position === Number.MAX_SAFE_INTEGER) entry.position = first;
  return [...shared.values(), ...entries];
}

/** The order within one position: referenced objects first. */
const SLOT = { annotation: 1, document: 2, incident: 3 } as const;

const entryOf = (object: StixObject, position: number, slot: number): Entry => ({
  id: object.id,
  type: object.type,
  specVersion: (object['spec_version'] as string | undefined) ?? '2.0',
  version: (object['modified'] ?? object['created'] ?? '') as string,
  position,
  slot,
  added: 0,
});

async function* contentOf(
  source: IncidentSource,
  entries: readonly Entry[],
  { context }: Survey,
): AsyncGenerator<StixObject> {
  const positions = entries.filter(({ object }) => object === undefined).map(({ position }) => position);
  const views = source.at(positions);
  for (const { object } of entries) {
    if (object !== undefined) yield object;
    else yield stixObject((await views.next()).value as AnnotationView, context).object;
  }
}
