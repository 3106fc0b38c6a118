import type { StreamChange } from '@casebook/ledger';
import {
  type Database,
  foldableEvent,
  headerOf,
  pagesInOrder,
  pagesOfStreams,
  type UnparsedEvent,
} from '../following/event-pages.js';
import { foldAll, foldFor, type FoldOf } from '../following/stream-folder.js';

export interface WholeStreams {
  /** Each from its first event to its last. */
  readonly changes: readonly StreamChange[];
  /** So many events of the ledger were read for the first time. */
  readonly read: number;
}

interface Stream {
  readonly streamId: string;
  readonly events: UnparsedEvent[];
}

/** A stream whose last event was not met yet. Its events are parsed and folded once it was: their states would take several times their text. */
interface Open extends Stream {
  /** The position of its last event. */
  readonly end: number;
  bytes: number;
}

/** What an event costs in memory beside its payload's text, by and large. */
const BYTES_AN_EVENT = 600;
/** What the events of open streams may take; of more of it, V8 takes twice as much before it looks for garbage. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Streams whose rest is read with one question. */
const LATE_AT_ONCE = 500;
/** Events of streams that are given at once, so that the rows of few of them are in memory. */
const GIVEN_AT_ONCE = 2000;

/**
 * Folds every stream of a workspace up to a position once, and gives each whole when it has ended, so that what a view makes of it is
 * final. The ledger is read in its order, as it lies on the disk: stream after stream, every event would be on a page of its own, and
 * reading would cost ten times as much. Of streams that are worked on at the same time the events are kept, as text, until the last of one
 * was met; where that takes too much memory, those that end last are left out, and are read one after the other when the ledger is through.
 *
 * @param limit events read at once, at most.
 * @param mostBytes what open streams may hold.
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

  const close = (one: Open): void => {
    open.delete(one.streamId);
    bytes -= one.bytes;
  };

  for await (const page of pagesInOrder(database, workspaceId, { upTo, limit })) {
    const ended: Open[] = [];
    for (const event of page) {
      const { streamId, position, payloadBytes, streamEnd: end } = headerOf(event);
      if (late.has(streamId)) continue;
      let one = open.get(streamId);
      if (one === undefined) open.set(streamId, (one = { streamId, events: [], end, bytes: 0 }));
      one.events.push(event);
      one.bytes += payloadBytes + BYTES_AN_EVENT;
      bytes += payloadBytes + BYTES_AN_EVENT;
      if (position !== one.end) continue;
      close(one);
      ended.push(one);
    }
    if (bytes > mostBytes) {
      for (const one of [...open.values()].sort((a, b) => b.end - a.end)) {
        close(one);
        late.add(one.streamId);
        if (bytes <= (mostBytes * 3) / 4) break;
      }
    }
    yield* inParts(ended, page.length);
  }
  const ids = [...late].sort();
  for (let from = 0; from < ids.length; from += LATE_AT_ONCE) {
    const streamIds = ids.slice(from, from + LATE_AT_ONCE);
    let last: Stream | undefined;
    for await (const page of pagesOfStreams(database, workspaceId, { streamIds, upTo, limit })) {
      const ended: Stream[] = [];
      for (const event of page) {
        const { streamId } = headerOf(event);
        if (last?.streamId !== streamId) {
          if (last !== undefined) ended.push(last);
          last = { streamId, events: [] };
        }
        last.events.push(event);
      }
      yield* inParts(ended, 0);
    }
    if (last !== undefined) yield* inParts([last], 0);
  }

  /** In parts, each made when it is asked for. */
  function* inParts(ended: readonly Stream[], read: number): Generator<WholeStreams, void, void> {
    let part: StreamChange[] = [];
    let events = 0;
    for (const stream of ended) {
      const change = changeOf(stream);
      part.push(change);
      events += change.events.length;
      if (events < GIVEN_AT_ONCE) continue;
      yield { changes: part, read: 0 };
      part = [];
      events = 0;
    }
    yield { changes: part, read };
  }

  function changeOf({ streamId, events: unparsed }: Stream): StreamChange {
    const fold = foldFor(foldOf, streamId);
    const { name, initial: before } = fold;
    const events = unparsed.map(foldableEvent);
    const whole = (): unknown => {
      // What came of the first event is nobody else's, so the others may change it in place.
      const first = foldAll(fold, before, events.slice(0, 1));
      return foldAll(fold, fold.own?.(first) ?? first, events.slice(1));
    };
    let after: unknown;
    return {
      workspaceId,
      streamId,
      fold: name,
      before,
      // When it is asked for: views that tell of every event fold the stream themselves.
      get after() {
        return (after ??= whole());
      },
      events,
    };
  }
}
