import { createHash } from 'node:crypto';
import type { Description } from '../support/api-requests.js';
import { enter } from '../support/corpus.js';
import { LiveReader } from '../support/live-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const OF_RED = { reason: 'Asked for by Wren.', legalBasis: 'Order 12/A' };
const LAW = { reason: 'Named by the court of Halvane.', legalBasis: 'Order 77/B' };

/** Values for the parameters of paths, by name: every combination is asked for. */
type Known = Readonly<Record<string, readonly string[]>>;

/** Every path of the description that is read, with every combination of known values in it. */
function addressesIn({ paths }: Description, known: Known): string[] {
  return Object.entries(paths)
    .filter(([, operations]) => 'get' in operations)
    .flatMap(([path]) =>
      [...path.matchAll(/\{([^}]+)\}/g)].reduce<string[]>(
        (made, [whole, name]) =>
          made.flatMap((each) =>
            (known[name!] ?? ['1']).map((value) => each.replace(whole, encodeURIComponent(value))),
          ),
        [path],
      ),
    );
}

describe('an erasure of what others may not see', () => {
  let service: TestService;
  let [rita, greta]: Client[] = [];
  const text = 'The informer is called Marrow. He lives above the chandlery.';
  const digest = digestOf(text);
  let hidden: { incident: string; comment: string; quoting: string };
  let open: { incident: string; document: string };
  let secrets: string[];
  let seenByRita: ReadonlySet<string>;
  let erased: { position: number; positions: number[]; quotedAt: number[] }[];
  let live: LiveReader[] = [];

  beforeAll(async () => {
    service = await startTestService();
    const { admin } = service;
    rita = await service.member('rita', 'reader');
    greta = await service.member('greta', 'annotator');
    await admin.patch('members/greta', { clearance: 'green' });

    const red = (await enter(admin, 'documents', { title: 'Marrow', text, tlp: 'red' })).id;
    const green = (
      await enter(admin, 'documents', { title: 'Wire', text: 'Nine were killed.', tlp: 'green' })
    ).id;
    const incident = (await enter(admin, 'incidents', { title: 'Marrow', restrictedTo: ['admin'] })).id;
    await enter(admin, `incidents/${incident}/documents`, { documentId: green });
    const quoting = await enter(admin, `incidents/${incident}/claims`, {
      anchor: { documentId: green, exact: 'Nine were killed' },
    });
    const comment = (
      await enter(admin, `incidents/${incident}/comments`, {
        targetId: quoting.id,
        body: 'Ask Marrow.',
      })
    ).id;
    hidden = { incident, comment, quoting: quoting.id };
    open = { incident: (await enter(admin, 'incidents', { title: 'Harbour' })).id, document: green };

    live = await Promise.all(
      [rita, greta, admin].map(({ token }) => LiveReader.open(service.url, token, 'events?after=0')),
    );
    erased = [];
    for (const [subject, law] of [
      [red, OF_RED],
      [comment, LAW],
      [green, LAW],
    ] as const) {
      const answer = await admin.post('erasures', { subject, ...law });
      expect(answer.status).toBe(201);
      erased.push(answer.body);
    }
    await service.caughtUp();
    secrets = [
      ...['Marrow', incident, comment, quoting.id, ...Object.values(LAW)],
      ...[digest, ...Object.values(OF_RED)],
    ];
    // Rita is cleared for red: of the document she sees what is left.
    seenByRita = new Set([digest, ...Object.values(OF_RED)]);
  });
  afterAll(async () => {
    for (const reader of live) reader.close();
    await service.close();
  });

  const told = (answer: string, address: string): string[] =>
    secrets.filter((secret) => answer.includes(secret) && !address.includes(secret));

  test('is in no answer to any read, under any address, for whom it is hidden', async () => {
    const description = JSON.parse((await service.admin.get('/openapi.json')).text) as Description;
    const known: Known = {
      workspace: ['default'],
      incident: [hidden.incident, open.incident],
      document: [`sha256:${digest}`, open.document],
      annotation: [hidden.comment, hidden.quoting],
      comment: [hidden.comment],
      claim: [hidden.quoting],
      member: ['admin', 'rita'],
      position: [...new Set(erased.flatMap(({ position, positions }) => [position, ...positions]))].map(
        String,
      ),
      level: ['0'],
      '*': ['000'],
    };
    const to = erased.at(-1)!.position;
    const addresses = [
      ...addressesIn(description, known),
      ...[
        'audit?limit=200',
        'audit?type=PayloadErased',
        `audit?asOf=${to}`,
        'events?limit=500',
        'events?type=PayloadErased',
        `difference?from=0&to=${to}`,
        `activity?from=0`,
        'search?q=Marrow',
        'search?q=court',
      ].map((path) => `/v1/workspaces/default/${path}`),
    ];
    const routes = new Set(addresses.map((each) => each.split('?')[0]));
    expect(routes.size).toBeGreaterThan(50);
    const leaks: [string, string, string[]][] = [];
    let secretsForAdmin = 0;
    for (const address of addresses) {
      for (const [name, client] of Object.entries({ rita: rita!, greta: greta! })) {
        const found = told((await client.get(address)).text, address);
        const hiddenOnes = name === 'rita' ? found.filter((secret) => !seenByRita.has(secret)) : found;
        if (hiddenOnes.length > 0) leaks.push([name, address, hiddenOnes]);
      }
      secretsForAdmin += told((await service.admin.get(address)).text, address).length;
    }
    expect(leaks).toEqual([]);
    // It is there to be told, or the test would find nothing for the wrong reason.
    expect(secretsForAdmin).toBeGreaterThan(20);
  });

  test('shows its time, its author and its positions alone, in pages, in the audit, in differences and live', async () => {
    const [ofRed, ofComment, ofGreen] = erased;
    const seen = async (client: Client) =>
      ((await client.get('events?type=PayloadErased&limit=500')).body.items as { data: object }[]).map(
        ({ data }) => data,
      );
    const all = (each: typeof ofRed, subject: string, law = LAW) => ({
      positions: each!.positions,
      subject,
      ...law,
    });
    const bare = (each: typeof ofRed) => ({ positions: each!.positions });
    expect(ofGreen!.quotedAt.length).toBeGreaterThan(0);
    expect(await seen(service.admin)).toEqual([
      all(ofRed, `sha256:${digest}`, OF_RED),
      all(ofComment, hidden.comment),
      { ...all(ofGreen, open.document), quotedAt: ofGreen!.quotedAt },
    ]);
    // The red document is there for her; the hidden incident, where a copy is, is not.
    expect(await seen(rita!)).toEqual([
      all(ofRed, `sha256:${digest}`, OF_RED),
      bare(ofComment),
      bare(ofGreen),
    ]);
    expect(await seen(greta!)).toEqual([bare(ofRed), bare(ofComment), bare(ofGreen)]);

    const audited = (await greta!.get('audit?type=PayloadErased')).body.items;
    expect(audited.map(({ sentence, changes }: any) => [sentence, changes])).toEqual(
      erased.map(({ positions }) => [
        `admin erased by law what ${positions.length === 1 ? 'one event' : `${positions.length} events`} said.`,
        [{ field: 'erased', before: null, after: positions }],
      ]),
    );
    const { items } = (await greta!.get('difference?from=0')).body;
    expect(
      items.find(({ what }: any) => what === 'erasures').changes.map(({ reason }: any) => reason),
    ).toEqual([undefined, undefined, undefined]);

    const last = ofGreen!.position;
    for (const reader of live)
      await reader.until(() => (reader.events.at(-1)?.id ?? 0) >= last || reader.ended);
    const feeds = live.map(({ events }) =>
      events.filter(({ event }) => event === 'PayloadErased').map(({ data }) => data.data),
    );
    expect(feeds).toEqual([await seen(rita!), await seen(greta!), await seen(service.admin)]);
  });
});

