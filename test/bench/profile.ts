import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate } from '@casebook/postgres';
import { startOwnServer } from '@casebook/testing';
import { type CpuProfile, flameGraph, framesOf, partsOf } from './flame-graph.js';
import { HttpClients, Service } from './http.js';

/**
 * `npm run bench:profile [-- --connections N] [--svg FILE]`: what Node does while the compiled service takes commands over HTTP, its start
 * and a warm-up left out, as a table of parts and a flame graph. Sampled by the wall clock: beside other work, whatever waits for a
 * processor looks longer than it is.
 */
const { values: options } = parseArgs({
  options: {
    connections: { type: 'string', default: '64' },
    svg: { type: 'string', default: 'docs/lab/http-flame-graph.svg' },
  },
});
const connections = Number(options.connections);
const WARM_UP_MS = 8_000;
const PROFILED_MS = 8_000;

const server = await startOwnServer({ settings: { max_connections: '200' } });
try {
  await migrate(server.url);
  const service = await Service.start(server.url);
  const clients = await HttpClients.start();
  const drive = async (milliseconds: number): Promise<number> => {
    const { url, token, claim: body } = service;
    const paths = await service.openIncidents(connections);
    return (await clients.drive({ url, token, paths, body, milliseconds })).latencies.length;
  };
  await drive(WARM_UP_MS);
  const file = join(mkdtempSync(join(tmpdir(), 'casebook-profile-')), 'http.cpuprofile');
  let commands = 0;
  await service.profile(file, async () => (commands = await drive(PROFILED_MS)));
  await clients.close();
  await service.stop();

  const frames = framesOf(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
  const perCommand = frames.micros / commands;
  console.log(
    `${commands} commands, ${connections} connections, ${Math.round(perCommand)} µs of Node's main thread each; ${file}\n`,
  );
  console.log('| part | % | µs a command |\n| --- | ---: | ---: |');
  for (const [part, share] of partsOf(frames).filter(([, each]) => each >= 0.005)) {
    console.log(`| ${part} | ${(100 * share).toFixed(1)} | ${(share * perCommand).toFixed(0)} |`);
  }
  writeFileSync(
    options.svg,
    flameGraph(frames, `Casebook, commands over HTTP, ${connections} connections: Node's main thread`),
  );
} finally {
  await server.discard();
}
