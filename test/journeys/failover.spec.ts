import { setTimeout as delay } from 'node:timers/promises';
import { isConsistent, openAuditedCheckpoint } from '../support/auditor.js';
import { checkRefusal, DurableService } from '../support/durable-service.js';
import { FeedReader } from '../faults/feed-reader.js';
import type { ServiceProcess } from '../support/service-process.js';

describe('two processes on a primary with a synchronous standby, both in DATABASE_URL', () => {
  let service: DurableService;
  let processes: [ServiceProcess, ServiceProcess];
  beforeAll(async () => {
    service = await DurableService.start();
    const standby = new URL(await service.standBy());
    // The standby is named first: the order says nothing about who is the primary.
    const url = service.databaseUrl.replace('@', `@${standby.host},`);
    processes = [
      await service.process(`${url}?target_session_attrs=read-write`),
      await service.process(`${url}?target_session_attrs=read-write`),
    ];
  }, 120_000);
  afterAll(() => service.close());

  const get = (path: string, { url } = processes[0], headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${service.token}`, ...headers } });
  const ledger = (path: string) => get(`/v1/workspaces/default/ledger/${path}`);
  const checkpoint = async () =>
    openAuditedCheckpoint(
      await (await ledger('checkpoint')).text(),
      (await (await ledger('verifier-key')).text()).trim().split('\n')[0]!,
    );
  const isReady = async (each: ServiceProcess) => (await get('/health/ready', each)).ok;

  it('answer 503 while there is no primary, follow the standby once it is promoted, and lose and double nothing', async () => {
    const reader = new FeedReader(() => processes[1].url, service.token);
    const acknowledged = new Map<string, number>();
    let stopped = false;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; !stopped; n += 1) {
        const key = `failover-${writer}-${n}`;
        const { url } = processes[writer % 2]!;
        const { body } = await service.untilAnswered(url, 'incidents', { title: key }, key);
        acknowledged.set(key, (body as { position: number }).position);
      }
    });
    const more = async (count: number): Promise<void> => {
      const wanted = acknowledged.size + count;
      while (acknowledged.size < wanted) await delay(20);
    };
    await more(20);
    const before = await checkpoint();

    await service.losePrimary();
    for (const each of processes) {
      while (await isReady(each)) await delay(20);
      const turnedAway = await service.attempt(each.url, 'incidents', { title: 'Nobody there' });
      checkRefusal(turnedAway);
      expect(turnedAway.status).toBe(503);
      const read = await get('/v1/workspaces/default/incidents', each);
      expect([read.status, read.headers.get('retry-after')]).toEqual([503, '1']);
    }
    await service.promote();
    await more(20);
    stopped = true;
    await Promise.all(writers);
    for (const each of processes) while (!(await isReady(each))) await delay(50);

    const recorded = await service.recorded('failover-');
    expect(Object.fromEntries(recorded)).toEqual(
      Object.fromEntries([...acknowledged].map(([key, position]) => [key, [position]])),
    );
    const after = await checkpoint();
    const { hashes } = (await (await ledger(`consistency?from=${before.size}&to=${after.size}`)).json()) as {
      hashes: string[];
    };
    expect(
      isConsistent(
        before,
        after,
        hashes.map((hash) => Buffer.from(hash, 'base64')),
      ),
    ).toBe(true);
    while (reader.received < after.size) await delay(50);
    await reader.stop();
    expect(reader.positions).toEqual(Array.from({ length: after.size }, (_, at) => at + 1));
    expect(await service.lies()).toEqual([]);
    // The views that follow the ledger are followed on the new primary.
    const found = await get('/v1/workspaces/default/search?q=failover', processes[0], {
      'ledger-position-at-least': String(after.size),
      prefer: 'wait=30',
    });
    expect(found.status).toBe(200);
  }, 180_000);
});
