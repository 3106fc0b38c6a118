import type { Pool, PoolClient } from 'pg';
import { AS_TEXT, bytes } from './event-rows.js';
import { Frontier } from '../hashing/merkle.js';
import type { Head } from '../ledger-types.js';

type Client = Pick<Pool | PoolClient, 'query'>;

/** A workspace's row of `ledger_heads`. */
export interface StoredHead {
  readonly size: number;
  /** The Merkle frontier, written by `Frontier.toBytes`. */
  readonly frontier: Buffer;
  readonly recordedAt: string | null;
}

/** The head in this connection's snapshot, unchecked; `null`: there is no such workspace. */
export async function storedHeadOf(client: Client, workspaceId: string): Promise<StoredHead | null> {
  const { rows } = await client.query<string[]>({
    ...AS_TEXT,
    text: `SELECT size, frontier, to_char(last_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
           FROM ledger_heads WHERE workspace_id = $1`,
    values: [workspaceId],
  });
  const row = rows[0];
  if (!row) return null;
  return { size: Number(row[0]), frontier: bytes(row[1]!), recordedAt: row[2] ?? null };
}

/** The head in this connection's snapshot; `null`: there is no such workspace. */
export async function headOf(client: Client, workspaceId: string): Promise<Head | null> {
  const head = await storedHeadOf(client, workspaceId);
  if (!head) return null;
  const { size, frontier, recordedAt } = head;
  return { size, root: Frontier.fromBytes(size, frontier).root(), recordedAt };
}
