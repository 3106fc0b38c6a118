import { type FoldableEvent, type StreamChange, type StreamFold, ViewRejected } from '@casebook/ledger';
import { LRUCache } from 'lru-cache';
import { type Database, pageOfStream } from '../reading/event-pages.js';

/** How a view folds the streams that it is projected from. */
export type FoldOf = (streamId: string) => StreamFold<unknown>;

export interface Folded {
  readonly version: number;
  readonly weight: number;
  readonly state: unknown;
  /** What it was before the page: another view that folds its streams alike may be a page behind. */
  readonly earlier?: Folded | undefined;
}

export interface FoldedPage {
  readonly changes: StreamChange[];
  /** To be called once the page has taken effect: what was folded is remembered for the next one. */
  readonly keep: () => void;
}

const READ_PAGE = 2000;

/** Events that are folded and projected at once: while that is done, the process does nothing else, and answers nobody. */
export const FOLDED_AT_ONCE = 100;

/**
 * Brings pages of the ledger into the form that views are projected from: each stream's state before and after. Remembers the streams
 * that it met last; one that it does not know is folded from its first event.
 */
export class StreamFolder {
  private readonly known: LRUCache<string, Folded>;

  /** @param maxWeight how much is remembered, in events of average size. Where streams that are worked on at the same time weigh more, pages fold them anew. */
  constructor(
    private readonly database: Database,
    maxWeight = 50_000,
  ) {
    // See StreamStates of the ledger: a huge stream counts less than it weighs, or it would be folded anew for every page.
    const mostOfOne = Math.ceil(maxWeight / 16);
    this.known = new LRUCache({
      maxSize: maxWeight,
      sizeCalculation: ({ weight }) => Math.min(Math.max(1, Math.ceil(weight)), mostOfOne),
    });
  }

  /**
   * @param events the next ones of a workspace, in its order and without a gap.
   * @param epoch the workspace's: nothing is remembered from another one.
   * @param folded what was folded of the same page before, where it is folded in parts; what is folded here is added.
   * @throws ViewRejected where a fold does not take an event.
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

/** @throws ViewRejected where the stream is of no kind that the program knows. */
export function foldFor(foldOf: FoldOf, streamId: string): StreamFold<unknown> {
  try {
    return foldOf(streamId);
  } catch (cause) {
    throw new ViewRejected(cause);
  }
}

/** The events of each stream, in their order; streams in the order of their first event. */
export function byStream<E extends { readonly streamId: string }>(events: readonly E[]): Map<string, E[]> {
  const groups = new Map<string, E[]>();
  for (const event of events) {
    const group = groups.get(event.streamId);
    if (group === undefined) groups.set(event.streamId, [event]);
    else group.push(event);
  }
  return groups;
}
