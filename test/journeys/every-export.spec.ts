import { EXPORT_FORMATS, type ExportFormat, type ExportFormatName } from '@casebook/exchange';
import { enter } from '../support/corpus.js';
import { EXPORTS, fetchExport, textOf } from '../support/exports.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

/* What holds for every format that an incident is exported in. A new format is in the table, and so in these tests. */

const formatOf = (name: string): ExportFormat => EXPORT_FORMATS[name.split('?', 1)[0] as ExportFormatName];
const withMoment = (path: string, position: number): string =>
  `${path}${path.includes('?') ? '&' : '?'}asOf=${position}`;

describe('every export of an incident', () => {
  let service: TestService;
  let alice: Client;
  let gwen: Client;
  let open: Record<string, string>;
  let secret: Record<string, string>;
  let beforeErasure: number;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    gwen = await service.member('gwen', 'annotator', 'Gwen');
    open = await incidentOfAllKinds(alice);
    secret = await incidentOfAllKinds(service.admin);
    const path = `incidents/${secret['incident']}`;
    const comment = await enter(service.admin, `${path}/comments`, {
      targetId: secret['claim'],
      body: 'Zanzibar was named.',
    });
    const claim = await enter(service.admin, `${path}/claims`, {
      anchor: { documentId: secret['document'], exact: 'the agency wrote' },
      statement: 'Zanzibar is the source.',
      tags: ['zanzibar'],
    });
    await service.admin.post(`${path}/restriction`, { members: ['admin', 'alice'] });
    await service.caughtUp();
    beforeErasure = await service.size();
    for (const subject of [comment.id, claim.id])
      await service.admin.post('erasures', { subject, reason: 'Asked to', legalBasis: 'GDPR 17' });
    await service.caughtUp();
  });
  afterAll(() => service.close());

  const read = (name: string, ids: Record<string, string>, client: Client, headers = {}) =>
    fetchExport(service.url, client, `incidents/${ids['incident']}/export/${name}`, headers);

  it.each(EXPORTS)(
    'as %s: has its media type, a file name, its position, and an ETag that saves sending it again',
    async (name) => {
      const { mediaType, extension } = formatOf(name);
      const { status, headers, bytes } = await read(name, open, alice);
      expect([status, bytes.length > 0]).toEqual([200, true]);
      expect(headers.get('content-type')).toBe(mediaType);
      expect(headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="incident-${open['incident']}-\\d+\\.${extension}"$`),
      );
      expect(Number(headers.get('ledger-position'))).toBe(await service.size());
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const again = await read(name, open, alice, { 'if-none-match': headers.get('etag')! });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
    },
  );

  it.each(EXPORTS)(
    'as %s: is the same to the byte whenever it is asked for as of one moment',
    async (name) => {
      const moment = await service.size();
      const path = withMoment(name, moment);
      const then = await read(path, open, alice);
      await enter(alice, `incidents/${open['incident']}/comments`, {
        targetId: open['claim'],
        body: `Later than ${name}.`,
      });
      await service.caughtUp();
      const again = await read(path, open, alice);
      expect([again.status, again.headers.get('etag')]).toEqual([200, then.headers.get('etag')]);
      expect(again.bytes.equals(then.bytes)).toBe(true);
      expect(again.headers.get('ledger-position')).toBe(String(moment));
      expect(await textOf(name, again.bytes)).not.toContain(`Later than ${name}`);
    },
  );

  it.each(EXPORTS)('as %s: is refused to those who may not see the incident', async (name) => {
    const mine = await read(name, secret, alice);
    expect([mine.status, mine.bytes.length > 0]).toEqual([200, true]);
    const refused = await read(name, secret, gwen);
    expect([refused.status, JSON.parse(refused.bytes.toString('utf8')).type]).toEqual([
      404,
      'urn:casebook:problem:incident-unknown',
    ]);
  });

  it.each(EXPORTS)('as %s: says nothing that was erased by law, now and as of before', async (name) => {
    for (const path of [name, withMoment(name, beforeErasure)]) {
      const { status, bytes } = await read(path, secret, service.admin);
      expect(status).toBe(200);
      expect((await textOf(name, bytes)).toLowerCase()).not.toContain('zanzibar');
    }
  });

  it.each(EXPORTS)('as %s: is refused above the clearance of its reader', async (name) => {
    await service.admin.patch(`documents/${open['document']}`, { tlp: 'red' });
    await service.admin.patch('members/gwen', { clearance: 'green' });
    expect((await read(name, open, gwen)).status).toBe(404);
    expect((await read(name, open, alice)).status).toBe(200);
  });
});
