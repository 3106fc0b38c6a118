import { LiveReader } from '../support/live-reader.js';
import { startTestService, type TestService } from '../support/service.js';
import { ServiceProcess } from '../support/service-process.js';

const QUICK = 960;
const STALLED = 40;
const MEGABYTE = 1024 * 1024;

describe('a thousand live readers of one process', () => {
  let service: TestService;
  let program: ServiceProcess;
  let url: string;
  beforeAll(async () => {
    service = await startTestService();
    program = await ServiceProcess.start(service.database.url);
    ({ url } = program);
  });
  afterAll(async () => {
    await program.stop();
    await service.close();
  });

  /** Some at a time: more than the server's backlog would wait for their connections to be tried again. */
  async function open(count: number, path: string): Promise<LiveReader[]> {
    const readers: LiveReader[] = [];
    while (readers.length < count) {
      const some = Math.min(100, count - readers.length);
      readers.push(
        ...(await Promise.all(
          Array.from({ length: some }, () => LiveReader.open(url, service.admin.token, path)),
        )),
      );
    }
    return readers;
  }

  it('each gets every event once and in order, whatever those who stall do not take; and that is not kept for them', async () => {
    const client = service.client(service.admin.token, url);
    const watched = (await client.post('incidents', { title: 'Watched' })).body as {
      id: string;
      position: number;
    };
    const other = (await client.post('incidents', { title: 'Other' })).body.id as string;
    const from = watched.position;
    const quick = await open(QUICK, `events?after=${from}&incidentId=${watched.id}`);
    const stalled = await open(STALLED, `events?after=${from}`);
    for (const reader of stalled) reader.pause();
    const before = await program.memory();

    // Some 20 MB, which those who stall are to be sent, and 60 events for the others between them.
    const summary = 'x'.repeat(9_000);
    const expected: number[] = [];
    let last = 0;
    for (let round = 0; round < 60; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 38 }, (_, at) =>
          client.post(`incidents/${at === 0 ? watched.id : other}/attacks`, {
            summary: at === 0 ? `Attack ${round}` : summary,
          }),
        ),
      );
      const positions = answers.map(({ body }) => body.position as number);
      expected.push(positions[0]!);
      last = Math.max(last, ...positions);
    }
    await Promise.all(quick.map((reader) => reader.until(() => reader.events.length >= expected.length)));
    for (const reader of quick) expect(reader.events.map(({ id }) => id)).toEqual(expected);

    // 40 readers times 20 MB would be 800 MB; what the service came to hold is for the events themselves.
    expect((await program.memory()) - before).toBeLessThan(400 * MEGABYTE);

    const [late] = stalled;
    late!.resume();
    await late!.until(() => late!.events.at(-1)?.id === last);
    expect(late!.events.map(({ id }) => id)).toEqual(
      Array.from({ length: last - from }, (_, at) => from + at + 1),
    );
    for (const reader of [...quick, ...stalled]) reader.close();
  }, 300_000);
});
