import type { Pool } from 'pg';
import { appendStatement } from './writing/append-statement.js';
import { canonicalJson } from './hashing/canonical-json.js';
import { LedgerCheck } from './verifying/ledger-check.js';
import type { StoredEvent } from './ledger-types.js';
import { Frontier } from './hashing/merkle.js';

/** The events cannot be restored here; the message says why. Nothing of the page was recorded. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

/**
 * Restores recorded events into an empty ledger unchanged: positions, times, ids, hashes. Every event is
 * verified; an unsound one is refused.
 *
 * Views are not filled here: they are detached at position 0 when the restore begins, and catch up from the
 * events like any view that fell behind. An interrupted restore resumes where it stopped.
 */
export class LedgerRestore {
  private readonly check: LedgerCheck;
  private epoch = 0;
  private stored = 0;
  private storedFrontier = Frontier.EMPTY;

  private constructor(
    private readonly pool: Pool,
    private readonly workspaceId: string,
  ) {
    this.check = new LedgerCheck({ workspaceId });
  }

  /**
   * The workspace must have been opened (`Ledger.openWorkspace`), and be empty or hold a prefix of the same
   * events.
   */
  static async begin(pool: Pool, workspaceId: string): Promise<LedgerRestore> {
    const restore = new LedgerRestore(pool, workspaceId);
    const { rows } = await pool.query<{ size: string | number; frontier: Buffer; epoch: string | number }>(
      `WITH raised AS (
         UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1 RETURNING size, frontier, epoch),
       detached AS (
         UPDATE view_progress SET status = 'detached', position = least(position, 0), changed_at = now(),
           error = 'The ledger is being restored; the view catches up afterwards.'
         WHERE workspace_id = $1 AND status = 'attached' AND EXISTS (SELECT 1 FROM raised WHERE size = 0))
       SELECT size, frontier, epoch FROM raised`,
      [workspaceId],
    );
    const head = rows[0];
    if (head === undefined) throw new RestoreRefused(`There is no workspace ${workspaceId}`);
    restore.stored = Number(head.size);
    restore.storedFrontier = Frontier.fromBytes(restore.stored, head.frontier);
    restore.epoch = Number(head.epoch);
    return restore;
  }

  /** The number of events given so far. */
  get size(): number {
    return this.check.size;
  }

  /** The Merkle root of the events given so far. */
  get root(): Buffer {
    return this.check.frontier.root();
  }

  /** The number of events in the ledger. */
  get storedSize(): number {
    return this.stored;
  }

  /**
   * Appends the next events in order, durable when this resolves. Events that an earlier attempt stored are
   * compared, not stored again.
   * @throws RestoreRefused
   */
  async append(events: readonly StoredEvent[]): Promise<void> {
    const fresh: StoredEvent[] = [];
    for (const event of events) {
      const [finding] = this.check.add(event);
      if (finding !== undefined) throw new RestoreRefused(`Event ${finding.position}: ${finding.detail}`);
      if (this.check.size > this.stored) fresh.push(event);
      else if (
        this.check.size === this.stored &&
        !this.check.frontier.root().equals(this.storedFrontier.root())
      ) {
        throw new RestoreRefused(
          `The workspace ${this.workspaceId} holds ${this.stored} events that are not the first ${this.stored} of these. Restore into an empty workspace.`,
        );
      }
    }
    const last = fresh.at(-1);
    if (last === undefined) return;
    const { rowCount } = await this.pool.query(
      appendStatement(
        {
          workspaceId: this.workspaceId,
          oldSize: this.stored,
          epoch: this.epoch,
          frontier: this.check.frontier.toBytes(),
          recordedAt: last.recordedAt,
          events: fresh,
          payloads: fresh.map(({ payload }) =>
            payload === null ? null : canonicalJson('The payload', payload),
          ),
          // History is restored as it was recorded.
          keys: [],
        },
        [],
      ),
    );
    if (rowCount !== fresh.length) {
      throw new RestoreRefused(
        `Another process wrote to the workspace ${this.workspaceId} meanwhile. Stop the service, and restore again.`,
      );
    }
    this.stored += fresh.length;
  }
}
