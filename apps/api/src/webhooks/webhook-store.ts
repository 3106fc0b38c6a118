import type { DeadLetterView, WebhookView } from '@casebook/contracts';
import { newId } from '@casebook/ledger';
import type { Pool } from 'pg';
import { newSecret } from './signature.js';

/** Maximum webhooks of a workspace. */
export const MOST_WEBHOOKS = 20;
/** Maximum deliveries per pass. */
const MOST_AT_ONCE = 16;
/** Seconds after which another process takes over; each delivery renews them, and takes at most ten. */
const LEASE_S = 60;
const RENEWED = `leased_until = now() + interval '${LEASE_S} s'`;
const GIVEN_UP = 'lease = NULL, leased_until = NULL';
const MOST_DEAD_LETTERS = 500;

/** A webhook that this process is currently delivering. */
export interface Leased {
  readonly workspaceId: string;
  readonly id: string;
  readonly lease: string;
  readonly url: string;
  readonly memberId: string;
  readonly oversees: boolean;
  readonly secret: string;
  readonly position: number;
  readonly attempts: number;
}

interface Row extends Omit<WebhookView, 'createdAt' | 'retryAt'> {
  readonly createdAt: Date;
  readonly retryAt: Date | null;
}

const VIEW = `w.id, w.url, w.member_id AS member, w.status, w.position, w.attempts, w.retry_at AS "retryAt", w.error,
  (SELECT count(*) FROM webhook_dead_letters d WHERE d.workspace_id = w.workspace_id AND d.webhook_id = w.id) AS "deadLetters",
  w.created_at AS "createdAt"`;

const viewOf = ({ createdAt, retryAt, ...row }: Row): WebhookView => ({
  ...row,
  retryAt: retryAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

/** The webhooks of every workspace, with the position of each. */
export class WebhookStore {
  constructor(private readonly pool: Pool) {}

  /** Starts at the end of the ledger. `null` if the workspace has the maximum already. */
  async make(
    workspaceId: string,
    { url, memberId, oversees }: Pick<Leased, 'url' | 'memberId' | 'oversees'>,
  ): Promise<{ readonly id: string; readonly secret: string } | null> {
    const id = newId();
    const secret = newSecret();
    const { rowCount } = await this.pool.query(
      `INSERT INTO webhooks (workspace_id, id, url, member_id, oversees, secret, position)
       SELECT h.workspace_id, $2, $3, $4, $5, $6, h.size FROM ledger_heads h WHERE h.workspace_id = $1
         AND (SELECT count(*) FROM webhooks w WHERE w.workspace_id = $1) < $7`,
      [workspaceId, id, url, memberId, oversees, secret, MOST_WEBHOOKS],
    );
    return rowCount === 1 ? { id, secret } : null;
  }

  async list(workspaceId: string): Promise<WebhookView[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${VIEW} FROM webhooks w WHERE w.workspace_id = $1 ORDER BY w.created_at, w.id`,
      [workspaceId],
    );
    return rows.map(viewOf);
  }

  async one(workspaceId: string, id: string): Promise<WebhookView | null> {
    return (await this.list(workspaceId)).find((each) => each.id === id) ?? null;
  }

  /** Latest first. */
  async deadLetters(workspaceId: string, id: string): Promise<DeadLetterView[]> {
    const { rows } = await this.pool.query<{ position: number; failedAt: Date; error: string }>(
      `SELECT position, failed_at AS "failedAt", error FROM webhook_dead_letters
       WHERE workspace_id = $1 AND webhook_id = $2 ORDER BY position DESC LIMIT $3`,
      [workspaceId, id, MOST_DEAD_LETTERS],
    );
    return rows.map((row) => ({ ...row, failedAt: row.failedAt.toISOString() }));
  }

  /** Returns whether there was such a webhook. */
  async remove(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('DELETE FROM webhooks WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      id,
    ]);
    return rowCount === 1;
  }

  /** Sends the events behind the position again. Takes the delivery away from a process that is working on it. */
  async rewind(workspaceId: string, id: string, after: number): Promise<void> {
    await this.pool.query(
      `WITH forgotten AS (DELETE FROM webhook_dead_letters WHERE workspace_id = $1 AND webhook_id = $2 AND position > $3)
       UPDATE webhooks w SET position = least($3, h.size), status = 'active', attempts = 0, retry_at = NULL, error = NULL,
         ${GIVEN_UP}
       FROM ledger_heads h WHERE h.workspace_id = w.workspace_id AND w.workspace_id = $1 AND w.id = $2`,
      [workspaceId, id, after],
    );
  }

  /** The webhooks with something to deliver now, each leased to this process alone. */
  async lease(): Promise<Leased[]> {
    const { rows } = await this.pool.query<Leased>(
      `UPDATE webhooks w SET lease = gen_random_uuid(), leased_until = now() + make_interval(secs => $1)
       FROM (SELECT d.workspace_id, d.id FROM webhooks d JOIN ledger_heads h ON h.workspace_id = d.workspace_id
         WHERE d.status = 'active' AND d.position < h.size AND (d.retry_at IS NULL OR d.retry_at <= now())
           AND (d.leased_until IS NULL OR d.leased_until < now())
         ORDER BY d.retry_at NULLS FIRST, d.id LIMIT $2 FOR UPDATE OF d SKIP LOCKED) due
       WHERE w.workspace_id = due.workspace_id AND w.id = due.id
       RETURNING w.workspace_id AS "workspaceId", w.id, w.lease, w.url, w.member_id AS "memberId", w.oversees, w.secret,
         w.position, w.attempts`,
      [LEASE_S, MOST_AT_ONCE],
    );
    return rows;
  }

  /** Records that every event up to the position is done. False if the lease was lost meanwhile. */
  advance(webhook: Leased, position: number): Promise<boolean> {
    return this.change(
      webhook,
      `position = $4, attempts = 0, retry_at = NULL, error = NULL, ${RENEWED}`,
      position,
    );
  }

  retryIn(webhook: Leased, seconds: number, error: string): Promise<boolean> {
    return this.change(
      webhook,
      `attempts = attempts + 1, retry_at = now() + make_interval(secs => $4), error = $5, ${GIVEN_UP}`,
      seconds,
      error,
    );
  }

  stop(webhook: Leased, error: string): Promise<boolean> {
    return this.change(webhook, `status = 'stopped', error = $4, ${GIVEN_UP}`, error);
  }

  release(webhook: Leased): Promise<boolean> {
    return this.change(webhook, GIVEN_UP);
  }

  /** Gives up on an event and continues behind it. */
  async bury(webhook: Leased, position: number, error: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `WITH moved AS (UPDATE webhooks SET position = $4, attempts = 0, retry_at = NULL, error = $5
         WHERE workspace_id = $1 AND id = $2 AND lease = $3 RETURNING workspace_id, id)
       INSERT INTO webhook_dead_letters (workspace_id, webhook_id, position, error)
       SELECT workspace_id, id, $4, $5 FROM moved
       ON CONFLICT (workspace_id, webhook_id, position) DO UPDATE SET failed_at = now(), error = excluded.error`,
      [webhook.workspaceId, webhook.id, webhook.lease, position, error],
    );
    return rowCount === 1;
  }

  private async change(
    { workspaceId, id, lease }: Leased,
    what: string,
    ...values: unknown[]
  ): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE webhooks SET ${what} WHERE workspace_id = $1 AND id = $2 AND lease = $3`,
      [workspaceId, id, lease, ...values],
    );
    return rowCount === 1;
  }
}
