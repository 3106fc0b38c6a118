import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { exportLedger, importLedger, verifyOffline } from '../../apps/cli/src/index.js';
import { startTestService, type TestService } from '../support/service.js';

const SECRET = 'The witness lives in Harbour Street.';

describe('the ledger is exported over HTTP', () => {
  let service: TestService;
  let folder: string;
  let said: string[];
  const homes = new Map<string, string>();
  const environment = { ...process.env };
  const write = process.stdout.write.bind(process.stdout);
  const file = (name: string): string => join(folder, name);

  const on = (database: TestDatabase): void => {
    process.env['DATABASE_URL'] = database.url;
    // What was signed belongs to one database.
    if (!homes.has(database.url)) homes.set(database.url, temporaryHome());
    process.env['CASEBOOK_HOME'] = homes.get(database.url);
    process.env['CASEBOOK_ORIGIN'] = 'casebook.test';
    process.env['CASEBOOK_SIGNING_KEY'] = Buffer.alloc(32, 7).toString('base64');
  };
  /** The answer as it comes, to be read or not. */
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> => {
    const request = httpRequest(new URL(path, `${service.url}/v1/workspaces/default/`), {
      agent: false,
      headers: { authorization: `Bearer ${service.admin.token}`, ...headers },
    });
    request.on('error', () => undefined);
    request.end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return answer;
  };
  const bytesOf = async (answer: IncomingMessage): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const linesOf = (text: string): string[] => text.trimEnd().split('\n');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebook-export-'));
    service = await startTestService();
    const { admin } = service;
    const incident = (await admin.post('incidents', { title: 'One' })).body.id as string;
    for (let at = 0; at < 5; at += 1)
      await admin.post(`incidents/${incident}/attacks`, { summary: `Attack ${at}` });
    await admin.post(`incidents/${incident}/restriction`, { members: ['admin'] });
  });
  beforeEach(() => {
    said = [];
    process.stdout.write = (text: unknown) => {
      said.push(String(text));
      return true;
    };
    on(service.database);
  });
  afterEach(() => {
    process.stdout.write = write;
    process.exitCode = undefined;
  });
  afterAll(async () => {
    process.env = environment;
    await service.close();
    await rm(folder, { recursive: true });
  });

  it('in the bytes of casebook export, compressed where that is asked for', async () => {
    await exportLedger(file('by-command.jsonl'), { workspace: 'default' });
    const byCommand = await readFile(file('by-command.jsonl'));
    const plain = await ask('ledger/export');
    expect(plain.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-location': `/v1/workspaces/default/ledger/export?to=${await service.size()}`,
      'cache-control': 'no-store',
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect((await bytesOf(plain)).equals(byCommand)).toBe(true);
    const compressed = await ask('ledger/export', { 'accept-encoding': 'br;q=1.0, gzip;q=0.8' });
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(await bytesOf(compressed)).equals(byCommand)).toBe(true);
    for (const none of ['gzip;q=0', 'identity', 'br']) {
      expect((await ask('ledger/export', { 'accept-encoding': none })).headers['content-encoding']).toBe(
        undefined,
      );
    }
  });

  it('to those who may see all of it', async () => {
    const { admin } = service;
    for (const role of ['reader', 'annotator', 'adjudicator']) {
      const client = await service.member(role, role);
      expect((await client.get('ledger/export')).status).toBe(403);
    }
    const auditor = await service.member('audrey', 'auditor');
    const whole = await auditor.get('ledger/export');
    expect(whole.status).toBe(200);
    expect(whole.text).toContain('IncidentRestricted');
    await admin.patch('members/audrey', { clearance: 'amber+strict' });
    const closed = await auditor.get('ledger/export');
    expect([closed.status, closed.body.type]).toEqual([403, 'urn:casebook:problem:not-permitted']);
  });

  it('goes on behind the last line that came, and as of a checkpoint that was signed', async () => {
    const { admin } = service;
    const first = await admin.get('ledger/export');
    const again = first.headers.get('content-location')!;
    await admin.post('incidents', { title: 'Recorded since' });
    const lines = linesOf(first.text);
    for (const after of [0, 3, lines.length - 2, lines.length - 1]) {
      const rest = await admin.get(`${again}&after=${after}`);
      expect(lines.slice(0, after).concat(linesOf(rest.text))).toEqual(lines);
    }
    expect((await admin.get(`${again}&after=${lines.length}`)).status).toBe(404);
    const size = await service.size();
    const never = await admin.get(`ledger/export?to=${size}`);
    expect([never.status, never.body.nearest]).toEqual([404, [lines.length - 1]]);
    expect((await admin.get('ledger/export?to=-1')).status).toBe(400);
  });

  describe('across an erasure', () => {
    const erase = async (subject: string) => {
      const erased = await service.admin.post('erasures', {
        subject,
        reason: 'The witness asked for it.',
        legalBasis: 'GDPR Art. 17',
      });
      expect(erased.status).toBe(201);
    };
    const importText = async (text: string): Promise<string> =>
      (await service.admin.post('documents', { title: 'Notes', text })).body.id as string;
    const restored = async (name: string): Promise<{ size: number; root: string; texts: string }> => {
      const target = await createTestDatabase();
      try {
        on(target);
        await importLedger(file(name), {});
        const { rows } = await target.pool.query<{ payload: string | null }>(
          `SELECT payload FROM events WHERE workspace_id = 'default'`,
        );
        const root = /root (\S+),/.exec(said.join(''))?.[1] ?? '';
        return { size: rows.length, root, texts: rows.map(({ payload }) => payload).join('\n') };
      } finally {
        on(service.database);
        await target.drop();
      }
    };

    it('by the command that was broken off before and goes on after, begins anew', async () => {
      const small = await importText(`${SECRET} 1`);
      await exportLedger(file('before.jsonl'), { workspace: 'default' });
      const before = (await readFile(file('before.jsonl'), 'utf8')).trimEnd().split('\n');
      const size = before.length - 1;
      // As a kill leaves it: all events are there, the secret among them, and the checkpoint is not.
      const unfinished = before
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join('');
      await writeFile(file('resumed.jsonl.partial'), unfinished);
      await writeFile(
        file('resumed.jsonl.progress'),
        JSON.stringify({ workspace: 'default', position: size, bytes: Buffer.byteLength(unfinished), size }),
      );
      await erase(small);
      await exportLedger(file('resumed.jsonl'), { workspace: 'default', resume: true });
      expect(said.join('')).toContain('An event already written was erased: the export starts again.');
      const resumed = await readFile(file('resumed.jsonl'), 'utf8');
      expect(resumed).not.toContain(SECRET);
      await verifyOffline(file('resumed.jsonl'), undefined);
      expect(said.join('')).toMatch(/ 1 of them erased, .* sound/);

      // Parts that somebody put together all the same: what the file says was erased does not come back.
      const after = linesOf((await service.admin.get(`ledger/export?after=${size}`)).text);
      await writeFile(
        file('patched.jsonl'),
        [...before.slice(0, -1), ...after].map((line) => `${line}\n`).join(''),
      );
      await verifyOffline(file('patched.jsonl'), undefined);
      expect(said.join('')).toMatch(
        /patched\.jsonl still holds payloads erased while it was written, at position \d+/,
      );
      const back = await restored('patched.jsonl');
      expect(back.size).toBe(await service.size());
      expect(back.texts).not.toContain(SECRET);
    });

    it('ends with a line that says so; nothing imports it, and to go on is refused', async () => {
      // More than sockets hold, so that most of it is still to be read while the reader waits.
      for (let at = 0; at < 12; at += 1) await importText(`${at} ${'Nothing new. '.repeat(120_000)}`);
      const last = await importText(`${SECRET} 2`);
      const answer = await ask('ledger/export');
      // Nothing is taken between the first chunk and the erasure.
      const chunks: Buffer[] = [];
      for await (const chunk of answer) {
        if (chunks.length === 0) await erase(last);
        chunks.push(chunk as Buffer);
      }
      const text = Buffer.concat(chunks).toString('utf8');
      const end = JSON.parse(linesOf(text).at(-1)!) as { type: string; data: { detail: string } };
      expect(end).toMatchObject({ type: 'casebook.broken-off' });
      expect(text).not.toContain(`${SECRET} 2`);
      await writeFile(file('overtaken.jsonl'), text);
      await expect(verifyOffline(file('overtaken.jsonl'), undefined)).rejects.toThrow(
        /the export was broken off: the erasure at position \d+ erased something/,
      );
      await expect(importLedger(file('overtaken.jsonl'), {})).rejects.toThrow(/broken off/);

      const refused = await service.admin.get(`${answer.headers['content-location']}&after=10`);
      expect([refused.status, refused.body.type, refused.body.erasedAt]).toEqual([
        409,
        'urn:casebook:problem:export-overtaken',
        await service.size(),
      ]);

      await writeFile(file('anew.jsonl'), (await service.admin.get('ledger/export')).text);
      await verifyOffline(file('anew.jsonl'), undefined);
      expect(said.join('')).toMatch(/ 2 of them erased, .* sound/);
      const back = await restored('anew.jsonl');
      expect(back.size).toBe(await service.size());
      expect(back.texts).not.toContain(SECRET);
    }, 120_000);
  });
});