describe('an incident that is opened for some', () => {
  let service: TestService;
  let [judy, alice, bob]: Client[] = [];
  beforeAll(async () => {
    service = await startTestService();
    judy = await service.member('judy', 'adjudicator');
    alice = await service.member('alice', 'annotator');
    bob = await service.member('bob', 'annotator');
  });
  afterAll(() => service.close());

  test('was never there for the others: not in a feed that was open, not in a page, not by a batch', async () => {
    const feed = await LiveReader.open(service.url, bob!.token, 'events?after=0');
    const one = await judy!.post('incidents', { title: 'Sealed one', restrictedTo: ['judy', 'alice'] });
    expect([one.status, one.body]).toMatchObject([201, { revision: 2 }]);
    for (const mode of ['atomic', 'each']) {
      const batch = await judy!.post('batches', {
        mode,
        commands: [
          { command: 'open-incident', as: 'i', body: { title: `Sealed ${mode}`, restrictedTo: ['judy'] } },
          { command: 'record-attack', incidentId: '$i', body: { summary: 'Rockets' } },
        ],
      });
      expect(batch.body.results).toMatchObject([{ status: 201 }, { status: 201 }]);
    }
    const end = await enter(judy!, 'incidents', { title: 'Told to all' });
    await feed.until(() => (feed.events.at(-1)?.id ?? 0) >= end.position);
    feed.close();
    expect(JSON.stringify(feed.events)).not.toContain('Sealed');
    for (const path of ['events?limit=500', 'audit?limit=200', 'incidents', 'difference?from=0'])
      expect((await bob!.get(path)).text).not.toContain('Sealed');
    expect((await alice!.get(`incidents/${one.body.id}`)).body.restrictedTo).toEqual(['alice', 'judy']);
    expect((await bob!.get(`incidents/${one.body.id}`)).status).toBe(404);
  });

  test('is opened by those who may restrict, who name themselves and members', async () => {
    const refused = async (client: Client, restrictedTo: string[]) => {
      const { status, body } = await client.post('incidents', { title: 'Sealed', restrictedTo });
      return [status, body.type, body.errors?.[0]?.pointer];
    };
    const problem = (code: string) => `urn:casebook:problem:${code}`;
    expect(await refused(alice!, ['alice'])).toEqual([403, problem('not-permitted'), undefined]);
    expect(await refused(judy!, ['alice'])).toEqual([
      422,
      problem('restriction-without-you'),
      '/restrictedTo',
    ]);
    expect(await refused(judy!, ['judy', 'nobody'])).toMatchObject([
      404,
      problem('member-unknown'),
      '/restrictedTo/1',
    ]);
    const key = { 'idempotency-key': 'sealed-once' };
    const body = { title: 'Sealed again', restrictedTo: ['judy'] };
    const first = await judy!.post('incidents', body, key);
    expect((await judy!.post('incidents', body, key)).body).toEqual(first.body);
  });
});

