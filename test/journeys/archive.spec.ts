import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { exportLedger, importLedger, verify, verifyOffline } from '../../apps/cli/src/index.js';
import { startTestService, type TestService } from '../support/service.js';

describe('a ledger moves', () => {
  let service: TestService;
  let target: TestDatabase;
  let folder: string;
  let said: string[];
  const homes = new Map<string, string>();
  const environment = { ...process.env };
  const write = process.stdout.write.bind(process.stdout);

  /** The command line works on the database that the environment names. */
  const on = (database: TestDatabase): void => {
    process.env['DATABASE_URL'] = database.url;
    // What was signed belongs to one database.
    if (!homes.has(database.url)) homes.set(database.url, temporaryHome());
    process.env['CASEBOOK_HOME'] = homes.get(database.url);
    process.env['CASEBOOK_ORIGIN'] = 'casebook.test';
    process.env['CASEBOOK_SIGNING_KEY'] = Buffer.alloc(32, 7).toString('base64');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebook-archive-'));
    service = await startTestService();
    target = await createTestDatabase();
    const { admin } = service;
    const document = await admin.post('documents', {
      title: 'T',
      text: 'Nine died. “Nine,” she said.\u2028Twice.',
    });
    const incident = await admin.post('incidents', { title: 'One' });
    await admin.post(`incidents/${incident.body.id}/documents`, { documentId: document.body.id });
    await admin.post(`incidents/${incident.body.id}/claims`, {
      anchor: { documentId: document.body.id, exact: 'Nine died' },
      tags: ['toll'],
    });
  });
  beforeEach(() => {
    said = [];
    process.stdout.write = (text: unknown) => {
      said.push(String(text));
      return true;
    };
  });
  afterEach(() => {
    process.stdout.write = write;
    process.exitCode = undefined;
  });
  afterAll(async () => {
    process.env = environment;
    await service.close();
    await target.drop();
    await rm(folder, { recursive: true });
  });

  const file = (name: string): string => join(folder, name);
  const lines = async (name: string): Promise<string[]> =>
    (await readFile(file(name), 'utf8')).trimEnd().split('\n');

  it('a backup under load is restored elsewhere: the same root, the same views, and it goes on', async () => {
    const { admin } = service;
    const enough = new AbortController();
    const load = (async () => {
      for (let at = 0; !enough.signal.aborted; at += 1)
        await admin.post('incidents', { title: `While it is exported ${at}` });
    })();
    on(service.database);
    await exportLedger(file('backup.jsonl.gz'), { workspace: 'default' });
    enough.abort();
    await load;
    expect(said.join('')).toMatch(/events of the workspace default, root /);

    on(target);
    await importLedger(file('backup.jsonl.gz'), {});
    const size = Number(/(\d+) events are in the workspace default/.exec(said.join(''))?.[1]);
    const original = await admin.get(`ledger/consistency?from=${size}`);
    expect(original.status).toBe(200);
    const sides = await Promise.all(
      [service.database, target].map(async ({ pool }) => {
        const { rows } = await pool.query(
          `SELECT position, stream_id, stream_version, event_id, type, payload, actor_id, recorded_at, command_id, leaf_hash
           FROM events WHERE workspace_id = 'default' AND position <= $1 ORDER BY position`,
          [size],
        );
        return rows as unknown[];
      }),
    );
    expect(sides[1]).toEqual(sides[0]);
    expect(sides[1]).toHaveLength(size);

    const { rows: views } = await target.ownerPool.query(
      "SELECT DISTINCT status FROM view_progress WHERE workspace_id = 'default'",
    );
    expect(views.map(({ status }: { status: string }) => status).sort()).toEqual(['attached', 'following']);
    const { rows: incidents } = await target.ownerPool.query(
      `SELECT count(*)::int AS rows, (SELECT count(*)::int FROM events WHERE type = 'IncidentOpened') AS opened FROM incidents_v1.incidents`,
    );
    expect(incidents).toEqual([
      { rows: expect.any(Number) as number, opened: (incidents as { rows: number }[])[0]?.rows },
    ]);

    // Broken off and begun again, it stays what it is.
    await importLedger(file('backup.jsonl.gz'), {});
    said = [];
    await verify({ workspace: 'default' });
    expect(said.join('')).toContain(`${size} events`);
    expect(said.join('')).not.toContain('LIE');
  });

  it('an export is proved without a database, and one that goes on is the same as one in one piece', async () => {
    on(service.database);
    await exportLedger(file('whole.jsonl'), { workspace: 'default' });
    await verifyOffline(file('whole.jsonl'), undefined);
    expect(said.join('')).toMatch(/0 of them erased.*sound/);
    const key = (await service.admin.get('ledger/verifier-key')).text.trim();
    await verifyOffline(file('whole.jsonl'), key);

    // As a kill leaves it: a part that was not acknowledged stands behind the last complete one.
    const whole = await lines('whole.jsonl');
    const half = whole
      .slice(0, 5)
      .map((line) => `${line}\n`)
      .join('');
    await writeFile(file('resumed.jsonl.partial'), `${half}{"half a li`);
    await writeFile(
      file('resumed.jsonl.progress'),
      JSON.stringify({ workspace: 'default', position: 5, bytes: Buffer.byteLength(half) }),
    );
    await exportLedger(file('resumed.jsonl'), { workspace: 'default', resume: true });
    expect((await lines('resumed.jsonl')).slice(0, -1)).toEqual(whole.slice(0, -1));
  });

  it('what was altered, cut off or reordered is refused, and named by its line', async () => {
    const whole = await lines('whole.jsonl');
    const last = whole.length;
    const forgeries: readonly (readonly [string, string[], RegExp])[] = [
      [
        'another actor',
        whole.with(3, whole[3]!.replace('"actor":"admin"', '"actor":"other"')),
        /^line 4: position 4: /,
      ],
      [
        'another text',
        whole.map((line) => line.replace('Nine died.', 'Ninety died.')),
        /^line \d+: position \d+: its payload/,
      ],
      ['a line less', whole.toSpliced(2, 1), /^line 3: position 3: /],
      ['two lines in another order', whole.with(4, whole[5]!).with(5, whole[4]!), /^line 5: /],
      [
        'no checkpoint',
        whole.slice(0, -1),
        new RegExp(`^line ${last}: the file ends without the checkpoint`),
      ],
      [
        'an event less at the end',
        whole.toSpliced(-2, 1),
        new RegExp(`^line ${last - 1}: the checkpoint is of`),
      ],
      [
        'something behind it',
        [...whole, whole[0]!],
        new RegExp(`^line ${last + 1}: there is something behind`),
      ],
      [
        'another signature',
        whole.with(last - 1, whole.at(-1)!.replace(/(casebook\.test\/default )(.)/, '$1A')),
        new RegExp(`^line ${last}: `),
      ],
      [
        'another time of signing',
        whole.with(last - 1, whole.at(-1)!.replace(/"time":"20/, '"time":"19')),
        new RegExp(`^line ${last}: it says that it was signed at 19`),
      ],
      [
        'no time that was signed',
        whole.with(last - 1, whole.at(-1)!.replace(/(\\n— \S+ [^\\]+)\\n— \S+ [^\\]+\\n"/, '$1\\n"')),
        new RegExp(`^line ${last}: no key signed the time`),
      ],
      [
        'another root beside the signed one',
        whole.with(
          last - 1,
          whole.at(-1)!.replace(/"root":"./, (root) => `${root}A`),
        ),
        new RegExp(`^line ${last}: the root beside`),
      ],
      [
        'a checkpoint of another name',
        whole.with(last - 1, whole.at(-1)!.replace('"id":"checkpoint-', '"id":"checkpoint-9')),
        new RegExp(`^line ${last}: the checkpoint calls itself`),
      ],
    ];
    const elsewhere = await createTestDatabase();
    for (const [what, forged, message] of forgeries) {
      await writeFile(file('forged.jsonl.gz'), gzipSync(forged.map((line) => `${line}\n`).join('')));
      const detail = await verifyOffline(file('forged.jsonl.gz'), undefined).catch(
        (error: Error) => error.message,
      );
      expect([what, detail]).toEqual([what, expect.stringMatching(message)]);
      on(elsewhere);
      await expect(importLedger(file('forged.jsonl.gz'), {})).rejects.toThrow(message);
      expect((await elsewhere.pool.query('SELECT FROM events')).rowCount).toBe(0);
    }
    await elsewhere.drop();
  });

  it('is signed by the key that was asked for, or refused', async () => {
    const other = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    await expect(verifyOffline(file('whole.jsonl'), other)).rejects.toThrow(/none of the known keys/);
  });

  it('a .tlog-proof proves one event without a service', async () => {
    const proof = await service.admin.get('ledger/proof/4');
    await writeFile(file('event.tlog-proof'), proof.text);
    const key = (await service.admin.get('ledger/verifier-key')).text.trim();
    await verifyOffline(file('event.tlog-proof'), key);
    expect(said.join('')).toMatch(/proved\. Position 4 of \d+ in casebook\.test\/default is \w+ by admin/);
    await writeFile(file('forged.tlog-proof'), proof.text.replace('index 3', 'index 2'));
    await expect(verifyOffline(file('forged.tlog-proof'), key)).rejects.toThrow(/does not prove/);
  });

  it('the lines are CloudEvents, in one gzip member a part', async () => {
    const text = gunzipSync(await readFile(file('backup.jsonl.gz'))).toString('utf8');
    for (const line of text.trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({
        specversion: '1.0',
        type: expect.stringMatching(/^casebook\./) as string,
      });
    }
  });
});
