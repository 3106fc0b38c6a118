import { nextMessage, startProgram } from '@casebook/testing';
import type { Contender, Driven, Opener } from './contender.js';
import type { FanOut } from './fan-out-readers.js';
import { ended, Service } from './http.js';

const EVERY_MS = 50;

/** Live events of a workspace to many readers: how long after its command was sent each of them reads an event. The clients are the readers. */
export const liveEvents: Opener = async (databaseUrl): Promise<Contender> => {
  const service = await Service.start(databaseUrl);
  const readers = startProgram(new URL('./fan-out-readers.ts', import.meta.url));
  await nextMessage(readers);
  return {
    name: 'live events',
    async drive(clients, milliseconds): Promise<Driven> {
      const [path = ''] = await service.openIncidents(1);
      const { url, token, claim: body } = service;
      const before = await service.usage();
      const answer = nextMessage<Driven & { failure?: string }>(readers);
      readers.send({
        url,
        token,
        readers: clients,
        path,
        body,
        commands: Math.max(1, Math.round(milliseconds / EVERY_MS)),
        everyMs: EVERY_MS,
      } satisfies FanOut);
      const { failure, latencies, seconds } = await answer;
      if (failure !== undefined) throw new Error(failure);
      const after = await service.usage();
      return { latencies, seconds, nodeMicros: after.micros - before.micros, memoryMb: after.memoryMb };
    },
    async close() {
      await ended(readers);
      await service.stop();
    },
  };
};
