import { randomBytes } from 'node:crypto';
import { eventLine } from '@casebook/exchange';
import { Ledger, verifyLedger } from '@casebook/ledger';
import { tablesWith } from '../../support/plaintext.js';
import { type Client, startTestService, type TestService } from '../../support/service.js';

const LAW = { reason: 'The person asked for it.', legalBasis: 'GDPR Art. 17(1)(d)' };

describe('the file that a document was imported from', () => {
  let service: TestService;
  let analyst: Client;
  let gwen: Client;
  beforeAll(async () => {
    service = await startTestService();
    analyst = await service.member('analyst', 'annotator');
    gwen = await service.member('gwen', 'annotator');
    await service.admin.patch('members/gwen', { clearance: 'green' });
  });
  afterAll(() => service.close());

  /** A page whose source, but not its text, holds the secret. */
  const page = (title: string, secret = ''): Buffer =>
    Buffer.from(
      `<html><head><title>${title}</title><meta charset="utf-8"></head><body data-secret="${secret}"><p>${title}: nine people were killed, the governor said.</p></body></html>`,
    );
  const send = async (bytes: Uint8Array, query = ''): Promise<{ id: string; position: number }> => {
    const answer = await analyst.post(`documents${query}`, bytes, { 'content-type': 'text/html' });
    expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ id: expect.any(String) })]);
    return answer.body as { id: string; position: number };
  };
  const originalOf = async (id: string, client = analyst, headers = {}) => {
    const answer = await fetch(`${service.url}/v1/workspaces/default/documents/${id}/original`, {
      headers: { authorization: `Bearer ${client.token}`, ...headers },
    });
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const kept = async (id: string): Promise<number[]> =>
    (await new Ledger(service.database.pool).readAll('default', { limit: 10_000 }))
      .filter(({ type, subject }) => type === 'OriginalKept' && subject === id)
      .map(({ position }) => position);

  it('of several megabytes comes back byte for byte, and is sent once', async () => {
    const large = Buffer.concat([
      page('Large'),
      Buffer.from(`<!-- ${randomBytes(3_000_000).toString('hex')} -->`),
    ]);
    const { id } = await send(large);
    expect(await kept(id)).toHaveLength(2);
    const { bytes, headers } = await originalOf(id);
    expect(bytes.equals(large)).toBe(true);
    const again = await originalOf(id, analyst, { 'if-none-match': headers.get('etag') ?? '' });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });

  it('its name cannot break out of the header', async () => {
    const name = 'a"b\\c/ä€😀.html';
    const { id } = await send(page('Named'), `?fileName=${encodeURIComponent(name)}`);
    const { headers } = await originalOf(id);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="a_b_c_____.html"; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
  });

  it('is hidden with its document', async () => {
    const { id } = await send(page('Red'), '?tlp=red');
    expect((await originalOf(id)).status).toBe(200);
    expect((await originalOf(id, gwen)).status).toBe(404);
  });

  it('of a text, is the text; of no document, nothing', async () => {
    const { body } = await analyst.post('documents', { title: 'Text', text: 'Nine – “killed”.' });
    expect((await originalOf(body.id)).bytes.toString('utf8')).toBe('Nine – “killed”.');
    expect((await originalOf(`sha256:${'0'.repeat(64)}`)).status).toBe(404);
  });

  it('is in no feed, history or list: its digest and its address are', async () => {
    const secret = randomBytes(24).toString('hex');
    const { id, position } = await send(page('Feed', secret));
    const encoded = page('Feed', secret).toString('base64');
    for (const path of ['events?limit=200', 'audit?limit=200', `documents/${id}`, 'documents'])
      expect((await analyst.get(path)).text).not.toContain(encoded);
    const { body } = await analyst.get(`events?after=${position - 1}&limit=1`);
    expect(body.items[0]).toMatchObject({
      type: 'OriginalKept',
      data: {
        mediaType: 'text/html',
        content: {
          digest: expect.stringMatching(/^sha256:/),
          bytes: page('Feed', secret).length,
          href: `/v1/workspaces/default/documents/${id}/original`,
        },
      },
    });
    const { body: audit } = await analyst.get(`audit?type=OriginalKept&limit=200`);
    expect(audit.items.map(({ sentence }: { sentence: string }) => sentence)).toContainEqual(
      expect.stringMatching(/^analyst kept the original of the document “Feed/),
    );
  });

  it('is in an export of the ledger', async () => {
    const { id } = await send(page('Exported'));
    const ledger = new Ledger(service.database.pool);
    const events = await ledger.readAll('default', { limit: 10_000 });
    const stored = events.find(({ type, subject }) => type === 'OriginalKept' && subject === id);
    expect(eventLine(stored!)).toContain(page('Exported').toString('base64'));
  });

  it.each(['subject', 'position'] as const)('is erased with its document, by %s', async (by) => {
    const secret = randomBytes(24).toString('hex');
    const bytes = page(`Erased by ${by}`, secret);
    const { id, position } = await send(bytes);
    const erasure = by === 'subject' ? { subject: id } : { positions: [position - 1] };
    const { status, body } = await service.admin.post('erasures', { ...erasure, ...LAW });
    expect([status, body.positions]).toEqual([201, [position - 1, position]]);
    expect((await originalOf(id)).status).toBe(404);
    expect((await analyst.get(`documents/${id}`)).body).not.toHaveProperty('original');
    expect(await tablesWith(service.database.ownerPool, bytes.toString('base64'))).toEqual([]);
    const again = await analyst.post('documents', bytes, { 'content-type': 'text/html' });
    expect([again.status, again.body.type]).toEqual([409, 'urn:casebook:problem:document-erased']);
    await service.caughtUp();
    expect((await verifyLedger(service.database.pool, 'default'))?.lies).toEqual([]);
    for (const { view, differences } of await service.replay())
      expect([view, differences]).toEqual([view, []]);
  });

  it('erased alone, it leaves the text, which the erasure names as a copy', async () => {
    const { id, position } = await send(page('Alone'));
    const { body } = await service.admin.post('erasures', { positions: [position], ...LAW });
    expect(body).toMatchObject({ positions: [position], quotedAt: [position - 1] });
    expect((await originalOf(id)).bytes.toString('utf8')).toContain('Alone: nine people');
    expect((await analyst.get(`documents/${id}`)).body).toMatchObject({ title: 'Alone' });
  });

  it('the first one that a text came in stays', async () => {
    const { id } = await send(page('Twice', 'first'));
    const { digest } = (await analyst.get(`documents/${id}`)).body.original;
    const again = await analyst.post('documents', page('Twice', 'second'), { 'content-type': 'text/html' });
    expect([again.status, again.body]).toEqual([
      200,
      expect.objectContaining({ id, differs: { original: digest } }),
    ]);
    expect((await originalOf(id)).bytes.equals(page('Twice', 'first'))).toBe(true);
  });
});
