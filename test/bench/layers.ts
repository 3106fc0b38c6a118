import { nextMessage, startProgram } from '@casebook/testing';
import type { Contender, Driven } from './contender.js';
import { ended, HttpClients, Service } from './http.js';
import { type Bench, inTurn } from './rounds.js';

const PROGRAM = new URL('../../apps/api/src/layers.fixture.ts', import.meta.url);

/** In the order of a request's way; layers.fixture.ts knows them by these names. */
const LAYERS = [
  'Fastify',
  'Nest',
  'ids, JSON, headers, log',
  'rate limits',
  'validation',
  'token',
  'commit, inline views',
  'following views',
];

/** The service with its layers up to one, for each of them: what a layer costs is the difference to the one before. */
export async function layerByLayer(bench: Bench): Promise<void> {
  // It opens the incidents, for the first layers cannot.
  const service = await Service.start(bench.url);
  const clients = await HttpClients.start();
  const upTo =
    (layer: string) =>
    async (databaseUrl: string): Promise<Contender> => {
      const program = startProgram(PROGRAM, [layer, databaseUrl]);
      const { url } = await nextMessage<{ url: string }>(program);
      const usage = (): Promise<{ micros: number; memoryMb: number }> => {
        const answer = nextMessage<{ micros: number; memoryMb: number }>(program);
        program.send('usage');
        return answer;
      };
      return {
        name: layer,
        async drive(connections, milliseconds): Promise<Driven> {
          const paths = await service.openIncidents(connections);
          const { token, claim: body } = service;
          const before = await usage();
          const driven = await clients.drive({ url, token, paths, body, milliseconds });
          const after = await usage();
          await service.caughtUp();
          return { ...driven, nodeMicros: after.micros - before.micros, memoryMb: after.memoryMb };
        },
        close: () => ended(program),
      };
    };
  try {
    await inTurn(bench, 'layers', 64, LAYERS.map(upTo));
  } finally {
    await clients.close();
    await service.stop();
  }
}
