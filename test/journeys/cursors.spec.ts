import { ANNOTATION_KINDS, KINDS } from '@casebook/contracts';
import { enter } from '../support/corpus.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

/* A cursor belongs to the list that gave it, with its filter: anywhere else it would begin by chance. */
describe('a cursor', () => {
  let service: TestService;
  let admin: Client;
  let incident: string;
  let other: string;

  beforeAll(async () => {
    service = await startTestService();
    ({ admin } = service);
    incident = (await enter(admin, 'incidents', { title: 'Harbour' })).id;
    other = (await enter(admin, 'incidents', { title: 'Market' })).id;
    for (const id of [incident, other]) {
      for (const summary of ['First', 'Second', 'Third']) {
        await enter(admin, `incidents/${id}/attacks`, { summary, evidence: [] });
        await enter(admin, `incidents/${id}/warnings`, { summary });
      }
    }
    await service.caughtUp();
  });
  afterAll(() => service.close());

  const nextOf = async (path: string): Promise<string> => {
    const { body } = await admin.get(path);
    expect([path, typeof body.next]).toEqual([path, 'string']);
    return body.next as string;
  };
  const refused = async (path: string, cursor: string) => {
    const { status, body } = await admin.get(`${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`);
    expect([path, status, body.type]).toEqual([path, 400, 'urn:casebook:problem:bad-cursor']);
  };

  it.each([
    ['incidents?limit=1', ['incidents?limit=1&status=open', 'documents?limit=1']],
    [
      'incidents/INCIDENT/attacks?limit=1',
      ['incidents/OTHER/attacks?limit=1', 'incidents/INCIDENT/warnings?limit=1'],
    ],
    ['incidents/INCIDENT/attacks?limit=1&status=active', ['incidents/INCIDENT/attacks?limit=1']],
    ['incidents/INCIDENT/history?limit=1', ['incidents/OTHER/history?limit=1', 'audit?limit=1']],
    ['audit?limit=1&actor=admin', ['audit?limit=1', 'audit?limit=1&actor=mira']],
    ['activity?limit=1', ['activity?limit=1&member=admin']],
    ['events?limit=1', ['events?limit=1&type=AttackRecorded']],
  ])('of %s is none of another list', async (path, others) => {
    const at = (each: string) => each.replace('INCIDENT', incident).replace('OTHER', other);
    const cursor = await nextOf(at(path));
    expect((await admin.get(`${at(path)}&cursor=${cursor}`)).status).toBe(200);
    for (const each of others) await refused(at(each), cursor);
  });

  it('goes on with another length of page, and in the Link of the page', async () => {
    const first = await admin.get(`incidents/${incident}/attacks?limit=1`);
    const link = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(new URL(link, service.url).searchParams.get('cursor')).toBe(first.body.next);
    const rest = await admin.get(`incidents/${incident}/attacks?limit=5&cursor=${first.body.next}`);
    expect(rest.body.items.map(({ summary }: { summary: string }) => summary)).toEqual(['Second', 'Third']);
  });

  it('may be a position where a list is in the order of the ledger, and nowhere else', async () => {
    expect((await admin.get('audit?limit=1&cursor=3')).body.items[0].position).toBe(4);
    for (const kind of ANNOTATION_KINDS) await refused(`incidents/${incident}/${KINDS[kind].path}`, '3');
  });
});

describe('what a client sends in an address', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    await enter(service.admin, 'incidents', { title: 'Harbour' });
  });
  afterAll(() => service.close());

  it.each([
    ['incidents?q=caf%E9', 'q'],
    ['tags?prefix=%ZZ', 'prefix'],
    ['search?q=a%', 'q'],
  ])('is percent-encoded UTF-8, or refused by name: %s', async (path, parameter) => {
    const { status, body } = await service.admin.get(path);
    expect([status, body.errors]).toEqual([
      400,
      [{ parameter, detail: expect.stringMatching(/^is not percent-encoded UTF-8/) }],
    ]);
  });

  it('understands a + of an offset that is not encoded, and a day as its end', async () => {
    const plus = await service.admin.get('incidents?asOf=2199-11-30T10:00:00+01:00');
    expect([plus.status, plus.body.items.length]).toEqual([200, 1]);
    const before = 'from=2001-11-30T10:00:00+01:00&to=2199-11-30T10:00:00+01:00';
    for (const path of ['audit', 'activity', 'search?q=harbour']) {
      const { status } = await service.admin.get(`${path}${path.includes('?') ? '&' : '?'}${before}`);
      expect([path, status]).toEqual([path, 200]);
    }
    const today = new Date().toISOString().slice(0, 10);
    expect((await service.admin.get(`incidents?asOf=${today}`)).body.items).toHaveLength(1);
    expect((await service.admin.get('incidents?asOf=2001-01-01')).body.items).toHaveLength(0);
    expect((await service.admin.get('incidents?asOf=2001-02-29')).status).toBe(400);
  });

  it('says that a moment lies beyond the head', async () => {
    const head = String(await service.size());
    for (const asOf of ['2199-01-01', '4000000']) {
      const { status, headers } = await service.admin.get(`incidents?asOf=${asOf}`);
      expect([asOf, status, headers.get('ledger-head')]).toEqual([asOf, 200, head]);
    }
    for (const asOf of [head, '2001-01-01']) {
      expect((await service.admin.get(`incidents?asOf=${asOf}`)).headers.get('ledger-head')).toBeNull();
    }
  });

  it('previews an undoing without a position: somebody else’s event will have it', async () => {
    const { id } = await enter(service.admin, 'incidents', { title: 'Market' });
    const text = await enter(service.admin, 'documents', { title: 'Note', text: 'Nine died.' });
    await enter(service.admin, `incidents/${id}/documents`, { documentId: text.id });
    const { position } = (
      await service.admin.post(`incidents/${id}/documents/${text.id}/detachment`, {
        reason: 'The other one.',
      })
    ).body;
    const undo = { positions: [position], reason: 'It was the right one.' };
    const preview = await service.admin.post('undo', { ...undo, dryRun: true });
    expect(preview.body.undone).toEqual([
      { undoes: position, change: expect.not.objectContaining({ position: expect.anything() }) },
    ]);
    const done = await service.admin.post('undo', undo);
    expect(done.body.undone[0].change).toMatchObject({ position: position + 1, reason: undo.reason });
    const { items } = (await service.admin.get(`incidents/${id}/history?after=${position}`)).body;
    expect(items).toMatchObject([{ type: 'DocumentAttached', reason: undo.reason }]);
  });
});
