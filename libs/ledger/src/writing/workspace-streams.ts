import type { StreamOverlay } from './draft.js';
import { RECORDED_COLUMNS, recordedOfRow } from '../reading/event-rows.js';
import type { Session } from './session.js';
import { advance, foldOf, unborn, Unfoldable, type StreamState, type StreamStates } from './stream-states.js';
import type { OthersEvent, WorkspaceHead } from './workspace-head.js';
import type { Command, RecordedEvent, StreamFold } from '../ledger-types.js';

/** Events in one answer when streams are read. */
const READ_PAGE = 10_000;

/** Of a stream that is known to have grown: at no size is that all of it. */
const BEHIND = -1;

type Found = Map<string, StreamState | Unfoldable>;
type Folds = Map<string, StreamFold<unknown>>;

/** The streams of one workspace, as far as its writer has them in memory, and the way to the rest. */
export class WorkspaceStreams {
  /** A stream checked at a smaller size than this may have grown by other processes' events. */
  private soundFrom = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly cache: StreamStates,
  ) {}

  /** Others may have appended up to this size, and it is not known to which streams. */
  distrust(size: number): void {
    this.soundFrom = size;
  }

  /**
   * Puts every stream that the command names into `found`, out of memory: as the batch leaves it so far (`overlays`, the newest
   * first), else as committed. `false`: something has to be read.
   */
  locate(
    command: Command<unknown>,
    head: WorkspaceHead,
    found: Found,
    overlays: readonly StreamOverlay[],
  ): boolean {
    for (const { streamId, fold, isNew } of command.parts) {
      if (!this.locateOne(streamId, fold, isNew === true, head, found, overlays)) return false;
    }
    for (const { streamId, fold } of command.reads ?? []) {
      if (!this.locateOne(streamId, fold, false, head, found, overlays)) return false;
    }
    return true;
  }

  /**
   * Every stream that the commands name, with all folds that they name for it; read where it is not in memory.
   *
   * @param readNew read also the streams that are said to be new.
   */
  async load(
    session: Session,
    commands: readonly Command<unknown>[],
    head: WorkspaceHead,
    readNew: boolean,
  ): Promise<Found> {
    const found: Found = new Map();
    const missing = new Map<string, Folds>();
    const want = (streamId: string, fold: StreamFold<unknown>, isNew: boolean): void => {
      const folds = missing.get(streamId);
      if (folds) folds.set(fold.name, fold);
      else if (!this.locateOne(streamId, fold, isNew && !readNew, head, found, [])) {
        const known = found.get(streamId) ?? this.cache.get(this.workspaceId, head.epoch, streamId);
        const others = known && !(known instanceof Unfoldable) ? known.folds.map((one) => one.fold) : [];
        missing.set(streamId, new Map([...others, fold].map((one) => [one.name, one])));
      }
    };
    for (const { parts, reads } of commands) {
      for (const { streamId, fold, isNew } of parts) want(streamId, fold, isNew === true);
      for (const { streamId, fold } of reads ?? []) want(streamId, fold, false);
    }
    if (missing.size > 0) await this.read(session, missing, head, found);
    return found;
  }

  /** The streams that these commands name and that are known here. */
  knownAmong(commands: readonly Command<unknown>[], epoch: number): string[] {
    const known = new Set<string>();
    for (const { parts, reads } of commands) {
      for (const { streamId } of reads ? [...parts, ...reads] : parts) {
        if (this.cache.has(this.workspaceId, epoch, streamId)) known.add(streamId);
      }
    }
    return [...known];
  }

  /** Folds the events of other processes into the streams that are known here; one that they are not in full for is read when it is needed. */
  catchUp(epoch: number, others: readonly OthersEvent[]): void {
    for (const { streamId, streamVersion, event } of others) {
      const stream = this.cache.get(this.workspaceId, epoch, streamId);
      // A stream that was read a moment ago may have the event already.
      if (!stream || stream.version >= streamVersion || stream.checkedAt < this.soundFrom) continue;
      if (event === null) {
        this.cache.set(this.workspaceId, epoch, streamId, { ...stream, checkedAt: BEHIND });
        continue;
      }
      try {
        this.cache.set(this.workspaceId, epoch, streamId, advance(stream, [event]));
      } catch {
        // Whoever needs the stream reads it again, and hears of the fault then.
        this.cache.delete(this.workspaceId, epoch, streamId);
      }
    }
  }

  /** What was decided is committed, and the ledger has this size. */
  keep(changed: ReadonlyMap<string, StreamState>, epoch: number, size: number): void {
    for (const [streamId, stream] of changed) {
      this.cache.set(this.workspaceId, epoch, streamId, { ...stream, checkedAt: size });
    }
  }

  private locateOne(
    streamId: string,
    fold: StreamFold<unknown>,
    isNew: boolean,
    head: WorkspaceHead,
    found: Found,
    overlays: readonly StreamOverlay[],
  ): boolean {
    for (const { changed } of overlays) {
      const stream = changed.get(streamId);
      if (!stream) continue;
      // The other folds of a stream that is still on its way into the ledger cannot be read there.
      if (!foldOf(stream, fold.name)) return false;
      if (!found.has(streamId)) found.set(streamId, stream);
      return true;
    }
    const stream = found.get(streamId) ?? this.sound(head.epoch, streamId);
    if (stream instanceof Unfoldable) return true;
    if (!stream) {
      if (isNew) found.set(streamId, unborn([fold]));
      return isNew;
    }
    if (foldOf(stream, fold.name)) {
      found.set(streamId, stream);
      return true;
    }
    if (stream.version > 0) return false;
    found.set(streamId, unborn([...stream.folds.map((one) => one.fold), fold]));
    return true;
  }

  private sound(epoch: number, streamId: string): StreamState | undefined {
    const stream = this.cache.get(this.workspaceId, epoch, streamId);
    return stream && stream.checkedAt >= this.soundFrom ? stream : undefined;
  }

  /** Reads the streams up to what is committed, from where they are known by all the folds asked for. */
  private async read(
    session: Session,
    wanted: ReadonlyMap<string, Folds>,
    head: WorkspaceHead,
    found: Found,
  ): Promise<void> {
    const streams = new Map<string, StreamState>();
    for (const [streamId, folds] of wanted) {
      const known = this.cache.get(this.workspaceId, head.epoch, streamId);
      const complete = known && [...folds.keys()].every((name) => foldOf(known, name));
      streams.set(streamId, complete ? known : unborn(folds.values()));
    }
    for (let full = true; full;) {
      const rows = await session.rows({
        name: 'casebook_tails',
        text: STREAM_TAILS,
        values: [this.workspaceId, [...streams.keys()], [...streams.values()].map(({ version }) => version)],
      });
      full = rows.length === READ_PAGE;
      const tails = new Map<string, RecordedEvent[]>();
      for (const row of rows) {
        const event = recordedOfRow(this.workspaceId, row);
        const tail = tails.get(event.streamId);
        if (tail) tail.push(event);
        else tails.set(event.streamId, [event]);
      }
      for (const [streamId, tail] of tails) {
        try {
          streams.set(streamId, advance(streams.get(streamId)!, tail));
        } catch (error) {
          found.set(streamId, new Unfoldable(error));
          streams.delete(streamId);
        }
      }
    }
    for (const [streamId, stream] of streams) {
      const checked = { ...stream, checkedAt: head.size };
      this.cache.set(this.workspaceId, head.epoch, streamId, checked);
      found.set(streamId, checked);
    }
  }
}

const STREAM_TAILS = `
  SELECT ${RECORDED_COLUMNS}
  FROM unnest($2::text[], $3::integer[]) AS known (stream_id, version)
  JOIN events e ON e.workspace_id = $1 AND e.stream_id = known.stream_id AND e.stream_version > known.version
  ORDER BY e.position LIMIT ${READ_PAGE}`;
