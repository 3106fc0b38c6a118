import { Ledger } from '@casebook/ledger';
import { createPool } from '@casebook/postgres';
import { claims } from './casebook.js';
import { claimPayload, type Contender, inThisProcess, MAX_CONNECTIONS, type Opener } from './contender.js';
import { type ClaimTagged, emmettStore } from './emmett.js';

const EVENTS = 100;
const STREAM = 'incident-read';

/** A stream of 100 events, read in full. */
const casebookReads: Opener = (url, clients) =>
  casebookReading(url, clients, async (ledger) =>
    expectEvents((await ledger.readStream('reads', STREAM)).length),
  );
const emmettReads: Opener = (url, clients) =>
  emmettReading(url, clients, async (store) => expectEvents((await store.readStream(STREAM)).events.length));

/** The state of a stream of 100 events: what the process folded before, and what the database has since. */
const casebookFolds: Opener = (url, clients) =>
  casebookReading(url, clients, async (ledger) =>
    expectEvents((await ledger.readState('reads', STREAM, claims)).count),
  );
const emmettFolds: Opener = (url, clients) =>
  emmettReading(url, clients, async (store) => {
    const { state } = await store.aggregateStream<{ count: number }, ClaimTagged>(STREAM, {
      initialState: () => ({ count: 0 }),
      evolve: (before: { count: number }) => ({ count: before.count + 1 }),
    });
    expectEvents(state.count);
  });

export const readings = { casebookReads, emmettReads, casebookFolds, emmettFolds };

async function casebookReading(
  url: string,
  clients: number,
  read: (ledger: Ledger) => Promise<void>,
): Promise<Contender> {
  const pool = createPool({ url, role: 'casebook_service', poolSize: Math.min(clients, MAX_CONNECTIONS) });
  const ledger = new Ledger(pool);
  await ledger.openWorkspace('reads');
  if ((await ledger.readStream('reads', STREAM)).length === 0) {
    await ledger.commit<never>({
      workspaceId: 'reads',
      body: {},
      actorId: 'member-0',
      correlationId: 'request-0',
      parts: [
        {
          streamId: STREAM,
          fold: claims,
          decide: () => ({
            accepted: true,
            events: Array.from({ length: EVENTS }, (_, turn) => ({
              type: 'ClaimTagged',
              schemaVersion: 1,
              subject: `claim-${turn}`,
              payload: claimPayload(0, turn),
            })),
          }),
        },
      ],
    });
  }
  return inThisProcess(
    'casebook',
    () => read(ledger),
    async () => {
      await ledger.close();
      await pool.end();
    },
  );
}

async function emmettReading(
  url: string,
  clients: number,
  read: (store: Awaited<ReturnType<typeof emmettStore>>['store']) => Promise<void>,
): Promise<Contender> {
  const { store, close } = await emmettStore(url, clients);
  if (!(await store.streamExists(STREAM))) {
    await store.appendToStream(
      STREAM,
      Array.from({ length: EVENTS }, (_, turn) => ({ type: 'ClaimTagged', data: claimPayload(0, turn) })),
    );
  }
  return inThisProcess('emmett', () => read(store), close);
}

function expectEvents(count: number): void {
  if (count !== EVENTS) throw new Error(`${EVENTS} events were read as ${count}`);
}
