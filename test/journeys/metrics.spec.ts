import { LiveReader } from '../support/live-reader.js';
import { startTestService, type TestService } from '../support/service.js';

const TOKEN = 'an-operators-token-of-metrics';

describe('GET /metrics', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ metricsToken: TOKEN });
  });
  afterAll(() => service.close());

  const scrape = () => service.client(TOKEN).get<string>('/metrics');

  /** The samples of one metric, by their labels as they are written. */
  async function samples(metric: string): Promise<Record<string, number>> {
    const { text } = await scrape();
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith(`${metric} `) || line.startsWith(`${metric}{`));
    return Object.fromEntries(
      lines.map((line) => [line.slice(metric.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  }

  it('answers the operator in the text format of Prometheus', async () => {
    const { status, headers, text } = await scrape();
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ]);
    expect(text).toMatch(/^# TYPE nodejs_eventloop_lag_p99_seconds gauge$/m);
    expect(text).toMatch(/^casebook_database_up 1$/m);
  });

  it.each([
    ['an admin', () => service.admin.token],
    ['a guess', () => `${TOKEN}-`],
    ['nothing', () => ''],
  ])('refuses %s', async (_who, token) => {
    const { status, body, headers } = await service.client(token()).get('/metrics');
    expect([status, body.type]).toEqual([401, 'urn:casebook:problem:unauthenticated']);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="casebook-metrics"');
  });

  it('is no address where no token is set', async () => {
    const other = await startTestService();
    try {
      expect((await other.client(TOKEN).get('/metrics')).status).toBe(404);
    } finally {
      await other.close();
    }
  });

  it('counts the live feeds that are open', async () => {
    const reader = await LiveReader.open(service.url, service.admin.token, 'events');
    expect(reader.status).toBe(200);
    expect(await samples('casebook_live_readers')).toEqual({ '': 1 });
    reader.close();
    let open: number | undefined = 1;
    while (open !== 0) open = (await samples('casebook_live_readers'))[''];
    expect(open).toBe(0);
  });

  it('says by how many events each view is behind', async () => {
    await service.caughtUp();
    await service.database.ownerPool.query(
      `INSERT INTO view_progress (workspace_id, view, version, status, position) VALUES ('default', 'older', 7, 'following', 0)`,
    );
    const lags = await samples('casebook_view_lag_events');
    expect(lags['{view="older_v7"}']).toBe(await service.size());
    expect(lags['{view="incidents_v1"}']).toBe(0);
  });

  it('measures each batch that is appended', async () => {
    const names = ['appended_events_total', 'append_seconds_count', 'batch_commands_sum'];
    const figures = () => Promise.all(names.map(async (name) => (await samples(`casebook_${name}`))['']!));
    const before = await figures();
    await service.admin.post('incidents', { title: 'Rockets at Tarrick' });
    expect(await figures()).toEqual(before.map((figure) => figure + 1));
    expect(await samples('casebook_commands_failing')).toEqual({ '': 0 });
  });

  it('says how long the oldest unsigned event has waited', async () => {
    expect((await samples('casebook_checkpoint_age_seconds'))['']).toBeGreaterThan(0);
    await service.admin.get('ledger/checkpoint');
    expect(await samples('casebook_checkpoint_age_seconds')).toEqual({ '': 0 });
  });

  it('counts refused attempts once they are recorded', async () => {
    await service.client('casebook_guessed').get('settings');
    let recorded: number | undefined = 0;
    while (recorded === 0) {
      recorded = (await samples('casebook_refused_attempts_total'))['{outcome="recorded"}'];
    }
    expect(await samples('casebook_refused_attempts_total')).toEqual({
      '{outcome="recorded"}': 1,
      '{outcome="lost"}': 0,
    });
  });
});
