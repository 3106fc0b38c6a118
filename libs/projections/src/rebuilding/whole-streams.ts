import type { StreamChange } from '@casebook/ledger';
import type { PoolClient } from 'pg';
import { Chunks, KeptEvents, pagesInOrder, pagesOfStreams } from '../reading/copied-events.js';
import { foldAll, foldFor, type FoldOf } from '../folding/stream-folder.js';

export interface WholeStreams {
  /** Each stream from its first event to its last. */
  readonly changes: readonly StreamChange[];
  /** The number of ledger events read for the first time. */
  readonly read: number;
}

/**
 * A stream whose last event has not been read yet. Its events are parsed and folded afterwards: states would
 * take several times their bytes.
 */
interface Open {
  readonly kept: KeptEvents;
  /** The position of its last event. */
  readonly end: number;
}

/** The memory limit for the events of open streams. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Left-out streams whose rest is read with one query. */
const LATE_AT_ONCE = 500;
/** Events of streams returned at once, which bounds the rows in memory. */
const GIVEN_AT_ONCE = 2000;

/**
 * Folds every stream of a workspace once, up to a position, and yields it whole when it has ended, so that a
 * view's rows for it are final. The ledger is read in its order, as it lies on disk: read stream by stream,
 * every event would be on a different page, at ten times the cost. The events of open streams are kept as
 * text until their last one is read. If that takes too much memory, the streams that end last are left out
 * and read one by one at the end.
 *
 * @param limit most events per read.
 * @param mostBytes the memory for open streams.
 * @throws ViewRejected if a fold rejects an event.
 */
export async function* wholeStreams(
  client: PoolClient,
  workspaceId: string,
  foldOf: FoldOf,
  { upTo, limit, mostBytes = MOST_BYTES }: { upTo: number; limit: number; mostBytes?: number },
): AsyncGenerator<WholeStreams, void, void> {
  const chunks = new Chunks();
  const open = new Map<string, Open>();
  const ended: KeptEvents[] = [];
  const late = new Set<string>();
  /** The bytes of open streams and of those that wait to be folded. */
  let bytes = 0;

  for await (const page of pagesInOrder(client, workspaceId, { upTo, limit })) {
    for (const header of page.headers()) {
      const { streamId, position } = header;
      if (late.has(streamId)) continue;
      let one = open.get(streamId);
      if (one === undefined)
        open.set(streamId, (one = { kept: new KeptEvents(streamId, chunks), end: header.streamEnd }));
      const { kept } = one;
      bytes -= kept.bytes;
      kept.add(page, header);
      bytes += kept.bytes;
      if (position !== one.end) continue;
      open.delete(streamId);
      ended.push(kept);
    }
    // Yield as many events as were read, so that the next page arrives while ended streams are folded.
    yield { changes: part(page.rows), read: page.rows };
    while (bytes > mostBytes && ended.length > 0) yield { changes: part(), read: 0 };
    if (bytes > mostBytes) {
      for (const [streamId, { kept }] of [...open].sort(([, a], [, b]) => b.end - a.end)) {
        open.delete(streamId);
        bytes -= kept.bytes;
        kept.letGo();
        late.add(streamId);
        if (bytes <= (mostBytes * 3) / 4) break;
      }
    }
  }
  while (ended.length > 0) yield { changes: part(), read: 0 };

  const ids = [...late].sort();
  for (let from = 0; from < ids.length; from += LATE_AT_ONCE) {
    const streamIds = ids.slice(from, from + LATE_AT_ONCE);
    let last: KeptEvents | undefined;
    for await (const page of pagesOfStreams(client, workspaceId, { streamIds, upTo, limit })) {
      for (const header of page.headers()) {
        if (last?.streamId !== header.streamId) {
          if (last !== undefined) ended.push(last);
          last = new KeptEvents(header.streamId, chunks);
        }
        last.add(page, header);
      }
      while (ended.length > 0) yield { changes: part(), read: 0 };
    }
    if (last !== undefined) ended.push(last);
    while (ended.length > 0) yield { changes: part(), read: 0 };
  }

  /** Takes ended streams, the first to end first, up to this many events. */
  function part(most = GIVEN_AT_ONCE): StreamChange[] {
    const changes: StreamChange[] = [];
    for (let events = 0; events < most && ended.length > 0;) {
      const kept = ended.shift()!;
      bytes -= kept.bytes;
      const change = changeOf(kept);
      changes.push(change);
      events += change.events.length;
    }
    return changes;
  }

  function changeOf(kept: KeptEvents): StreamChange {
    const { streamId } = kept;
    const fold = foldFor(foldOf, streamId);
    const { name, initial: before } = fold;
    const events = kept.take();
    const whole = (): unknown => {
      // Only this loop holds the state after the first event, so later events may change it in place.
      const first = foldAll(fold, before, events.slice(0, 1));
      return foldAll(fold, fold.own?.(first) ?? first, events.slice(1));
    };
    let after: unknown;
    return {
      workspaceId,
      streamId,
      fold: name,
      before,
      // Computed on demand: views that describe every event fold the stream themselves.
      get after() {
        return (after ??= whole());
      },
      events,
    };
  }
}
