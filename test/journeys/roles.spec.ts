import { createPool } from '@casebook/postgres';
import type pg from 'pg';
import { readSettings } from '../../apps/api/src/index.js';
import { checkRefusal, DurableService } from '../support/durable-service.js';
import { LiveReader } from '../support/live-reader.js';
import type { ServiceProcess } from '../support/service-process.js';

describe('the roles of a process', () => {
  const problemOf = (variables: NodeJS.ProcessEnv): string => {
    try {
      readSettings(variables);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const URL_OF_ONE = 'postgres://a/casebook';

  it('are all but that of a standby, unless the setting names some', () => {
    expect(readSettings({}).roles).toEqual(['serve', 'follow']);
    expect(readSettings({ CASEBOOK_ROLES: 'follow' }).roles).toEqual(['follow']);
  });

  it.each([
    [{ CASEBOOK_ROLES: 'serve,folow' }, /CASEBOOK_ROLES\S*: must be some of serve, follow, read/],
    [{ CASEBOOK_ROLES: 'read,follow', DATABASE_URL: URL_OF_ONE }, /CASEBOOK_ROLES: must be read alone/],
    [{ CASEBOOK_ROLES: 'read' }, /CASEBOOK_ROLES: read goes together with DATABASE_URL/],
    [
      { DATABASE_URL: `${URL_OF_ONE}?target_session_attrs=standby` },
      /DATABASE_URL: must lead to the primary/,
    ],
    [{ DATABASE_URL: 'postgres://a,b/x?target_session_attrs=any' }, /DATABASE_URL: must lead to the primary/],
    [{ DATABASE_URL: 'postgres://a,,b/x' }, /DATABASE_URL: names no host before or after a comma/],
    [
      {
        CASEBOOK_ROLES: 'read',
        DATABASE_URL: URL_OF_ONE,
        MIGRATION_DATABASE_URL: 'postgres://a/x?target_session_attrs=standby',
      },
      /MIGRATION_DATABASE_URL: must lead to the primary/,
    ],
  ])('%j is refused', (variables, sentence) => {
    expect(problemOf(variables)).toMatch(sentence);
  });

  it('may be those of a standby, which DATABASE_URL asks for', () => {
    expect(
      problemOf({ CASEBOOK_ROLES: 'read', DATABASE_URL: 'postgres://a,b/x?target_session_attrs=standby' }),
    ).toBe('');
  });
});

describe('processes with a role each', () => {
  let service: DurableService;
  let serving: ServiceProcess;
  /** On the standby. */
  let reading: ServiceProcess;
  let standby: pg.Pool;
  beforeAll(async () => {
    service = await DurableService.start();
    await service.standBy();
    serving = await service.process(undefined, 'serve');
    reading = await service.process(service.standbyUrl, 'read');
    standby = createPool({ url: service.standbyUrl, poolSize: 1 });
  }, 120_000);
  afterAll(async () => {
    await standby.end();
    await service.close();
  });

  const ask = (at: ServiceProcess, path: string, headers: Record<string, string> = {}) =>
    fetch(`${at.url}/v1/workspaces/default/${path}`, {
      headers: { authorization: `Bearer ${service.token}`, ...headers },
    });
  const open = async (title: string): Promise<{ id: string; position: number }> => {
    const { body } = await service.untilAnswered(serving.url, 'incidents', { title }, title);
    return body as { id: string; position: number };
  };
  const since = (position: number, seconds: number) => ({
    'ledger-position-at-least': String(position),
    prefer: `wait=${seconds}`,
  });
  const readiness = async ({ url }: ServiceProcess) => (await fetch(`${url}/health/ready`)).json();

  it('say in their readiness which they have', async () => {
    expect(await readiness(serving)).toEqual({ status: 'ready', roles: ['serve'] });
    expect(await readiness(reading)).toEqual({ status: 'ready', roles: ['read'] });
  });

  it('one that serves moves no view that follows; one that follows does, and answers nothing else', async () => {
    const { position } = await open('Followed');
    const search = () => ask(serving, 'search?q=Followed', since(position, 30));
    const behind = await ask(serving, 'search?q=Followed', since(position, 0));
    expect([behind.status, ((await behind.json()) as { position: number }).position]).toEqual([503, 0]);

    const following = await service.process(undefined, 'follow');
    expect((await search()).status).toBe(200);
    expect(await readiness(following)).toEqual({ status: 'ready', roles: ['follow'] });
    const refused = await ask(following, 'incidents');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({
      type: 'urn:casebook:problem:unavailable',
      detail: expect.stringContaining('follows the ledger') as string,
    });
  });

  it('one on a standby answers a read once the standby has the position, and 503 if it does not get there in time', async () => {
    const first = await open('Before');
    expect((await ask(reading, `incidents/${first.id}`, since(first.position, 30))).status).toBe(200);

    await standby.query('SELECT pg_wal_replay_pause()');
    const { id, position } = await open('Paused');
    const late = await ask(reading, `incidents/${id}`, since(position, 1));
    expect(late.status).toBe(503);
    expect(late.headers.get('retry-after')).toBe('1');
    expect(await late.json()).toMatchObject({
      type: 'urn:casebook:problem:position-not-reached',
      needed: position,
      position: position - 1,
    });
    // Without a position it answers from what it has, and says which position that is.
    const stale = await ask(reading, 'incidents');
    expect([stale.status, stale.headers.get('ledger-position')]).toEqual([200, String(position - 1)]);

    const waiting = ask(reading, `incidents/${id}`, since(position, 30));
    await standby.query('SELECT pg_wal_replay_resume()');
    const answer = await waiting;
    expect([answer.status, ((await answer.json()) as { title: string }).title]).toEqual([200, 'Paused']);
  });

  it('one on a standby sends live readers every event', async () => {
    const reader = await LiveReader.open(reading.url, service.token, 'events?after=0');
    const { position } = await open('Live');
    await reader.until(() => reader.events.some(({ id }) => id === position));
    expect(reader.events.map(({ id }) => id)).toEqual(Array.from({ length: position }, (_, at) => at + 1));
    reader.close();
  });

  it('one on a standby takes no changes, and leaves to others what a read would sign', async () => {
    const write = await service.attempt(reading.url, 'incidents', { title: 'Lost' });
    checkRefusal(write);
    expect(write).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('takes no changes') as string },
    });
    const checkpoint = await ask(reading, 'ledger/checkpoint');
    expect([checkpoint.status, checkpoint.headers.get('retry-after')]).toEqual([503, '1']);
  });
});
