import { type Client, startTestService, type TestService } from '../support/service.js';

/* What large incidents and wrong tokens cost everybody else, by what is counted (hostile.spec.ts has the rest). */

const MIB = 1024 * 1024;

describe('an incident of megabytes', () => {
  let service: TestService;
  let ann: Client;
  let incidentId: string;
  let from: number;
  beforeAll(async () => {
    service = await startTestService();
    ann = await service.member('ann', 'annotator');
    from = await service.size();
    incidentId = (await ann.post('incidents', { title: 'Large' })).body.id as string;
    const { body: attack } = await ann.post(`incidents/${incidentId}/attacks`, { summary: 'Disputed' });
    const body = {
      question: 'Which?',
      targets: [attack.id as string],
      positions: Array.from({ length: 6 }, () => ({ statement: 'word '.repeat(1990) })),
    };
    const commands = Array.from({ length: 20 }, () => ({ command: 'raise-dispute', incidentId, body }));
    for (let batch = 0; batch < 6; batch += 1)
      expect((await ann.post('batches', { mode: 'atomic', commands })).status).toBe(200);
    await service.caughtUp();
  });
  afterAll(() => service.close());

  const read = async (path: string): Promise<{ status: number; bytes: number; etag: string | null }> => {
    const answer = await fetch(`${service.url}/v1/workspaces/default/incidents/${incidentId}${path}`, {
      headers: { authorization: `Bearer ${ann.token}` },
    });
    const { byteLength: bytes } = await answer.arrayBuffer();
    return { status: answer.status, bytes, etag: answer.headers.get('etag') };
  };

  it('is parsed and written some annotations at a time: now, as it was, compared and analysed', async () => {
    const { parse, stringify } = JSON;
    const lengths: number[] = [];
    JSON.parse = (text: string, ...more: []) => {
      lengths.push(text.length);
      return parse(text, ...more) as unknown;
    };
    JSON.stringify = (...value: [unknown]) => {
      const text = stringify(...value) as string | undefined;
      lengths.push(text?.length ?? 0);
      return text as string;
    };
    try {
      const size = await service.size();
      for (const path of ['', `?asOf=${size}`, `/sources`, `/difference?from=${from}`]) {
        const { status, bytes } = await read(path);
        expect([path, status, bytes > 6 * MIB]).toEqual([path, 200, true]);
      }
      for (const path of ['/suggestions', '/scorecard', '/casualties', '/graph', '/timeline'])
        expect([path, (await read(path)).status]).toEqual([path, 200]);
      expect(Math.max(...lengths)).toBeLessThan(MIB / 4);
    } finally {
      Object.assign(JSON, { parse, stringify });
    }
  });

  it('has the same tag each time, and is not sent again to who has it', async () => {
    const [one, two] = [await read(''), await read('')];
    expect(one.etag).toMatch(/^"\d+\.[\w-]{22}"$/);
    expect(two.etag).toBe(one.etag);
    const known = await ann.get(`incidents/${incidentId}`, { 'if-none-match': one.etag! });
    expect([known.status, known.text]).toEqual([304, '']);
  });
});

describe('an incident with very many suggestions', () => {
  it('takes a decision about one of them, which is computed before the ledger waits for it', async () => {
    const service = await startTestService();
    try {
      const { body: incident } = await service.admin.post('incidents', { title: 'Many' });
      const incidentId = incident.id as string;
      const commands = Array.from({ length: 300 }, (_, at) => ({
        command: 'record-warning',
        incidentId,
        body: { summary: `Warning ${at}` },
      }));
      const recorded = await service.admin.post('batches', { mode: 'atomic', commands });
      expect(recorded.status).toBe(200);
      const path = `incidents/${incidentId}/suggestions`;
      const { suggestions } = (await service.admin.get(path)).body;
      expect(suggestions).toHaveLength(300);
      const decided = `${path}/${suggestions[299].id}/dismissal`;
      expect((await service.admin.post(decided, { reason: 'Known.' })).status).toBe(200);
      expect((await service.admin.get(path)).body.suggestions).toHaveLength(299);
    } finally {
      await service.close();
    }
  });
});

describe('a session of the console that opens nothing', () => {
  it('is a wrong token of its address: tokens are not tried there without limit', async () => {
    const service = await startTestService({ protection: { refusalsPerMinute: 3 } });
    try {
      const letIn = () => service.admin.get('settings');
      expect((await letIn()).status).toBe(200);
      const statuses: number[] = [];
      for (let tried = 0; tried < 5; tried += 1) {
        const { status } = await fetch(`${service.url}/v1/session`, {
          headers: { cookie: `casebook-session=default:casebook_${'x'.repeat(40)}${tried}` },
        });
        statuses.push(status);
      }
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
      expect((await letIn()).status).toBe(200);
    } finally {
      await service.close();
    }
  });
});
