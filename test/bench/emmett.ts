import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { claimPayload, MAX_CONNECTIONS, type Contender } from './contender.js';

/** Emmett's event store for PostgreSQL, as its documentation has it: appendToStream, each client on a stream of its own. */
export async function emmett(url: string, clients: number): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: url, max: Math.min(clients, MAX_CONNECTIONS) });
  // Its last connections may still be going when the server stops; that is no error of the run.
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  const run = Date.now().toString(36);
  const turns = new Map<number, number>();
  return {
    name: 'emmett',
    append: async (client) => {
      const turn = (turns.get(client) ?? 0) + 1;
      turns.set(client, turn);
      await store.appendToStream(`incident-${run}-${client}`, [
        { type: 'ClaimTagged', data: claimPayload(client, turn) },
      ]);
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}
