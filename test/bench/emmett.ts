import {
  getPostgreSQLEventStore,
  postgreSQLProjection,
  type PostgresEventStoreOptions,
} from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { claimPayload, type Contender, inThisProcess, MAX_CONNECTIONS, type Opener } from './contender.js';

/** Emmett's event store for PostgreSQL, as its documentation has it: appendToStream, each client on a stream of its own. */
export const emmett: Opener = (url, clients) => appending('emmett', url, clients, {});

/**
 * The same with an inline projection that keeps what our view keeps: a row for each annotation, and its incident's counts. In raw SQL
 * with prepared statements, which is the quickest that Emmett offers.
 */
export const emmettWithProjection: Opener = async (url, clients) => {
  await createProjectionTables(url);
  return appending('emmett', url, clients, {
    projections: [{ type: 'inline', projection: incidentsProjection }],
  });
};

/** The tables of {@link incidentsProjection}. */
export async function createProjectionTables(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`
    CREATE TABLE IF NOT EXISTS emmett_incidents (incident_id text PRIMARY KEY, claims integer NOT NULL, updated_at timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS emmett_annotations (
      incident_id text NOT NULL, annotation_id text NOT NULL, kind text NOT NULL, revision integer NOT NULL, fields jsonb NOT NULL,
      PRIMARY KEY (incident_id, annotation_id));
  `);
  await admin.end();
}

export interface ClaimTagged {
  readonly type: 'ClaimTagged';
  readonly data: Record<string, string | number | string[]>;
  readonly kind?: 'Event';
}

/** A row for each annotation, and its incident's counts. */
export const incidentsProjection = postgreSQLProjection<ClaimTagged>({
  name: 'incidents',
  canHandle: ['ClaimTagged'],
  handle: async (events, { connection: { client } }) => {
    for (const { data, metadata } of events) {
      await client.query({
        name: 'emmett_annotation',
        text: `INSERT INTO emmett_annotations VALUES ($1, $2, 'claim', 1, $3)
               ON CONFLICT (incident_id, annotation_id) DO UPDATE SET fields = excluded.fields, revision = emmett_annotations.revision + 1`,
        values: [metadata.streamName, data['claimId'], JSON.stringify(data)],
      });
      await client.query({
        name: 'emmett_incident',
        text: `INSERT INTO emmett_incidents VALUES ($1, 1, now())
               ON CONFLICT (incident_id) DO UPDATE SET claims = emmett_incidents.claims + 1, updated_at = now()`,
        values: [metadata.streamName],
      });
    }
  },
});

async function appending(
  name: string,
  url: string,
  clients: number,
  options: PostgresEventStoreOptions,
): Promise<Contender> {
  const { store, close } = await emmettStore(url, clients, options);
  const run = Date.now().toString(36);
  const turns = new Map<number, number>();
  return inThisProcess(
    name,
    async (client) => {
      const turn = (turns.get(client) ?? 0) + 1;
      turns.set(client, turn);
      await store.appendToStream<ClaimTagged>(`incident-${run}-${client}`, [
        { type: 'ClaimTagged', data: claimPayload(client, turn) },
      ]);
    },
    close,
  );
}

/** Its store with a connection a client, {@link MAX_CONNECTIONS} at most; migrated. */
export async function emmettStore(url: string, clients: number, options: PostgresEventStoreOptions = {}) {
  const pool = new pg.Pool({ connectionString: url, max: Math.min(clients, MAX_CONNECTIONS) });
  // Its last connections may still be going when the server stops; that is no error of the run.
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(url, { ...options, connectionOptions: { pool } });
  await store.schema.migrate();
  return {
    store,
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}
