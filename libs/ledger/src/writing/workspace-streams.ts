import type { StreamOverlay } from './draft.js';
import { RECORDED_COLUMNS, recordedOfRow } from '../reading/event-rows.js';
import type { Session } from './session.js';
import { advance, foldOf, unborn, Unfoldable, type StreamState, type StreamStates } from './stream-states.js';
import type { OthersEvent, WorkspaceHead } from './workspace-head.js';
import type { Command, RecordedEvent, StreamFold } from '../ledger-types.js';

/** Events fetched at once when streams are read. */
const READ_PAGE = 10_000;

/** Marks a stream that is known to have grown: its state is complete at no size. */
const BEHIND = -1;

type StreamLookup = Map<string, StreamState | Unfoldable>;
type Folds = Map<string, StreamFold<unknown>>;

/** The streams of one workspace: the cache of its writer, and the reads for the rest. */
export class WorkspaceStreams {
  /** A stream checked at a smaller size may have grown by other processes' events. */
  private soundFrom = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly cache: StreamStates,
  ) {}

  /** Others may have appended up to this size, to unknown streams. */
  distrust(size: number): void {
    this.soundFrom = size;
  }

  /**
   * Puts every stream that the command names into `found`, from memory: as the batch leaves it so far
   * (`overlays`, newest first), else as committed. Returns `false` if something has to be read.
   */
  locate(
    command: Command<unknown>,
    head: WorkspaceHead,
    found: StreamLookup,
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
   * Loads every stream that the commands name, with all folds that they name for it, reading what is not in
   * memory.
   *
   * @param readNew also read the streams that are said to be new.
   */
  async load(
    session: Session,
    commands: readonly Command<unknown>[],
    head: WorkspaceHead,
    readNew: boolean,
  ): Promise<StreamLookup> {
    const found: StreamLookup = new Map();
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

  /** The streams that these commands name and that are cached here. */
  knownAmong(commands: readonly Command<unknown>[], epoch: number): string[] {
    const known = new Set<string>();
    for (const { parts, reads } of commands) {
      for (const { streamId } of reads ? [...parts, ...reads] : parts) {
        if (this.cache.has(this.workspaceId, epoch, streamId)) known.add(streamId);
      }
    }
    return [...known];
  }

  /**
   * Folds other processes' events into the cached streams. A stream whose events are incomplete is read when
   * it is needed.
   */
  catchUp(epoch: number, others: readonly OthersEvent[]): void {
    for (const { streamId, streamVersion, event } of others) {
      const stream = this.cache.get(this.workspaceId, epoch, streamId);
      // A stream that was just read may include the event already.
      if (!stream || stream.version >= streamVersion || stream.checkedAt < this.soundFrom) continue;
      if (event === null) {
        this.cache.set(this.workspaceId, epoch, streamId, { ...stream, checkedAt: BEHIND });
        continue;
      }
      try {
        this.cache.set(this.workspaceId, epoch, streamId, advance(stream, [event]));
      } catch {
        // The next command that needs the stream reads it again and gets the error.
        this.cache.delete(this.workspaceId, epoch, streamId);
      }
    }
  }

  /** Keeps the streams of a committed batch; the ledger now has this size. */
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
    found: StreamLookup,
    overlays: readonly StreamOverlay[],
  ): boolean {
    for (const { changed } of overlays) {
      const stream = changed.get(streamId);
      if (!stream) continue;
      // The other folds of a stream that is not committed yet cannot be read.
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

  /** Reads the streams up to the committed head, from the version that all requested folds have reached. */
  private async read(
    session: Session,
    wanted: ReadonlyMap<string, Folds>,
    head: WorkspaceHead,
    found: StreamLookup,
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
