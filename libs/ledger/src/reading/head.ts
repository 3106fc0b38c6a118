import type { Pool, PoolClient } from 'pg';
import { AS_TEXT, bytes } from './event-rows.js';
import { Frontier } from '../hashing/merkle.js';
import type { Head } from '../ledger-types.js';

/** The head as this connection's snapshot has it; `null`: there is no such workspace. */
export async function headOf(
  client: Pick<Pool | PoolClient, 'query'>,
  workspaceId: string,
): Promise<Head | null> {
  const { rows } = await client.query<string[]>({
    ...AS_TEXT,
    text: `SELECT size, frontier, to_char(last_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
           FROM ledger_heads WHERE workspace_id = $1`,
    values: [workspaceId],
  });
  const row = rows[0];
  if (!row) return null;
  const size = Number(row[0]);
  return { size, root: Frontier.fromBytes(size, bytes(row[1]!)).root(), recordedAt: row[2]! };
}
