import { DatabaseProxy, isCommit } from '../support/database-proxy.js';
import { startTestService, type TestService } from '../support/service.js';
import { ServiceProcess } from '../support/service-process.js';

/* A host that vanished answers nothing and ends no connection; TCP takes a quarter of an hour to notice. */
describe('a database that answers nothing any more, over connections that stay open', () => {
  let service: TestService;
  let proxy: DatabaseProxy;
  let apart: ServiceProcess;
  let url: string;
  beforeAll(async () => {
    service = await startTestService();
    proxy = await DatabaseProxy.to(service.database.url);
    apart = await ServiceProcess.start(proxy.url);
    ({ url } = apart);
  });
  afterAll(async () => {
    await apart.kill();
    await proxy.close();
    await service.close();
  });

  const open = (title: string) =>
    fetch(new URL('/v1/workspaces/default/incidents', url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.admin.token}`,
        'content-type': 'application/json',
        'idempotency-key': title.replaceAll(' ', '-'),
      },
      body: JSON.stringify({ title }),
    });

  it('a commit whose answer is lost on one connection is answered over another, and recorded once', async () => {
    expect((await open('Before')).status).toBe(201);
    const before = await service.size();
    let caught = false;
    proxy.interfere = (bytes) => {
      if (caught || !isCommit(bytes)) return 'pass';
      caught = true;
      return 'hold';
    };
    const answer = await open('Held');
    expect([caught, answer.status]).toEqual([true, 201]);
    expect(await service.size()).toBe(before + 1);
  }, 60_000);

  it('commands get 503 with Retry-After, and are recorded as soon as the database is there again', async () => {
    const before = await service.size();
    proxy.vanished = true;
    const answers = await Promise.all(['Lost 1', 'Lost 2'].map(open));
    expect(answers.map(({ status, headers }) => [status, Number(headers.get('retry-after')) > 0])).toEqual([
      [503, true],
      [503, true],
    ]);
    expect((await fetch(new URL('/health/ready', url))).status).toBe(503);
    proxy.vanished = false;
    let status = 503;
    while (status === 503) ({ status } = await open('Lost 1'));
    expect(status).toBe(201);
    expect(await service.size()).toBe(before + 1);
  }, 120_000);
});
