import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { CommandLine, type StartedCommand } from '../support/command-line.js';
import { LoadBalancer } from '../support/load-balancer.js';

const WRITERS = 8;
const PAUSE_MS = 50;
const TOKEN = 'rolling-restart-admin-token';
const LISTENING = /Casebook is listening on (\S+)/;

describe('three processes behind a load balancer', () => {
  let database: TestDatabase;
  let balancer: LoadBalancer;
  const commands = new CommandLine();
  beforeAll(async () => {
    database = await createTestDatabase();
    balancer = await LoadBalancer.start();
  });
  afterAll(async () => {
    await commands.close();
    await balancer.close();
    await database.drop();
  });

  interface Process {
    readonly url: string;
    readonly command: StartedCommand;
  }
  const start = async (): Promise<Process> => {
    const command = commands.start(['serve'], {
      DATABASE_URL: database.url,
      CASEBOOK_CORPUS: 'off',
      CASEBOOK_ADMIN_TOKEN: TOKEN,
      CASEBOOK_DRAIN_DELAY: '3',
      CASEBOOK_POOL_SIZE: '3',
    });
    const url = (await command.says(LISTENING))[1]!;
    await balancer.add(url);
    return { url, command };
  };
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

  it('are replaced one after the other under load, and no request fails', async () => {
    const old = await Promise.all([start(), start(), start()]);
    const fresh: Process[] = [];
    let going = true;
    const failed: string[] = [];
    const answered = new Map<string, number>();
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; going; n += 1) {
        const title = `Of ${writer}, ${n}`;
        const answer = await fetch(`${balancer.url}/v1/workspaces/default/incidents`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ title }),
        }).catch((error: unknown) => error as Error);
        if (answer instanceof Error) failed.push(answer.message);
        else if (answer.status === 201)
          answered.set(title, ((await answer.json()) as { position: number }).position);
        else failed.push(`${answer.status} ${await answer.text()}`);
        // A busy team, and not as much as the machine takes: three processes have to start beside it.
        await delay(PAUSE_MS);
      }
    });
    try {
      for (const each of old) {
        const before = answered.size;
        const feed = await fetch(`${each.url}/v1/workspaces/default/events`, {
          headers: { ...headers, accept: 'text/event-stream' },
        });
        fresh.push(await start());
        const stopped = each.command.stop();
        while (balancer.uses(each.url)) await delay(20);
        // Not ready, and answering all the same: over connections that end with the answer.
        const late = await fetch(`${each.url}/v1/workspaces/default/incidents`, { headers });
        expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
        // The feed ends by itself, whole, with a word when to come back.
        expect(await feed.text()).toMatch(/retry: \d+\n: the service is being stopped\n\n$/);
        expect(await stopped).toMatchObject({ code: 0 });
        balancer.remove(each.url);
        expect(answered.size).toBeGreaterThan(before);
      }
    } finally {
      going = false;
      await Promise.all(writers);
      for (const { command } of fresh) await command.stop();
    }
    expect(failed).toEqual([]);
    const { rows } = await database.ownerPool.query<{ title: string; position: number }>(
      `SELECT payload::jsonb ->> 'title' AS title, position::integer FROM events WHERE type = 'IncidentOpened'`,
    );
    expect(new Map(rows.map(({ title, position }) => [title, position]))).toEqual(answered);
  }, 180_000);
});
