import { randomInt } from 'node:crypto';
import { Ledger } from '@casebook/ledger';
import { createDataSource, poolOf } from '@casebook/postgres';
import { Runner } from '@casebook/projections';
import { HistoryQueries, IncidentQueries, viewEntities, projections } from '@casebook/views';
import { driveHere, type Opener } from './contender.js';
import { type Bench, inTurn } from './rounds.js';
import { alike, storedIncidentId, storeIncidents } from './stored-incidents.js';

/** An incident of so many events read whole: as it is now, as of a random position, and a page of its history from there. */
export async function pastBesideNow(bench: Bench, events: number): Promise<void> {
  const workspaceId = `past-${events}`;
  const incidentId = storedIncidentId(workspaceId, 0);
  await storeIncidents(bench.url, workspaceId, alike(1, events));
  const dataSource = createDataSource({
    url: bench.url,
    role: 'casebook_service',
    entities: [...viewEntities],
  });
  await dataSource.initialize();
  const ledger = new Ledger(poolOf(dataSource));
  await new Runner(poolOf(dataSource), { projections }).catchUp(workspaceId);
  const incidents = new IncidentQueries(dataSource);
  const histories = new HistoryQueries(ledger, dataSource);
  const reading =
    (name: string, read: () => Promise<unknown>): Opener =>
    () =>
      Promise.resolve({
        name,
        // One reader; what the table calls clients is the incident's size.
        drive: (_, milliseconds) =>
          driveHere(
            async () => {
              if ((await read()) === null) throw new Error('the incident was not found');
            },
            1,
            milliseconds,
          ),
        close: () => Promise.resolve(),
      });
  await inTurn(bench, 'past', events, [
    reading('now', () => incidents.incident(workspaceId, incidentId)),
    reading('as of', () => histories.asOf(workspaceId, incidentId, { position: randomInt(1, events + 1) })),
    reading('history', () =>
      histories.history(workspaceId, incidentId, { after: randomInt(0, events), limit: 100 }),
    ),
  ]);
  await ledger.close();
  await dataSource.destroy();
}
