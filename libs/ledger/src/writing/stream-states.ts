import { LRUCache } from 'lru-cache';
import type { RecordedEvent, StreamFold } from '../ledger-types.js';

/**
 * A stream as far as this process has folded it. Never changed, only replaced, so a failed batch leaves no
 * trace.
 */
export interface StreamState {
  readonly version: number;
  /** The ledger's size at which this state was last known to be complete. */
  readonly checkedAt: number;
  readonly folds: readonly FoldState[];
}

export interface FoldState {
  readonly fold: StreamFold<unknown>;
  readonly state: unknown;
}

/** A positive integer. */
function weightOf({ version, folds }: StreamState): number {
  return folds.reduce((sum, { fold, state }) => sum + Math.ceil(fold.weight?.(state) ?? version), 1);
}

/**
 * A stream whose fold rejects its stored events: only the commands that need it fail, with the fold's error.
 */
export class Unfoldable {
  constructor(readonly error: unknown) {}
}

/** The folds of a stream in the state before its first event. */
export function unborn(folds: Iterable<StreamFold<unknown>>): StreamState {
  return { version: 0, checkedAt: 0, folds: [...folds].map((fold) => ({ fold, state: fold.initial })) };
}

/** The stream with its next events folded in. They must follow its version without a gap. */
export function advance(stream: StreamState, events: readonly RecordedEvent[]): StreamState {
  const last = events.at(-1);
  if (!last) return stream;
  if (events[0]!.streamVersion !== stream.version + 1) {
    throw new Error(
      `Stream ${last.streamId} is known up to version ${stream.version}, and version ${events[0]!.streamVersion} does not follow`,
    );
  }
  return {
    version: last.streamVersion,
    checkedAt: stream.checkedAt,
    folds: stream.folds.map(({ fold, state }) => ({
      fold,
      state: events.reduce((before, event) => fold.evolve(before, event), state),
    })),
  };
}

/** `undefined` if this fold was not applied to the stream. */
export function foldOf(stream: StreamState, name: string): FoldState | undefined {
  return stream.folds.find(({ fold }) => fold.name === name);
}

/** A cache of the streams of all workspaces, bounded by the weight of their states. */
export class StreamStates {
  private readonly cache: LRUCache<string, StreamState>;

  /** @param maxWeight the limit over all streams kept, in events of average size. */
  constructor(maxWeight: number) {
    // Count at most an eighth for one stream, so that eight are kept however large they are: a stream that is
    // not kept is refolded for every batch.
    const mostOfOne = Math.ceil(maxWeight / 8);
    this.cache = new LRUCache({
      maxSize: maxWeight,
      sizeCalculation: (stream) => Math.min(weightOf(stream), mostOfOne),
    });
  }

  /** The epoch is part of the key, so states folded before it changed are not found. */
  get(workspaceId: string, epoch: number, streamId: string): StreamState | undefined {
    return this.cache.get(`${workspaceId}\0${epoch}\0${streamId}`);
  }

  has(workspaceId: string, epoch: number, streamId: string): boolean {
    return this.cache.has(`${workspaceId}\0${epoch}\0${streamId}`);
  }

  set(workspaceId: string, epoch: number, streamId: string, stream: StreamState): void {
    this.cache.set(`${workspaceId}\0${epoch}\0${streamId}`, stream);
  }

  delete(workspaceId: string, epoch: number, streamId: string): void {
    this.cache.delete(`${workspaceId}\0${epoch}\0${streamId}`);
  }
}
