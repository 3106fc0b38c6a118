import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { cosignaturesOn, cosignerKey, noteSigner, parsePolicy } from '@casebook/ledger';
import { copyDatabase, createEmptyDatabase } from '@casebook/testing';
import { CommandLine, type StartedCommand } from '../support/command-line.js';

const TOKEN = 'an-admin-token-of-this-test-alone';

/** A service, two witnesses and a monitor, each a process of its own; a third witness never answers. */
describe('a ledger with witnesses', () => {
  const cli = new CommandLine();
  const witnesses: StartedCommand[] = [];
  const policy = cli.path('policy.txt');
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let service: StartedCommand;
  let url: string;
  let vkey: string;

  const serve = async (env: Record<string, string> = {}) => {
    service = cli.start(['serve'], {
      DATABASE_URL: database.url,
      CASEBOOK_ADMIN_TOKEN: TOKEN,
      CASEBOOK_CORPUS: 'off',
      ...env,
    });
    [, url = ''] = await service.says(/listening on (http:\S+)/);
  };
  const ask = (path: string, body?: unknown) =>
    fetch(`${url}/v1/workspaces/default/${path}`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  const open = async (...titles: string[]) => {
    for (const title of titles) expect((await ask('incidents', { title })).status).toBe(201);
  };
  const sizeIn = (note: string): number => Number(note.split('\n')[1]);
  /** The checkpoint of the ledger of now, once enough witnesses have cosigned it. */
  const cosigned = async (): Promise<string> => {
    const size = sizeIn(await (await ask('ledger/checkpoint')).text());
    for (;;) {
      const answer = await ask('ledger/checkpoint?witnessed=true');
      const note = await answer.text();
      if (answer.status === 200 && sizeIn(note) === size) return note;
      await pause(20);
    }
  };
  const monitor = async () =>
    cli.start(['monitor', '--url', url, '--policy', policy, '--home', cli.path('monitor'), '--once'], {
      CASEBOOK_TOKEN: TOKEN,
    }).ended;
  const withDatabase = (args: string[], databaseUrl: string) =>
    cli.start(args, { DATABASE_URL: databaseUrl }).ended;
  const policyText = (threshold: string): string => {
    const silent = cosignerKey(noteSigner('witness.example/silent', Buffer.alloc(32, 3)));
    const lines = witnesses.map(({ said }) => /witness \S+ (\S+ http:\S+)/.exec(said.stdout)?.[1]);
    return [
      `log ${vkey}`,
      ...[...lines, `${silent} http://127.0.0.1:1`].map((line, at) => `witness w${at + 1} ${line}`),
      `group enough ${threshold} w1 w2 w3`,
      'quorum enough',
    ].join('\n');
  };

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await serve();
    vkey = (await (await ask('ledger/verifier-key')).text()).trim();
    await service.stop();
    for (const name of ['w1', 'w2']) {
      const args = ['--name', `witness.example/${name}`, '--home', cli.path(name), '--log', vkey];
      const witness = cli.start(['witness', ...args, '--port', '0']);
      witnesses.push(witness);
      await witness.says(/line of a policy: .*\n/);
    }
    writeFileSync(policy, policyText('2'));
    await serve({ CASEBOOK_WITNESS_POLICY: policy });
  });
  afterAll(async () => {
    await cli.close();
    await database.drop();
  });

  test('has its checkpoints cosigned in the background', async () => {
    await open('Rockets at Tarrick', 'Harbour');
    const note = await cosigned();
    const found = cosignaturesOn(note, parsePolicy(policyText('2')).witnesses);
    expect(found.map(({ witness }) => witness.name)).toEqual(['w1', 'w2']);
    const { code, stdout } = await monitor();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /casebook\.local\/default: 5 events, sound according to .*cosigned by w1 at .*, w2 at /,
      ),
    ]);
  });

  test('is proved offline by whom the policy trusts, and not by fewer', async () => {
    const proof = cli.path('default-4.tlog-proof');
    writeFileSync(proof, await (await ask('ledger/proof/4?witnessed=true')).text());
    const good = await cli.start(['verify', '--offline', proof, '--policy', policy]).ended;
    expect([good.code, good.stdout]).toEqual([0, expect.stringMatching(/Position 4 of 5 .*IncidentOpened/)]);
    expect(good.stdout).toMatch(/policy\.txt holds: cosigned by w1 at .*, w2 at /);

    const strict = cli.path('strict.txt');
    writeFileSync(strict, policyText('all'));
    const bad = await cli.start(['verify', '--offline', proof, '--policy', strict]).ended;
    expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('which is not the quorum enough')]);

    const file = cli.path('desk.jsonl');
    writeFileSync(file, await (await ask('ledger/export?to=5')).text());
    const archive = await cli.start(['verify', '--offline', file, '--policy', policy]).ended;
    expect([archive.code, archive.stdout]).toEqual([0, expect.stringContaining('holds: cosigned by w1')]);
  });

  test('restored to an older state is not signed, until its operator goes on; monitor and witnesses tell of the fork', async () => {
    await service.stop();
    const copy = await copyDatabase(database.url);
    try {
      await serve({ CASEBOOK_WITNESS_POLICY: policy });
      await open('Three', 'Four', 'Five');
      expect(sizeIn(await cosigned())).toBe(8);
      expect((await monitor()).code).toBe(0);
      await service.stop();

      await serve({ CASEBOOK_WITNESS_POLICY: policy, DATABASE_URL: copy.url });
      const refused = await ask('ledger/checkpoint');
      expect([refused.status, ((await refused.json()) as { type: string }).type]).toEqual([
        503,
        'urn:casebook:problem:unavailable',
      ]);
      await service.says(/has 5 events, but 8 were signed/);
      // It goes on to be written to, past the size that was signed: another history.
      await open('Other three', 'Other four', 'Other five', 'Other six');
      expect((await ask('ledger/checkpoint')).status).toBe(503);
      await service.says(/does not extend the signed one of 8 events/);
      expect((await monitor()).code).toBe(2);
      const verified = await withDatabase(['verify'], copy.url);
      expect([verified.code, verified.stdout]).toEqual([
        1,
        expect.stringMatching(/LIE {2}what was signed: .*does not extend the signed one of 8/),
      ]);

      const accepted = await withDatabase(['accept-restore', '--reason', 'The disk was lost.'], copy.url);
      expect([accepted.code, accepted.stdout]).toEqual([
        0,
        expect.stringContaining('signed again, with 10 events'),
      ]);
      const again = await withDatabase(['accept-restore', '--reason', 'The disk was lost.'], copy.url);
      expect(again.stdout).toContain('there is nothing to accept');
      const audit = (await (await ask('audit?type=WorkspaceRestored')).json()) as {
        items: { sentence: string }[];
      };
      expect(audit.items.map(({ sentence }) => sentence)).toEqual([
        'operator went on with a restored ledger of 9 events, after 8 had been signed, because: The disk was lost.',
      ]);

      await open('Other seven');
      expect((await ask('ledger/checkpoint')).status).toBe(200);
      await service.says(/a witness has seen a different ledger under this name/);
      for (const witness of witnesses) await witness.says(/11 events are not proved to extend 8/);
      const told = await monitor();
      expect([told.code, told.stdout]).toEqual([
        1,
        expect.stringMatching(/FORK .*the 11 events signed now do not extend the 8/),
      ]);
      const evidence = /are in (\S+): show/.exec(told.stdout)?.[1] ?? '';
      expect(readFileSync(evidence, 'utf8').split(vkey.split('+')[0]!).length).toBeGreaterThan(2);
      expect((await withDatabase(['verify'], copy.url)).code).toBe(0);
    } finally {
      await service.stop();
      await copy.drop();
    }
    // Twelve programs start, one after the other.
  }, 180_000);
});
