import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { CommandLine } from '../support/command-line.js';
import { DatabaseProxy } from '../support/database-proxy.js';

const AWAY =
  /The database at 127\.0\.0\.1:\d+\/\w+ is unreachable \(ECONN\w+\); waiting up to (\d+) s for it/;

describe('a start whose database is away', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  const commands = new CommandLine();
  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await DatabaseProxy.to(database.url);
  });
  beforeEach(() => (proxy.closed = true));
  afterAll(async () => {
    await commands.close();
    await proxy.close();
    await database.drop();
  });
  const serve = (seconds: number) =>
    commands.start(['serve'], {
      DATABASE_URL: proxy.url,
      CASEBOOK_CORPUS: 'off',
      CASEBOOK_DATABASE_WAIT: `${seconds}`,
    });

  it('waits for it, says so in one line, and serves once it is there', async () => {
    const command = serve(300);
    expect((await command.says(AWAY))[1]).toBe('300');
    proxy.closed = false;
    const [, url] = await command.says(/Casebook is listening on (\S+)/);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const { code, stdout } = await command.stop();
    expect([code, stdout.match(/is unreachable/g)]).toEqual([0, ['is unreachable']]);
  }, 60_000);

  it('gives up after the time that the setting allows, and names the setting of the address', async () => {
    const { code, stdout, stderr } = await serve(1).ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(AWAY);
    expect(stderr).toMatch(/DATABASE_URL \(127\.0\.0\.1:\d+\/\w+\): /);
  }, 60_000);

  it('ends at once when it is interrupted', async () => {
    const command = serve(300);
    await command.says(AWAY);
    expect(await command.stop()).toMatchObject({ code: 0, stdout: expect.stringContaining('Stopped.') });
  }, 60_000);
});
