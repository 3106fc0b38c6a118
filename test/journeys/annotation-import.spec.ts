import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { importReport, type ImportReport } from '@casebook/contracts';
import { type Client, startTestService, type TestService } from '../support/service.js';

const TEXT = 'Nine people were killed. Twelve were wounded.';

/** The end of a report: the first line was recorded, the second refused, and nothing behind it looked at. */
const STOPPED_AT_THE_SECOND = {
  type: 'end',
  complete: false,
  lines: 2,
  recorded: 1,
  already: 0,
  refused: 1,
};

describe('importing annotations as JSON Lines', () => {
  let service: TestService;
  let alice: Client;
  let elsewhere: { url: string };
  let document: string;
  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator');
    elsewhere = await service.another();
    document = (await alice.post('documents', { title: 'Report', text: TEXT })).body.id as string;
  });
  afterAll(() => service.close());

  const open = async (): Promise<string> => {
    const incident = `incidents/${(await alice.post('incidents', { title: 'Rockets' })).body.id}`;
    await alice.post(`${incident}/documents`, { documentId: document });
    return incident;
  };

  /** Sends a body as it is made, and gives the lines of the report. */
  function send(
    url: string,
    incident: string,
    body: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
    query = '',
    token = alice.token,
    heard: () => unknown = () => undefined,
  ): Promise<ImportReport[]> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        new URL(`/v1/workspaces/default/${incident}/import${query}`, url),
        {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
          agent: false,
        },
        (answer: IncomingMessage) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            text += chunk;
            heard();
          });
          answer.on('error', reject);
          answer.on('end', () => {
            if (answer.statusCode !== 200) reject(new Error(text));
            else
              resolve(
                text
                  .trimEnd()
                  .split('\n')
                  .map((line) => importReport.parse(JSON.parse(line))),
              );
          });
        },
      );
      outgoing.on('error', reject);
      void (async () => {
        for await (const part of body) {
          if (!outgoing.write(part)) await new Promise((go) => outgoing.once('drain', go));
        }
        outgoing.end();
      })();
    });
  }

  const line = (key: string, command: string, body: object): string =>
    `${JSON.stringify({ key, command, body })}\n`;
  const attack = (at: number): string => line(`attack-${at}`, 'record-attack', { summary: `Attack ${at}` });
  const end = (reports: ImportReport[]) => reports.at(-1);
  const counts = async (incident: string) => {
    const { items } = (await alice.get('incidents?limit=100')).body as {
      items: { id: string; counts: object }[];
    };
    return items.find(({ id }) => `incidents/${id}` === incident)?.counts;
  };

  it('records every line in order, and lines refer to each other by their keys', async () => {
    const incident = await open();
    const anchor = { documentId: document, exact: 'Nine people were killed.' };
    const body = [
      line('nine', 'tag-claim', { anchor, tags: ['$nine'] }),
      '\n  \r\n',
      line('note', 'record-warning', { summary: 'A note', evidence: ['$nine'] }),
      line('blast', 'record-attack', { summary: 'A blast', evidence: ['$nine'] }),
      line('tie', 'link-warning', { warningId: '$note', attackId: '$blast' }),
      line('who', 'raise-dispute', { question: 'Who?', targets: ['$blast'] }),
      line('word', 'make-comment', { targetId: '$who', body: '$who asks' }).trimEnd(),
    ];
    const reports = await send(service.url, incident, body);
    expect(reports).toEqual([{ type: 'end', complete: true, lines: 6, recorded: 6, already: 0, refused: 0 }]);
    const { body: whole } = await alice.get(incident);
    expect(whole).toMatchObject({
      claims: [{ tags: ['$nine'] }],
      links: [{ warningId: whole.warnings[0].id, attackId: whole.attacks[0].id }],
      attacks: [{ evidence: [whole.claims[0].id] }],
      comments: [{ targetId: whole.disputes[0].id, body: '$who asks' }],
    });
  });

  it('stops at the thousandth line that is refused, and tells each of them', async () => {
    const incident = await open();
    function* lines() {
      for (let batch = 0; batch < 100; batch += 1) yield '{}\n'.repeat(1000);
    }
    const report = await send(service.url, incident, lines());
    const refused = report.filter(({ type }) => type === 'refused');
    expect(refused).toHaveLength(1000);
    expect(report.at(-1)).toEqual({
      type: 'end',
      complete: false,
      lines: 1000,
      recorded: 0,
      already: 0,
      refused: 1000,
    });
    expect((await alice.get(incident)).status).toBe(200);
  });

  it('tells a bad line by its number, and goes on; or stops there where that is asked for', async () => {
    const body = [
      attack(1),
      'not json\n',
      line('bad field', 'record-attack', { summary: 'x' }),
      line('blank', 'record-attack', { summary: '' }),
      line('lost', 'make-comment', { targetId: '$nobody', body: 'x' }),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      `${' '.repeat(1024 * 1024)}{}\n`,
      line('attack-1', 'record-attack', { summary: 'Something else' }),
      attack(2),
    ];
    const incident = await open();
    const reports = await send(service.url, incident, body);
    const refused = reports.filter((report) => report.type === 'refused');
    expect(
      refused
        .map((report) => [report.line, report.problem.type.split(':').at(-1)])
        .sort(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [2, 'malformed-json'],
      [3, 'invalid-request'],
      [4, 'invalid-request'],
      [5, 'reference-unknown'],
      [6, 'malformed-json'],
      [7, 'body-too-large'],
      [8, 'key-reused'],
    ]);
    expect(end(reports)).toEqual({
      type: 'end',
      complete: true,
      lines: 9,
      recorded: 2,
      already: 0,
      refused: 7,
    });
    expect(await counts(incident)).toMatchObject({ attack: 2 });

    const stopped = await open();
    expect(end(await send(service.url, stopped, body, '?stop=first'))).toEqual(STOPPED_AT_THE_SECOND);
  });

  it('stopping at the first line that is refused, records nothing that stands behind it', async () => {
    const incident = await open();
    const body = [
      attack(1),
      line('of-nothing', 'make-comment', { targetId: '01990000-0000-7000-8000-000000000001', body: 'x' }),
      ...Array.from({ length: 50 }, (_, at) => attack(at + 2)),
    ];
    // To a process that has yet to read the incident, so that all lines are there before the first is decided.
    expect(end(await send(elsewhere.url, incident, [body.join('')], '?stop=first'))).toEqual(
      STOPPED_AT_THE_SECOND,
    );
    expect(await counts(incident)).toMatchObject({ attack: 1 });
  });

  it('sent again, in another process, records only what is missing', async () => {
    const incident = await open();
    const all = Array.from({ length: 3000 }, (_, at) => attack(at));
    expect(end(await send(service.url, incident, all.slice(0, 1200)))).toMatchObject({ recorded: 1200 });
    const size = await service.size();
    const rest = await send(elsewhere.url, incident, all);
    expect(end(rest)).toEqual({
      type: 'end',
      complete: true,
      lines: 3000,
      recorded: 1800,
      already: 1200,
      refused: 0,
    });
    expect(rest.filter(({ type }) => type === 'progress')).toHaveLength(3);
    expect(await service.size()).toBe(size + 1800);
    const { items } = (await alice.get(`${incident}/attacks?limit=3`)).body as {
      items: { summary: string }[];
    };
    expect(items.map(({ summary }) => summary)).toEqual(['Attack 0', 'Attack 1', 'Attack 2']);
  });

  it('sent again after its annotations were changed, knows what each line had said, and refuses what says something else', async () => {
    const incident = await open();
    const anchor = { documentId: document, exact: 'Nine people were killed.' };
    const lines = (statement: string): string[] => [
      line('nine', 'tag-claim', { anchor, statement, tags: ['toll'] }),
      line('blast', 'record-attack', { summary: 'A blast', evidence: ['$nine'] }),
      line('gone', 'record-warning', { summary: 'A note' }),
    ];
    await send(service.url, incident, lines('Nine died.'));
    const { claims, attacks, warnings } = (await alice.get(incident)).body;
    await alice.patch(`${incident}/claims/${claims[0].id}`, { statement: 'Nine were killed.' });
    await alice.patch(`${incident}/attacks/${attacks[0].id}`, { summary: 'An explosion', evidence: [] });
    await alice.post(`${incident}/warnings/${warnings[0].id}/retraction`, { reason: 'No such note' });
    for (const statement of ['Nine died.', 'Nine were killed.']) {
      expect(await send(elsewhere.url, incident, lines(statement))).toEqual([
        { type: 'end', complete: true, lines: 3, recorded: 0, already: 3, refused: 0 },
      ]);
    }
    const otherwise = [
      ...lines('Ten died.').slice(0, 1),
      line('blast', 'record-attack', { summary: 'A fire' }),
      line('gone', 'record-attack', { summary: 'A note' }),
    ];
    const reports = await send(service.url, incident, otherwise);
    const codes = reports.map((report) => report.type === 'refused' && report.problem.type.split(':').at(-1));
    expect(codes).toEqual(['key-reused', 'key-reused', 'key-reused', false]);
  });

  it('tells as recorded what is committed, and not what is under way', async () => {
    const incident = await open();
    const size = await service.size();
    const holder = await service.database.ownerPool.connect();
    try {
      const reports = await send(
        service.url,
        incident,
        (async function* () {
          for (let at = 0; at < 999; at += 1) yield attack(at);
          while ((await service.size()) < size + 999);
          await holder.query('BEGIN');
          await holder.query(`SELECT 1 FROM ledger_heads WHERE workspace_id = 'default' FOR UPDATE`);
          yield attack(999);
        })(),
        '',
        alice.token,
        () => holder.query('ROLLBACK'),
      );
      expect(reports.map(({ type }) => type)).toEqual(['progress', 'end']);
      expect(reports[0]).toMatchObject({ lines: 1000, already: 0, refused: 0 });
      expect((reports[0] as { recorded: number }).recorded).toBeLessThan(1000);
      expect(end(reports)).toMatchObject({ complete: true, lines: 1000, recorded: 1000 });
    } finally {
      holder.release();
    }
  });

  it('goes on with what was recorded when the sender broke off', async () => {
    const incident = await open();
    await expect(
      new Promise((_, reject) => {
        const outgoing = httpRequest(
          new URL(`/v1/workspaces/default/${incident}/import`, service.url),
          {
            method: 'POST',
            headers: { authorization: `Bearer ${alice.token}`, 'content-type': 'application/x-ndjson' },
            agent: false,
          },
          (answer) => answer.on('data', () => outgoing.destroy()).on('error', reject),
        );
        outgoing.on('error', reject);
        for (let at = 0; at < 1500; at += 1) outgoing.write(attack(at));
      }),
    ).rejects.toThrow();
    const reports = await send(
      service.url,
      incident,
      Array.from({ length: 1500 }, (_, at) => attack(at)),
    );
    expect(end(reports)).toMatchObject({ complete: true, lines: 1500, refused: 0 });
    expect(await counts(incident)).toMatchObject({ attack: 1500 });
  });

  const MIB = 1024 * 1024;
  it.each([
    // Spaces at the end of a line make it long. More bytes than the window and the buffers of the operating system hold.
    { kind: 'long lines', count: 320, padding: 128 * 1024, most: 9 * MIB, waitsAtSender: true },
    { kind: 'short lines', count: 8000, padding: 0, most: MIB / 4, waitsAtSender: false },
  ])(
    'takes no more $kind than its window while nothing can be committed, and all of them afterwards',
    async ({ count, padding, most, waitsAtSender }) => {
      const incident = await open();
      const size = await service.size();
      const lines = Array.from(
        { length: count },
        (_, at) => `${attack(at).trimEnd()}${' '.repeat(padding)}\n`,
      );
      let sent = 0;
      const body = function* () {
        for (const each of lines) {
          sent += 1;
          yield each;
        }
      };

      const holder = await service.database.ownerPool.connect();
      let reports: Promise<ImportReport[]>;
      try {
        await holder.query('BEGIN');
        await holder.query(`SELECT 1 FROM ledger_heads WHERE workspace_id = 'default' FOR UPDATE`);
        const server = service.application.getHttpServer();
        const connection = once(server, 'connection') as Promise<[Socket]>;
        reports = send(service.url, incident, body());
        const [socket] = await connection;

        // Settled: the ledger waits for the lock, and while other requests are answered, nothing more is taken.
        const isWaiting = async () =>
          (
            await service.database.ownerPool.query(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            )
          ).rows.length > 0;
        for (let still = 0, taken = -1; still < 20 || !(await isWaiting());) {
          await alice.get(incident);
          still = socket.bytesRead === taken ? still + 1 : 0;
          taken = socket.bytesRead;
        }
        expect(socket.bytesRead).toBeGreaterThan(0);
        expect(socket.bytesRead).toBeLessThan(most);
        expect(sent < lines.length).toBe(waitsAtSender);
        expect(await service.size()).toBe(size);
      } finally {
        await holder.query('ROLLBACK');
        holder.release();
      }
      expect(end(await reports)).toEqual({
        type: 'end',
        complete: true,
        lines: count,
        recorded: count,
        already: 0,
        refused: 0,
      });
      expect(await service.size()).toBe(size + count);
    },
  );

  it('decides lines in their order for a member of a lower clearance too', async () => {
    const incident = await open();
    const gwen = await service.member('gwen', 'annotator');
    await service.admin.patch('members/gwen', { clearance: 'green' });
    const body = Array.from({ length: 400 }, (_, at) => [
      attack(at),
      line(`comment-${at}`, 'make-comment', { targetId: `$attack-${at}`, body: 'Which?' }),
    ]).flat();
    expect(end(await send(service.url, incident, body, '', gwen.token))).toMatchObject({
      complete: true,
      recorded: 800,
      refused: 0,
    });
    const { items } = (await alice.get(`${incident}/attacks?limit=500`)).body as {
      items: { summary: string }[];
    };
    expect(items.map(({ summary }) => summary)).toEqual(
      Array.from({ length: 400 }, (_, at) => `Attack ${at}`),
    );
  });

  it('is refused before anything is read where it cannot be', async () => {
    const incident = await open();
    await expect(
      send(service.url, 'incidents/01990000-0000-7000-8000-000000000001', [attack(1)]),
    ).rejects.toThrow(/incident-unknown/);
    expect((await alice.post(`${incident}/import`, { key: 'x' })).status).toBe(415);
    expect((await alice.post('incidents', 'x', { 'content-type': 'application/x-ndjson' })).status).toBe(415);
    const rita = await service.member('rita', 'reader');
    expect(
      (await rita.post(`${incident}/import`, attack(1), { 'content-type': 'application/x-ndjson' })).status,
    ).toBe(403);
  });

  it.each([
    [
      'whose token is revoked',
      async (_: string, id: string) => service.admin.post(`tokens/${id}/revocation`, {}),
    ],
    ['who is removed', async (member: string) => service.admin.post(`members/${member}/removal`, {})],
    [
      'whose clearance is lowered',
      async (member: string) => service.admin.patch(`members/${member}`, { clearance: 'clear' }),
    ],
  ])('ends there for somebody %s meanwhile, and quotes no document to them', async (how, take) => {
    const member = `import-${how.length}`;
    await service.admin.post('members', { id: member, name: member, role: 'annotator' });
    const issued = (await service.admin.post(`members/${member}/tokens`, {})).body;
    const marked = (await alice.post('documents', { title: how, text: `${how}: ${TEXT}`, tlp: 'green' })).body
      .id;
    const incident = await open();
    await alice.post(`${incident}/documents`, { documentId: marked });
    async function* body() {
      yield attack(1);
      while ((await alice.get(`${incident}/attacks`)).body.items.length === 0);
      expect((await take(member, issued.id as string)).status).toBe(200);
      for (let at = 0; at < 3; at += 1) {
        const anchor = { documentId: marked as string, exact: `${how}: Nine people were maimed.` };
        yield line(`misquoted-${at}`, 'tag-claim', { anchor });
      }
    }
    const reports = await send(service.url, incident, body(), '', issued.token as string);
    expect(end(reports)).toMatchObject({ complete: false, recorded: 1 });
    expect(reports.flatMap((report) => (report.type === 'refused' ? [report.problem.type] : [])).at(0)).toBe(
      'urn:casebook:problem:not-permitted',
    );
    expect(JSON.stringify(reports)).not.toContain('killed');
  });

  it('ends there for somebody who oversees no more, in an incident that is restricted to others', async () => {
    await service.admin.post('members', { id: 'olga', name: 'Olga', role: 'admin' });
    const olga = (await service.admin.post('members/olga/tokens', {})).body.token as string;
    const incident = await open();
    await service.admin.post(`${incident}/restriction`, { members: ['alice'] });
    async function* body() {
      yield attack(1);
      while ((await alice.get(`${incident}/attacks`)).body.items.length === 0);
      expect((await service.admin.patch('members/olga', { role: 'annotator' })).status).toBe(200);
      yield attack(2);
    }
    const reports = await send(service.url, incident, body(), '', olga);
    expect(end(reports)).toMatchObject({ complete: false, recorded: 1, refused: 1 });
  });

  it('stops where nothing that follows would fare better', async () => {
    const incident = await open();
    await service.admin.post(`${incident}/closure`);
    const reports = await send(
      service.url,
      incident,
      Array.from({ length: 5000 }, (_, at) => attack(at)),
    );
    const last = end(reports);
    expect(last).toMatchObject({ type: 'end', complete: false, recorded: 0 });
    expect(last?.type === 'end' && last.lines < 5000).toBe(true);
  });
});
