import { randomBytes } from 'node:crypto';
import { createPool } from '@casebook/postgres';
import { v7 as uuidv7 } from 'uuid';
import { claimPayload, inThisProcess, MAX_CONNECTIONS, type Opener } from './contender.js';

/**
 * What one can do by hand: a row of the same columns under the same indexes, one prepared INSERT an event, each its own transaction.
 * The position comes from a sequence, and nothing is hashed.
 */
export const raw: Opener = async (url, clients) => {
  const pool = createPool({ url, poolSize: Math.min(clients, MAX_CONNECTIONS) });
  await pool.query(`
    CREATE TABLE IF NOT EXISTS raw_events (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
    CREATE SEQUENCE IF NOT EXISTS raw_positions OWNED BY raw_events.position CACHE 1;
    ALTER TABLE raw_events ALTER COLUMN position SET DEFAULT nextval('raw_positions');
  `);
  const run = Date.now().toString(36);
  const turns = new Map<number, number>();
  const hashes = randomBytes(32);
  const salt = randomBytes(16);
  return inThisProcess(
    'raw',
    async (client) => {
      const turn = (turns.get(client) ?? 0) + 1;
      turns.set(client, turn);
      await pool.query({
        name: 'raw_append',
        text: `INSERT INTO raw_events (recorded_at, event_id, stream_version, command_index, schema_version, workspace_id,
                 stream_id, type, actor_id, subject, command_id, correlation_id, causation_id, command_digest,
                 payload_commitment, leaf_hash, payload_salt, payload)
               VALUES ($1, $2, $3, 0, 1, 'bench', $4, 'ClaimTagged', $5, $6, $7, $8, NULL, $9, $9, $9, $10, $11)`,
        values: [
          new Date().toISOString(),
          uuidv7(),
          turn,
          `incident-${run}-${client}`,
          `member-${client}`,
          `claim-${client}-${turn}`,
          uuidv7(),
          `request-${client}`,
          hashes,
          salt,
          JSON.stringify(claimPayload(client, turn)),
        ],
      });
    },
    () => pool.end(),
  );
};
