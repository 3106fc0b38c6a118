import type { FoldableEvent, StreamChange } from '@casebook/ledger';
import { type Database, pagesInOrder, pagesOfStreams } from '../following/event-pages.js';
import { foldAll, foldFor, type FoldOf } from '../following/stream-folder.js';

export interface WholeStreams {
  /** Each from its first event to its last. */
  readonly changes: readonly StreamChange[];
  /** So many events of the ledger were read for the first time. */
  readonly read: number;
}

interface Open {
  readonly change: StreamChange & { after: unknown; readonly events: FoldableEvent[] };
  readonly fold: ReturnType<FoldOf>;
  /** The position of its last event. */
  readonly end: number;
  bytes: number;
}

/** What an event costs in memory beside its payload's text, by and large. */
const BYTES_AN_EVENT = 600;
/** What the streams that are folded at the same time may hold. */
const MOST_BYTES = 75 * 1024 * 1024;
/** Streams whose rest is read with one question. */
const LATE_AT_ONCE = 500;
/** Events of streams that are given at once, so that the rows of few of them are in memory. */
const GIVEN_AT_ONCE = 2000;

/**
 * Folds every stream of a workspace up to a position once, and gives each whole when it has ended, so that what a view makes of it is
 * final. The ledger is read in its order, as it lies on the disk: stream after stream, every event would be on a page of its own, and
 * reading would cost ten times as much. Streams that are worked on at the same time are folded beside each other; where that takes too
 * much memory, those that end last are left out, and are read one after the other when the ledger is through.
 *
 * @param limit events read at once, at most.
 * @param mostBytes what open streams may hold; for tests.
 * @throws ViewRejected where a fold does not take an event.
 */
export async function* wholeStreams(
  database: Database,
  workspaceId: string,
  foldOf: FoldOf,
  { upTo, limit, mostBytes = MOST_BYTES }: { upTo: number; limit: number; mostBytes?: number },
): AsyncGenerator<WholeStreams, void, void> {
  const open = new Map<string, Open>();
  const late = new Set<string>();
  let bytes = 0;

  const begin = (streamId: string, end: number): Open => {
    const fold = foldFor(foldOf, streamId);
    const { name, initial } = fold;
    const change = { workspaceId, streamId, fold: name, before: initial, after: initial, events: [] };
    return { change, fold, end, bytes: 0 };
  };
  const take = (one: Open, event: FoldableEvent): void => {
    const { change, fold } = one;
    change.events.push(event);
    change.after = foldAll(fold, change.after, [event]);
    if (change.events.length === 1) change.after = fold.own?.(change.after) ?? change.after;
  };
  const close = (one: Open): void => {
    open.delete(one.change.streamId);
    bytes -= one.bytes;
  };

  for await (const page of pagesInOrder(database, workspaceId, { upTo, limit })) {
    const ended: StreamChange[] = [];
    for (const { event, payloadBytes, streamEnd } of page) {
      const { streamId } = event;
      if (late.has(streamId)) continue;
      let one = open.get(streamId);
      if (one === undefined) open.set(streamId, (one = begin(streamId, streamEnd)));
      take(one, event);
      one.bytes += payloadBytes + BYTES_AN_EVENT;
      bytes += payloadBytes + BYTES_AN_EVENT;
      if (event.position !== one.end) continue;
      close(one);
      ended.push(one.change);
    }
    if (bytes > mostBytes) {
      for (const one of [...open.values()].sort((a, b) => b.end - a.end)) {
        close(one);
        late.add(one.change.streamId);
        if (bytes <= (mostBytes * 3) / 4) break;
      }
    }
    yield* inParts(ended, page.length);
  }
  const ids = [...late].sort();
  for (let from = 0; from < ids.length; from += LATE_AT_ONCE) {
    const streamIds = ids.slice(from, from + LATE_AT_ONCE);
    let last: Open | undefined;
    for await (const page of pagesOfStreams(database, workspaceId, { streamIds, upTo, limit })) {
      const ended: StreamChange[] = [];
      for (const event of page) {
        if (last?.change.streamId !== event.streamId) {
          if (last !== undefined) ended.push(last.change);
          last = begin(event.streamId, upTo);
        }
        take(last, event);
      }
      yield* inParts(ended, 0);
    }
    if (last !== undefined) yield { changes: [last.change], read: 0 };
  }
}

function* inParts(changes: readonly StreamChange[], read: number): Generator<WholeStreams, void, void> {
  let part: StreamChange[] = [];
  let events = 0;
  for (const change of changes) {
    part.push(change);
    events += change.events.length;
    if (events < GIVEN_AT_ONCE) continue;
    yield { changes: part, read: 0 };
    part = [];
    events = 0;
  }
  yield { changes: part, read };
}
