import type { Batch } from './batch.js';
import { KEYS_FIRST, LOCK_FIRST, type LockedWay } from './recovery.js';
import type { Session } from './session.js';
import { readHead, type WorkspaceHead } from './workspace-head.js';
import type { WriterContext } from './writer-context.js';
import { WorkspaceStreams } from './workspace-streams.js';

/**
 * How many batches lock first after meeting another process, or look up keys first after meeting a known key.
 */
const WARY_BATCHES = 8;

/** What a writer knows of its workspace from one batch to the next. */
export class WorkspaceMemory {
  readonly streams: WorkspaceStreams;
  /** The head as this process last left or read it; `null` while it may be elsewhere. */
  head: WorkspaceHead | null = null;
  private waryOfOthers = 0;
  private waryOfKeys = 0;

  constructor(
    private readonly context: Pick<WriterContext, 'streams' | 'views' | 'health' | 'recent' | 'committed'>,
    private readonly workspaceId: string,
  ) {
    this.streams = new WorkspaceStreams(workspaceId, context.streams);
  }

  /** Reads the head after losing track of it: others may have appended, so no cached stream is trusted. */
  async learnHead(session: Session): Promise<WorkspaceHead | null> {
    this.head = await readHead(session, this.workspaceId, this.context.views);
    if (this.head) this.streams.distrust(this.head.size);
    return this.head;
  }

  metAnotherProcess(): void {
    this.waryOfOthers = WARY_BATCHES;
  }

  metKnownKey(): void {
    this.waryOfKeys = WARY_BATCHES;
  }

  /** How to commit the next batch; `null`: without a lock. */
  nextWay(): LockedWay | null {
    if (this.waryOfKeys > 0) {
      this.waryOfKeys -= 1;
      return KEYS_FIRST;
    }
    if (this.waryOfOthers > 0) {
      this.waryOfOthers -= 1;
      return LOCK_FIRST;
    }
    return null;
  }

  /** Advances the head past a committed batch and resolves its commands. */
  land(batch: Batch): void {
    if (batch.landed) return;
    batch.landed = true;
    const { draft, head } = batch;
    if (draft.events.length > 0) this.context.health.landed();
    this.head = batch.headAfter();
    this.streams.keep(draft.changed, head.epoch, draft.size);
    for (const { pending, verdict } of batch.decided) {
      if (verdict.kind === 'accepted') pending.settleBy(verdict);
    }
    if (draft.events.length === 0) return;
    this.context.recent.add(this.workspaceId, head.epoch, draft.events, draft.payloads);
    this.context.committed(this.workspaceId, draft.events, batch.facts());
  }
}
