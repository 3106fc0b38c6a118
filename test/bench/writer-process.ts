import { setFlagsFromString } from 'node:v8';
import { driveHere, type Driven } from './contender.js';
import { IncidentWork } from './incidents.js';

// One writing process with clients of its own: `{ clients, milliseconds }` is a round, answered with what its clients met.

// As the service does: apps/api/src/run.ts, which would bring Nest along.
setFlagsFromString('--heap-growing-percent=50');
const [url = '', workspaceId = ''] = process.argv.slice(2);
const work = await IncidentWork.open(url, workspaceId);
process.on('message', ({ clients, milliseconds }: { clients: number; milliseconds: number }) => {
  void (async () => {
    const incidents = await work.openIncidents(clients);
    const driven = await driveHere((client) => work.tag(incidents[client]!, client), clients, milliseconds);
    process.send!({ ...driven, memoryMb: process.memoryUsage.rss() / 1e6 } satisfies Driven);
  })();
});
process.on('disconnect', () => void work.close());
process.send!('ready');
