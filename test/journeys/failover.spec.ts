import { setTimeout as delay } from 'node:timers/promises';
import type { OwnServer } from '@casebook/testing';
import { FeedReader } from '../faults/feed-reader.js';
import { isConsistent, openAuditedCheckpoint } from '../support/auditor.js';
import { CommandLine } from '../support/command-line.js';
import { checkRefusal, DurableService } from '../support/durable-service.js';
import { missingForPatroni, PatroniCluster } from '../support/patroni.js';
import type { ServiceProcess } from '../support/service-process.js';

const get = (service: DurableService, { url }: ServiceProcess, path: string, headers = {}) =>
  fetch(`${url}${path}`, { headers: { authorization: `Bearer ${service.token}`, ...headers } });
const isReady = async ({ url }: ServiceProcess) => (await fetch(`${url}/health/ready`)).ok;

/** Loses the primary under load, and looks whether anything that was acknowledged is lost, doubled or changed. Gives the number of acknowledged writes. */
async function throughFailover(
  service: DurableService,
  processes: readonly [ServiceProcess, ServiceProcess],
  failOver: () => Promise<void>,
): Promise<number> {
  const ledger = (path: string) => get(service, processes[0], `/v1/workspaces/default/ledger/${path}`);
  const checkpoint = async () =>
    openAuditedCheckpoint(
      await (await ledger('checkpoint')).text(),
      (await (await ledger('verifier-key')).text()).trim().split('\n')[0]!,
    );
  const reader = new FeedReader(() => processes[1].url, service.token);
  const acknowledged = new Map<string, number[]>();
  let stopped = false;
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let n = 0; !stopped; n += 1) {
      const key = `failover-${writer}-${n}`;
      const { url } = processes[writer % 2]!;
      const { body } = await service.untilAnswered(url, 'incidents', { title: key }, key);
      acknowledged.set(key, [(body as { position: number }).position]);
    }
  });
  const more = async (count: number): Promise<void> => {
    const wanted = acknowledged.size + count;
    while (acknowledged.size < wanted) await delay(20);
  };
  await more(20);
  const before = await checkpoint();
  await failOver();
  await more(20);
  stopped = true;
  await Promise.all(writers);
  for (const each of processes) while (!(await isReady(each))) await delay(50);

  const recorded = await service.recorded('failover-');
  expect(Object.fromEntries(recorded)).toEqual(Object.fromEntries(acknowledged));
  const after = await checkpoint();
  const { hashes } = (await (await ledger(`consistency?from=${before.size}&to=${after.size}`)).json()) as {
    hashes: string[];
  };
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'));
  expect(isConsistent(before, after, proof)).toBe(true);
  while (reader.received < after.size) await delay(50);
  await reader.stop();
  expect(reader.positions).toEqual(Array.from({ length: after.size }, (_, at) => at + 1));
  expect(await service.lies()).toEqual([]);
  // The views that follow the ledger are followed on the new primary.
  const found = await get(service, processes[0], '/v1/workspaces/default/search?q=failover', {
    'ledger-position-at-least': String(after.size),
    prefer: 'wait=30',
  });
  expect(found.status).toBe(200);
  return acknowledged.size;
}

/** Names the standby first: the order says nothing about who is the primary. */
const bothOf = ({ databaseUrl, standbyUrl }: DurableService): string =>
  databaseUrl.replace('@', `@${new URL(standbyUrl).host},`);

describe('two processes on a primary with a synchronous standby, both in DATABASE_URL', () => {
  let service: DurableService;
  let processes: [ServiceProcess, ServiceProcess];
  beforeAll(async () => {
    service = await DurableService.start();
    await service.standBy();
    const url = bothOf(service);
    processes = [await service.process(url), await service.process(`${url}?target_session_attrs=primary`)];
  }, 120_000);
  afterAll(() => service.close());

  it('answer 503 while there is no primary, follow the standby once it is promoted, and lose and double nothing', async () => {
    await throughFailover(service, processes, async () => {
      await service.losePrimary();
      for (const each of processes) {
        while (await isReady(each)) await delay(20);
        const turnedAway = await service.attempt(each.url, 'incidents', { title: 'Nobody there' });
        checkRefusal(turnedAway);
        expect(turnedAway.status).toBe(503);
        const read = await get(service, each, '/v1/workspaces/default/incidents');
        expect([read.status, read.headers.get('retry-after')]).toEqual([503, '1']);
      }
      await service.promote();
    });
  }, 180_000);
});

describe('a failover to a standby that had not received everything', () => {
  const commands = new CommandLine();
  let service: DurableService;
  afterAll(async () => {
    await commands.close();
    await service.close();
  });

  it('is a fork: the process that signed more does not sign, and a monitor reports what another one signs', async () => {
    service = await DurableService.start();
    const standby = await service.standByLate();
    const url = bothOf(service);
    const [first, other] = [await service.process(url), await service.process(url)];
    const open = (at: ServiceProcess, title: string) =>
      service.untilAnswered(at.url, 'incidents', { title }, title);
    const checkpoint = (at: ServiceProcess) => get(service, at, '/v1/workspaces/default/ledger/checkpoint');
    const monitor = async (at: ServiceProcess) => {
      const key = await (await get(service, at, '/v1/workspaces/default/ledger/verifier-key')).text();
      const args = ['--url', at.url, '--verifier-key', key.trim(), '--home', commands.path('monitor')];
      return commands.start(['monitor', '--once', ...args], { CASEBOOK_TOKEN: service.token }).ended;
    };

    await standby.fallBehind();
    for (const title of ['Lost-1', 'Lost-2']) await open(first, title);
    expect((await checkpoint(first)).status).toBe(200);
    expect(await monitor(first)).toMatchObject({ code: 0 });

    await service.losePrimary();
    await service.promote();
    for (const title of ['Other-1', 'Other-2', 'Other-3']) await open(other, title);
    expect([...(await service.recorded('Lost'))]).toEqual([]);
    expect((await checkpoint(first)).status).toBe(503);
    expect((await checkpoint(other)).status).toBe(200);
    expect(await monitor(other)).toMatchObject({ code: 1, stdout: expect.stringMatching(/fork/i) as string });
  }, 180_000);
});

const missing = missingForPatroni();
(missing.length === 0 ? describe : describe.skip)(
  `two processes on three nodes under Patroni${missing.map((name) => `, which needs the Debian package ${name}`).join('')}`,
  () => {
    let cluster: PatroniCluster;
    let service: DurableService;
    let processes: [ServiceProcess, ServiceProcess];
    beforeAll(async () => {
      cluster = await PatroniCluster.start();
      const server = { url: cluster.url, discard: () => cluster.discard() } as OwnServer;
      service = await DurableService.on(server, cluster.url);
      processes = [await service.process(), await service.process()];
    }, 300_000);
    afterAll(() => service.close());

    it('follow the node that Patroni promotes when the leader is killed, and lose and double nothing', async () => {
      expect(await throughFailover(service, processes, () => cluster.loseLeader())).toBeGreaterThanOrEqual(
        40,
      );
    }, 300_000);
  },
);
