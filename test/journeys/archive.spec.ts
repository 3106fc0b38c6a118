import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { exportLedger, importLedger, verify, verifyOffline } from '../../apps/cli/src/index.js';
import { startTestService, type TestService } from '../support/service.js';

interface Change {
  readonly what: string;
  readonly bytes: Buffer;
}

/** One change of a file, of its bytes or of its JSON: what a JSON reader could read otherwise. */
function changeOf(whole: Buffer): fc.Arbitrary<Change> {
  const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
  // As many in the checkpoint's line as in all others.
  const place = fc.oneof(
    fc.nat({ max: whole.length - 1 }),
    fc.integer({ min: lastLine, max: whole.length - 1 }),
  );
  const splice = (what: string, at: number, length: number, put: Uint8Array): Change => ({
    what: `${what} at ${at}`,
    bytes: Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + length)]),
  });
  const byte = fc.nat({ max: 255 }).map((value) => Uint8Array.of(value));
  const text = whole.toString('utf8');
  const members = [...text.matchAll(/"(\w+)":("[^"]*"|\d+|\{|\[|null)/g)];
  const numbers = [...text.matchAll(/:(\d+)(?=[,}])/g)];
  const letters = [...text.matchAll(/[a-z]/g)];
  const rewritten = (
    what: string,
    found: readonly RegExpExecArray[],
    rewrite: (match: RegExpExecArray) => string,
  ) =>
    fc.constantFrom(...found).map((match) => ({
      what: `${what} at ${match.index}`,
      bytes: Buffer.from(
        text.slice(0, match.index) + rewrite(match) + text.slice(match.index + match[0].length),
      ),
    }));
  return fc.oneof(
    fc.tuple(place, byte).map(([at, put]) => splice('another byte', at, 1, put)),
    fc.tuple(place, byte).map(([at, put]) => splice('a byte more', at, 0, put)),
    fc
      .tuple(place, fc.integer({ min: 1, max: 40 }))
      .map(([at, length]) => splice('bytes less', at, length, Uint8Array.of())),
    fc
      .tuple(place, place)
      .map(([at, from]) => splice('a piece of elsewhere', at, 0, whole.subarray(from, from + 20))),
    rewritten('a member twice', members, ([all, name]) => `"${name}":"EVIL",${all}`),
    rewritten('a member twice, in escapes', members, ([all, name = '']) => {
      const code = name.charCodeAt(0).toString(16).padStart(4, '0');
      return `"\\u${code}${name.slice(1)}":null,${all}`;
    }),
    rewritten('a space', members, ([all]) => ` ${all}`),
    rewritten('a number in other digits', numbers, ([all]) => `${all}.0`),
    rewritten(
      'a letter in an escape',
      letters,
      ([letter]) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    fc.constant({ what: 'lines that end in CR LF', bytes: Buffer.from(text.replaceAll('\n', '\r\n')) }),
    fc.constant({ what: 'a byte order mark', bytes: Buffer.from(`\ufeff${text}`) }),
    fc.constant({ what: 'an empty line behind it', bytes: Buffer.from(`${text}\n`) }),
  );
}

const isWithoutLastLineFeed = (bytes: Buffer, whole: Buffer): boolean => bytes.equals(whole.subarray(0, -1));

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
        new RegExp(`^line ${last - 1}: the checkpoint covers`),
      ],
      ['something behind it', [...whole, whole[0]!], new RegExp(`^line ${last + 1}: there is a line after`)],
      [
        'another signature',
        whole.with(last - 1, whole.at(-1)!.replace(/(casebook\.test\/default )(.)/, '$1A')),
        new RegExp(`^line ${last}: `),
      ],
      [
        'another time of signing',
        whole.with(last - 1, whole.at(-1)!.replace(/"time":"20/, '"time":"19')),
        new RegExp(`^line ${last}: it claims to be signed at 19`),
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
        new RegExp(`^line ${last}: the root differs`),
      ],
      [
        'a checkpoint of another name',
        whole.with(last - 1, whole.at(-1)!.replace('"id":"checkpoint-', '"id":"checkpoint-9')),
        new RegExp(`^line ${last}: the checkpoint claims to be`),
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

  it('any change of its bytes is refused, offline and on import', async () => {
    const whole = await readFile(file('whole.jsonl'));
    const elsewhere = await createTestDatabase();
    on(elsewhere);
    const refuses = async (bytes: Buffer, read: (path: string) => Promise<void>): Promise<string> => {
      await writeFile(file('changed.jsonl'), bytes);
      return read(file('changed.jsonl')).then(
        () => 'taken',
        (error: Error) => error.message,
      );
    };
    const number = Number(process.env['CASEBOOK_TEST_CHANGES'] ?? 200);
    await fc.assert(
      fc.asyncProperty(changeOf(whole), async ({ what, bytes }) => {
        fc.pre(!bytes.equals(whole) && !isWithoutLastLineFeed(bytes, whole));
        const detail = await refuses(bytes, (path) => verifyOffline(path, undefined));
        expect([what, detail]).toEqual([what, expect.stringMatching(/^line \d+: |^a line of the archive/)]);
      }),
      { numRuns: number },
    );
    const doubled = Buffer.from(
      whole.toString('utf8').replace('"data":{', '"data":{"title":"EVIL"},"data":{'),
    );
    for (const read of [
      (path: string) => verifyOffline(path, undefined),
      (path: string) => importLedger(path, {}),
    ]) {
      expect(await refuses(doubled, read)).toMatch(/^line 1: the line differs from what an export writes/);
    }
    expect((await elsewhere.pool.query('SELECT FROM events')).rowCount).toBe(0);
    await elsewhere.drop();
  });

  it('is signed by the key that was asked for, or refused', async () => {
    const other = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    await expect(verifyOffline(file('whole.jsonl'), other)).rejects.toThrow(/none of the known keys/);
  });

  it('a key added beside those that signed is distinguished from them', async () => {
    const other = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const whole = await readFile(file('whole.jsonl'), 'utf8');
    await writeFile(
      file('more-keys.jsonl'),
      whole.replace('"verifierKeys":[', `"verifierKeys":["${other}",`),
    );
    await verifyOffline(file('more-keys.jsonl'), undefined);
    const [, fits = '', unproved = ''] =
      /fits the keys in the file\.[^]*?\n([^]*)The file names further keys, [^]*:\n([^]*)$/.exec(
        said.join(''),
      ) ?? [];
    expect(fits).toContain('casebook.test/default+');
    expect(fits).not.toContain(other);
    expect(unproved.trim()).toBe(other);
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
