import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { CommandHandler } from '@event-driven-io/emmett';
import express from 'express';
import { type ClaimTagged, emmettStore, incidentsProjection } from './emmett.js';

/*
 * What somebody would build in place of Casebook: Express, Emmett's CommandHandler and its PostgreSQL store, as their documentation has
 * it. It takes the body that our service takes, and checks neither a token nor the body.
 *
 * node emmett-over-express.ts DATABASE_URL with|without; tells its address by IPC, and ends when its parent lets go of it.
 */
const [url = '', projection] = process.argv.slice(2);

interface Incident {
  readonly claims: number;
}

const { store } = await emmettStore(
  url,
  64,
  projection === 'with' ? { projections: [{ type: 'inline', projection: incidentsProjection }] } : {},
);
const handle = CommandHandler<Incident, ClaimTagged>({
  evolve: ({ claims }) => ({ claims: claims + 1 }),
  initialState: () => ({ claims: 0 }),
});

const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.post('/incidents/:incident/claims', (request, response, fail) => {
  const claimId = randomUUID();
  const body = request.body as ClaimTagged['data'];
  handle(store, `incident-${request.params.incident}`, () => ({
    type: 'ClaimTagged',
    data: { ...body, claimId },
  }))
    .then(({ nextExpectedStreamVersion }) =>
      response.status(201).json({ id: claimId, revision: 1, position: Number(nextExpectedStreamVersion) }),
    )
    .catch(fail);
});
const server = app.listen(0, '127.0.0.1', () => {
  process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
