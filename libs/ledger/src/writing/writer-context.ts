import type { Pool } from 'pg';
import type { RecentEvents } from './recent-events.js';
import type { StreamStates } from './stream-states.js';
import type { WriteHealth } from './write-health.js';
import type { CommittedListener, InlineView } from '../ledger-types.js';

/** What the writers of all workspaces share. */
export interface WriterContext {
  readonly pool: Pool;
  readonly streams: StreamStates;
  readonly views: readonly InlineView[];
  readonly maxBatch: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /**
   * Pauses between retries while the database is unreachable or another transaction is in the way, in
   * milliseconds.
   */
  readonly retryDelays: readonly number[];
  /** Longest time that a command waits for its answer, in milliseconds. */
  readonly maxWait: number;
  /** Longest time that a statement may go unanswered, in milliseconds. */
  readonly silence: number;
  readonly health: WriteHealth;
  readonly committed: CommittedListener;
  readonly recent: RecentEvents;
}
