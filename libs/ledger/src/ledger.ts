import type { Pool } from 'pg';
import type {
  Command,
  CommittedListener,
  Head,
  InlineView,
  Outcome,
  ReadAllOptions,
  ReadStreamOptions,
  StoredEvent,
} from './ledger-types.js';

export interface LedgerOptions {
  readonly views?: readonly InlineView[];
  /** Commands in one transaction at most; 256 where left out. */
  readonly maxBatch?: number;
}

export declare class Ledger {
  constructor(pool: Pool, options?: LedgerOptions);
  /** Makes the workspace's empty ledger; `false` where it exists already. */
  openWorkspace(workspaceId: string): Promise<boolean>;
  commit<R>(command: Command<R>): Promise<Outcome<R>>;
  head(workspaceId: string): Promise<Head | null>;
  readStream(workspaceId: string, streamId: string, options?: ReadStreamOptions): Promise<StoredEvent[]>;
  readAll(workspaceId: string, options?: ReadAllOptions): Promise<StoredEvent[]>;
  /** Hears of every batch that this process commits, after it is durable. Gives the way to stop listening. */
  onCommitted(listener: CommittedListener): () => void;
  /** Waits for the commits under way and takes no further ones. */
  close(): Promise<void>;
}