describe('an admin who is not cleared for everything', () => {
  let service: TestService;
  let [greta, rosa]: Client[] = [];
  let red: { id: string; position: number };
  let green: { id: string; position: number };
  const problem = 'urn:casebook:problem:clearance-beyond-yours';

  beforeAll(async () => {
    service = await startTestService();
    const { admin } = service;
    rosa = await service.member('rosa', 'admin');
    greta = await service.member('greta', 'admin');
    await admin.patch('members/greta', { clearance: 'green' });
    red = await enter(admin, 'documents', { title: 'Sealed', text: 'Sealed words.', tlp: 'red' });
    green = await enter(admin, 'documents', { title: 'Wire', text: 'Nine were killed.', tlp: 'green' });
    const incident = (await enter(admin, 'incidents', { title: 'Sealed' })).id;
    await enter(admin, `incidents/${incident}/documents`, { documentId: red.id });
    await enter(admin, `incidents/${incident}/documents`, { documentId: green.id });
    await enter(admin, `incidents/${incident}/claims`, {
      anchor: { documentId: green.id, exact: 'Nine were killed' },
    });
  });
  afterAll(() => service.close());

  test('gives nobody a clearance above the own, and no way in as somebody who has one', async () => {
    const attempts = [
      await greta!.patch('members/greta', { clearance: 'red' }),
      await greta!.patch('members/greta', { clearance: null }),
      await greta!.post('members', { id: 'puppet', name: 'Puppet', role: 'admin' }),
      await greta!.post('members', { id: 'puppet', name: 'Puppet', role: 'reader', clearance: 'amber' }),
      await greta!.post('members/rosa/tokens'),
      await greta!.patch('members/rosa', { identity: 'greta-at-the-provider' }),
    ];
    expect(attempts.map(({ status, body }) => [status, body.type])).toEqual(
      attempts.map(() => [403, problem]),
    );
    expect((await greta!.get(`documents/${red.id}`)).status).toBe(404);
    expect((await greta!.post('members/nobody/tokens')).body.type).toBe(
      'urn:casebook:problem:member-unknown',
    );
  });

  test('goes on with all else that admins do', async () => {
    const added = await greta!.post('members', {
      id: 'gail',
      name: 'Gail',
      role: 'reader',
      clearance: 'green',
    });
    expect(added.status).toBe(201);
    expect((await greta!.post('members/gail/tokens')).status).toBe(201);
    expect((await greta!.patch('members/rosa', { name: 'Rosa Quill' })).status).toBe(200);
    expect((await greta!.patch('members/rosa', { clearance: 'amber' })).status).toBe(200);
    expect((await greta!.post('members/greta/tokens')).status).toBe(201);
  });

  test('is cleared for more by an admin who has it', async () => {
    expect((await rosa!.patch('members/greta', { clearance: 'amber' })).status).toBe(200);
    expect((await rosa!.patch('members/greta', { clearance: 'red' })).body.type).toBe(problem);
    expect((await service.admin.patch('members/greta', { clearance: 'green' })).status).toBe(200);
  });

  test('erases nothing that the own clearance hides: it is answered as what never was', async () => {
    const erase = async (body: object) => {
      const answer = await greta!.post('erasures', { ...LAW, ...body });
      return { status: answer.status, text: answer.text };
    };
    const nowhere = await erase({ positions: [9_999] });
    const hidden = await erase({ positions: [red.position] });
    expect(hidden.status).toBe(404);
    expect(hidden.text.replaceAll(String(red.position), 'N')).toBe(nowhere.text.replaceAll('9999', 'N'));
    const unknown = `sha256:${'0'.repeat(64)}`;
    const [ofHidden, ofUnknown] = [await erase({ subject: red.id }), await erase({ subject: unknown })];
    expect([ofHidden.status, ofHidden.text.replaceAll(red.id, 'S')]).toEqual([
      404,
      ofUnknown.text.replaceAll(unknown, 'S'),
    ]);
    expect((await service.admin.get(`documents/${red.id}`)).body.title).toBe('Sealed');
  });

  test('erases what is visible to them, and neither erases nor learns of the copies that are not', async () => {
    const body = { subject: green.id, includeQuotes: true, ...LAW };
    const key = { 'idempotency-key': 'green-once' };
    const answer = await greta!.post('erasures', body, key);
    expect([answer.status, answer.body]).toMatchObject([201, { positions: [green.position], quotedAt: [] }]);
    expect((await greta!.post('erasures', body, key)).body).toEqual(answer.body);
    // Who sees all is told that copies are left.
    const { items } = (await service.admin.get('events?type=PayloadErased')).body;
    expect(items.at(-1).data.quotedAt).toHaveLength(2);
    const whole = await service.admin.post('erasures', body);
    expect(whole.body.positions).toHaveLength(2);
  });
});
