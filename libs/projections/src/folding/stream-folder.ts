import { type FoldableEvent, type StreamChange, type StreamFold, ViewRejected } from '@casebook/ledger';
import { LRUCache } from 'lru-cache';
import { type Database, pageOfStream } from '../reading/event-pages.js';

/** Returns the fold of a stream for a view. */
export type FoldOf = (streamId: string) => StreamFold<unknown>;

export interface Folded {
  readonly version: number;
  readonly weight: number;
  readonly state: unknown;
  /** The state before the page, for another view with the same fold that is a page behind. */
  readonly earlier?: Folded | undefined;
}

export interface FoldedPage {
  readonly changes: StreamChange[];
  /** Call it once the page has taken effect: its states are kept for the next page. */
  readonly keep: () => void;
}

const READ_PAGE = 2000;

/** Most events folded and projected in one go, which blocks the event loop meanwhile. */
export const FOLDED_AT_ONCE = 100;
/** Most characters of text in such a part, unless a single event has more. */
const UNITS_AT_ONCE = 128 * 1024;

/** The events in parts that are folded and projected in one go. */
export function inParts(events: readonly FoldableEvent[]): FoldableEvent[][] {
  const parts: FoldableEvent[][] = [];
  let part: FoldableEvent[] = [];
  let units = 0;
  for (const event of events) {
    const its = unitsIn(event.payload);
    if (part.length === FOLDED_AT_ONCE || (part.length > 0 && units + its > UNITS_AT_ONCE)) {
      parts.push(part);
      part = [];
      units = 0;
    }
    part.push(event);
    units += its;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** Characters of all texts in the value. */
function unitsIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let units = 0;
  for (const each of Object.values(value)) units += unitsIn(each);
  return units;
}

/**
 * Turns pages of the ledger into the changes that views project: each stream's state before and after. Keeps
 * the most recent streams; an unknown one is folded from its first event.
 */
export class StreamFolder {
  private readonly known: LRUCache<string, Folded>;

  /**
   * @param maxWeight the size of the cache, in events of average size. If the streams in use weigh more,
   * pages refold them.
   */
  constructor(
    private readonly database: Database,
    maxWeight = 50_000,
  ) {
    // See StreamStates of the ledger: a huge stream counts for less than its weight, or every page would
    // refold it.
    const mostOfOne = Math.ceil(maxWeight / 16);
    this.known = new LRUCache({
      maxSize: maxWeight,
      sizeCalculation: ({ weight }) => Math.min(Math.max(1, Math.ceil(weight)), mostOfOne),
    });
  }

  /**
   * @param events the workspace's next events, in order and without a gap.
   * @param epoch the workspace's epoch: states from another one are not used.
   * @param folded the result so far if a page is folded in parts; new states are added to it.
   * @throws ViewRejected if a fold rejects an event.
   */
  async fold(
    workspaceId: string,
    events: readonly FoldableEvent[],
    foldOf: FoldOf,
    epoch = 0,
    folded = new Map<string, Folded>(),
  ): Promise<FoldedPage> {
    const changes: StreamChange[] = [];
    for (const [streamId, its] of byStream(events)) {
      const fold = foldFor(foldOf, streamId);
      const key = `${fold.name}\0${epoch}\0${workspaceId}\0${streamId}`;
      const part = folded.get(key);
      const met = its[0]!.streamVersion - 1;
      const before = await this.stateAt(workspaceId, streamId, fold, part ?? this.known.get(key), met);
      const after = foldAll(fold, before, its);
      changes.push({ workspaceId, streamId, fold: fold.name, before, after, events: its });
      folded.set(key, {
        earlier: part?.earlier ?? remembered(fold, before, met),
        ...remembered(fold, after, its.at(-1)!.streamVersion),
      });
    }
    return {
      changes,
      keep: () => {
        for (const [key, each] of folded) this.known.set(key, each);
      },
    };
  }

  private async stateAt(
    workspaceId: string,
    streamId: string,
    fold: StreamFold<unknown>,
    known: Folded | undefined,
    version: number,
  ): Promise<unknown> {
    let from = known;
    while (from !== undefined && from.version > version) from = from.earlier;
    let { state, version: at } = from ?? { state: fold.initial, version: 0 };
    while (at < version) {
      const events = await pageOfStream(this.database, workspaceId, {
        streamId,
        after: at,
        upTo: version,
        limit: READ_PAGE,
      });
      const last = events.at(-1);
      if (last === undefined) throw new Error(`the stream ${streamId} ends before version ${version}`);
      state = foldAll(fold, state, events);
      at = last.streamVersion;
    }
    return state;
  }
}

const remembered = (fold: StreamFold<unknown>, state: unknown, version: number): Folded => ({
  version,
  weight: fold.weight?.(state) ?? version,
  state,
});

/** @throws ViewRejected */
export function foldAll(
  fold: StreamFold<unknown>,
  before: unknown,
  events: readonly FoldableEvent[],
): unknown {
  try {
    return events.reduce((state, event) => fold.evolve(state, event), before);
  } catch (cause) {
    throw new ViewRejected(cause);
  }
}

/** @throws ViewRejected if the program does not know the stream's kind. */
export function foldFor(foldOf: FoldOf, streamId: string): StreamFold<unknown> {
  try {
    return foldOf(streamId);
  } catch (cause) {
    throw new ViewRejected(cause);
  }
}

/** The events of each stream in order; streams in the order of their first event. */
export function byStream<E extends { readonly streamId: string }>(events: readonly E[]): Map<string, E[]> {
  const groups = new Map<string, E[]>();
  for (const event of events) {
    const group = groups.get(event.streamId);
    if (group === undefined) groups.set(event.streamId, [event]);
    else group.push(event);
  }
  return groups;
}
