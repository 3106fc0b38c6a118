import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { LiveReader } from '../support/live-reader.js';
import { type Answer, type Client, startTestService, type TestService } from '../support/service.js';

const TEXT = 'The informer said that the lorry would come on Friday. Nobody was warned.';
const SECRETS = ['Informer in the harbour', 'deep-cover', 'Too dangerous to share'];

/** An incident with a document, a claim, a dispute about it, and a comment: something under every address. */
async function openIncident(author: Client, documentId: string) {
  const incident = (await author.post('incidents', { title: 'Informer in the harbour' })).body.id as string;
  const path = `incidents/${incident}`;
  await author.post(`${path}/documents`, { documentId });
  const claim = await author.post(`${path}/claims`, {
    anchor: { documentId, exact: 'the lorry would come on Friday' },
    tags: ['deep-cover', 'lorry'],
  });
  const dispute = await author.post(`${path}/disputes`, {
    targets: [claim.body.id],
    question: 'Too dangerous to share?',
  });
  const comment = await author.post(`${path}/comments`, { targetId: claim.body.id, body: 'Careful.' });
  const ids = { claim: claim.body.id, dispute: dispute.body.id, comment: comment.body.id };
  return { id: incident, path, ...ids };
}

const importText = async (author: Client, details: object, text = TEXT): Promise<string> =>
  (await author.post('documents', { title: 'Notes', text, ...details })).body.id as string;

describe('an incident that is restricted to members', () => {
  let service: TestService;
  let [alice, bob, judy, rita, audrey]: Client[] = [];
  let incident: Awaited<ReturnType<typeof openIncident>>;
  let documentId: string;
  beforeAll(async () => {
    service = await startTestService();
    [alice, bob, judy, rita, audrey] = await Promise.all([
      service.member('alice', 'annotator'),
      service.member('bob', 'annotator'),
      service.member('judy', 'adjudicator'),
      service.member('rita', 'reader'),
      service.member('audrey', 'auditor'),
    ]);
    documentId = await importText(alice, {}, `${TEXT} Filed by the harbour desk.`);
    incident = await openIncident(alice, documentId);
    await alice.post('incidents', { title: 'Open to all' });
    const restricted = await judy.post(`${incident.path}/restriction`, {
      members: ['judy', 'alice'],
      reason: 'Too dangerous to share.',
    });
    expect([restricted.status, restricted.body]).toMatchObject([200, { id: incident.id, revision: 2 }]);
  });
  afterAll(() => service.close());

  test('is there for those whom it names, and for those who oversee all incidents', async () => {
    for (const client of [alice!, judy!, audrey!, service.admin]) {
      const read = await client.get(incident.path);
      expect(read.body).toMatchObject({ id: incident.id, restrictedTo: ['alice', 'judy'] });
      expect(read.body.claims).toHaveLength(1);
      const listed = await client.get('incidents');
      expect(listed.body.items).toMatchObject([
        { title: 'Open to all' },
        { restrictedTo: ['alice', 'judy'] },
      ]);
      expect((await client.get('tags')).body.items).toHaveLength(2);
    }
    expect((await alice!.patch(incident.path, { summary: 'Seen twice.' })).status).toBe(200);
  });

  test('is not there for a token of an admin that is narrowed to less than to oversee', async () => {
    const narrowed = async (permissions: string[]): Promise<Client> =>
      service.client(
        (await service.admin.post('members/admin/tokens', { permissions })).body.token as string,
      );
    const [reads, oversees] = [await narrowed(['read', 'annotate']), await narrowed(['read', 'oversee'])];
    expect([(await reads.get(incident.path)).status, (await oversees.get(incident.path)).status]).toEqual([
      404, 200,
    ]);
    expect((await reads.get('incidents')).body.items).toMatchObject([{ title: 'Open to all' }]);
    expect((await reads.patch(incident.path, { summary: 'Not seen.' })).status).toBe(404);
  });

  test('is in no list, count, history or ledger that anybody else reads', async () => {
    for (const client of [bob!, rita!]) {
      expect((await client.get('incidents')).body.items).toMatchObject([{ title: 'Open to all' }]);
      expect((await client.get('tags')).body).toEqual({ items: [], next: null });
      expect((await client.get(`tags?incidentId=${incident.id}`)).body.items).toEqual([]);
      const moment = new Date().toISOString();
      const answers = await Promise.all(
        [
          'incidents?q=informer',
          'audit?limit=500',
          `audit?incidentId=${incident.id}`,
          `audit?annotationId=${incident.claim}`,
          'audit?actor=alice',
          'audit?type=ClaimTagged',
          `audit?to=${moment}`,
          'events?limit=500',
          `events?incidentId=${incident.id}`,
          'documents',
          'members',
        ].map((path) => client.get(path)),
      );
      for (const { status, text } of answers) {
        expect(status).toBe(200);
        const { id, claim, dispute, comment } = incident;
        expect([...SECRETS, id, claim, dispute, comment].filter((secret) => text.includes(secret))).toEqual(
          [],
        );
      }
      // As of a time, others' incidents are found as ever, though the ledger has gaps for this reader.
      const open = (await client.get('incidents')).body.items[0] as { id: string };
      expect((await client.get(`incidents/${open.id}?asOf=${moment}`)).status).toBe(200);
    }
    expect((await bob!.get('documents')).body.items).toMatchObject([{ id: documentId }]);
    expect((await audrey!.get(`audit?incidentId=${incident.id}`)).body.items.length).toBeGreaterThan(5);
  });

  test('is answered, under every address and method that there is, as one that never was', async () => {
    const { body: description } = await bob!.get('/openapi.json');
    const strip = ({ status, headers, text }: Answer, ids: readonly string[]) => ({
      status,
      etag: headers.get('etag'),
      text: ids.reduce((rest, id, index) => rest.replaceAll(id, `#${index}`), text),
    });
    let compared = 0;
    for (const [template, operations] of Object.entries<Record<string, any>>(description.paths)) {
      if (!template.includes('{incident}')) continue;
      for (const [method, operation] of Object.entries(operations)) {
        const annotation = template.includes('/disputes/')
          ? incident.dispute
          : template.includes('/comments/')
            ? incident.comment
            : incident.claim;
        const content = Object.values<any>(operation.requestBody?.content ?? {})[0];
        const reference = content?.schema?.$ref?.split('/').at(-1) as string | undefined;
        const example = (content?.example ??
          (reference && description.components.schemas[reference]?.example)) as unknown;
        const ask = async (incidentId: string, annotationId: string) => {
          const path = template
            .replace('{workspace}', 'default')
            .replace('{incident}', incidentId)
            .replace('{document}', documentId)
            .replaceAll(/\{(annotation|suggestion|attack|warning)\w*\}/g, annotationId)
            .replaceAll(/\{\w+\}/g, '1');
          const answer = await judge.request(
            method.toUpperCase(),
            path,
            content === undefined ? undefined : (example ?? {}),
            { 'idempotency-key': uuidv7() },
          );
          return strip(answer, [incidentId, annotationId]);
        };
        const hidden = await ask(incident.id, annotation);
        expect([method, template, hidden]).toEqual([method, template, await ask(uuidv7(), annotation)]);
        expect(hidden.status).toBeGreaterThanOrEqual(400);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(40);
  });

  /** May do whatever is done to incidents, and sees none that is restricted to others. */
  let judge: Client;
  beforeAll(async () => {
    judge = await service.member('jules', 'adjudicator');
  });

  test('gives no answer of a key again to whom it was closed since', async () => {
    const key = { 'idempotency-key': uuidv7() };
    const opened = await judge.post('incidents', { title: 'Mine' }, key);
    const path = `incidents/${opened.body.id}`;
    const claimKey = { 'idempotency-key': uuidv7() };
    await judge.post(`${path}/comments`, { targetId: opened.body.id, body: 'First.' }, claimKey);
    await service.admin.post(`${path}/restriction`, { members: ['alice'] });
    const again = await judge.post('incidents', { title: 'Mine' }, key);
    const comment = await judge.post(
      `${path}/comments`,
      { targetId: opened.body.id, body: 'First.' },
      claimKey,
    );
    expect([again.status, comment.status]).toEqual([404, 404]);
    expect(again.text).not.toContain(opened.body.id);
  });

  test('is restricted by adjudicators who name members, themselves among them', async () => {
    const open = (await judy!.post('incidents', { title: 'Another' })).body.id as string;
    const restrict = (client: Client, members: unknown[]) =>
      client.post(`incidents/${open}/restriction`, { members });
    expect((await restrict(alice!, ['alice'])).status).toBe(403);
    expect((await restrict(judy!, ['alice'])).body).toMatchObject({
      type: 'urn:casebook:problem:restriction-without-you',
      status: 422,
      errors: [{ pointer: '/members' }],
    });
    await service.member('former', 'reader');
    await service.admin.post('members/former/removal');
    for (const stranger of ['nobody', 'former']) {
      expect((await restrict(judy!, ['judy', stranger])).body).toMatchObject({
        type: 'urn:casebook:problem:member-unknown',
        status: 404,
        errors: [{ pointer: '/members/1' }],
      });
    }
    expect((await restrict(judy!, [])).status).toBe(400);
    const first = await restrict(judy!, ['judy']);
    expect((await restrict(judy!, ['judy'])).body).toEqual(first.body);
    expect((await bob!.get(`incidents/${open}`)).status).toBe(404);
    await judy!.post(`incidents/${open}/unrestriction`, { reason: 'It is out.' });
    expect((await bob!.get(`incidents/${open}`)).body).not.toHaveProperty('restrictedTo');
    const { items } = (await bob!.get(`incidents/${open}/history`)).body;
    expect(items.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
      'judy opened the incident “Another”.',
      'judy restricted the incident to judy.',
      'judy opened the incident to every member, because: It is out.',
    ]);
  });

  test('leaves the live feed of others at the moment in which it is restricted', async () => {
    const other = await service.another();
    const open = (await judy!.post('incidents', { title: 'Live' })).body.id as string;
    const rest = `${new URL(service.url).origin}/v1/workspaces/default/events`;
    const follow = (client: Client, url: string) => {
      const got: string[] = [];
      const request = httpRequest(url, {
        agent: false,
        headers: { authorization: `Bearer ${client.token}`, accept: 'text/event-stream' },
      });
      request.on('response', (answer) => {
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => got.push(chunk));
        answer.on('error', () => undefined);
      });
      request.on('error', () => undefined);
      request.end();
      return {
        text: () => got.join(''),
        async until(words: string) {
          const deadline = Date.now() + 20_000;
          while (!got.join('').includes(words)) {
            if (Date.now() > deadline) throw new Error(`no ${words} in ${got.join('')}`);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        },
        end: () => request.destroy(),
      };
    };
    const feeds = [
      follow(bob!, rest),
      follow(bob!, rest.replace(service.url, other.url)),
      follow(judy!, rest),
    ] as const;
    await Promise.all(feeds.map((feed) => feed.until(': from position')));
    const comment = (body: string) =>
      judy!.post(`incidents/${open}/comments`, { targetId: open, body }).then(({ status }) => status);
    expect(await comment('seen by all')).toBe(201);
    await Promise.all(feeds.map((feed) => feed.until('seen by all')));
    await judy!.post(`incidents/${open}/restriction`, { members: ['judy'], reason: 'now it is closed' });
    expect(await comment('seen by few')).toBe(201);
    const sentinel = (await bob!.post('incidents', { title: 'the last thing seen' })).body.id as string;
    await Promise.all(feeds.map((feed) => feed.until(sentinel)));
    for (const feed of feeds.slice(0, 2)) {
      expect(feed.text()).not.toContain('now it is closed');
      expect(feed.text()).not.toContain('seen by few');
    }
    expect(feeds[2].text()).toContain('seen by few');
    for (const feed of feeds) feed.end();
  });

  test('is proved without being shown: hashes are everybody’s, envelopes are not', async () => {
    const { items } = (await audrey!.get(`events?incidentId=${incident.id}`)).body;
    const { position } = items[0] as { position: number };
    for (const client of [bob!, audrey!]) {
      expect((await client.get(`ledger/inclusion/${position}`)).status).toBe(200);
      expect((await client.get('ledger/consistency?from=1')).status).toBe(200);
    }
    const size = await service.size();
    const bundle = `ledger/tile/entries/000.p/${Math.min(size, 255)}`;
    expect([(await bob!.get(bundle)).status, (await audrey!.get(bundle)).status]).toEqual([403, 200]);
    const proof = `ledger/proof/${position}`;
    expect([(await bob!.get(proof)).status, (await audrey!.get(proof)).status]).toEqual([403, 200]);
    expect((await bob!.get('ledger/proof/1')).status).toBe(200);
  });

  test('is folded again to the same view', async () => {
    for (const { differences } of await service.replay()) expect(differences).toEqual([]);
  });
});

describe('a document above a member’s clearance', () => {
  let service: TestService;
  let [alice, gwen]: Client[] = [];
  let incident: Awaited<ReturnType<typeof openIncident>>;
  let red: string;
  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator');
    gwen = await service.member('gwen', 'annotator');
    const cleared = await service.admin.patch('members/gwen', { clearance: 'green' });
    expect(cleared.status).toBe(200);
    red = await importText(alice, { tlp: 'red', title: 'Informer in the harbour' });
    await importText(alice, { tlp: 'green', title: 'Green' }, 'For the community.');
    await importText(alice, { title: 'Unmarked' }, 'For everybody.');
    incident = await openIncident(alice, red);
  });
  afterAll(() => service.close());

  test('is not there, nor is an incident that it is attached to', async () => {
    const { items } = (await gwen!.get('documents')).body;
    expect(items.map(({ title }: { title: string }) => title).sort()).toEqual(['Green', 'Unmarked']);
    expect(items).toContainEqual(expect.objectContaining({ title: 'Green', tlp: 'green' }));
    for (const path of [
      `documents/${red}`,
      `documents/${red}/text`,
      incident.path,
      `${incident.path}/history`,
    ])
      expect([path, (await gwen!.get(path)).status]).toEqual([path, 404]);
    for (const path of ['audit?limit=500', 'events?limit=500', 'incidents', 'tags', 'documents?q=informer']) {
      const { text } = await gwen!.get(path);
      expect([...SECRETS, incident.id, red].filter((secret) => text.includes(secret))).toEqual([]);
    }
    const { body } = await alice!.get(`documents/${red}`);
    expect(body).toMatchObject({ tlp: 'red' });
  });

  test('is not written to, attached or quoted', async () => {
    const unknown = `sha256:${createHash('sha256').update('nothing').digest('hex')}`;
    const own = (await gwen!.post('incidents', { title: 'Own' })).body.id as string;
    const both = async (ask: (id: string) => Promise<Answer>) => {
      const [hidden, none] = [await ask(red), await ask(unknown)];
      expect(hidden.text.replaceAll(red, '#')).toBe(none.text.replaceAll(unknown, '#'));
      expect(hidden.status).toBeGreaterThanOrEqual(400);
    };
    await both((documentId) => gwen!.post(`incidents/${own}/documents`, { documentId }));
    await both((id) => gwen!.patch(`documents/${id}`, { tlp: 'clear' }));
    // Quoted rightly, or nearly so, in a process that remembers the text since Alice read it.
    for (const exact of ['The informer said', 'The informer sang']) {
      expect((await alice!.get(`documents/${red}/text`)).status).toBe(200);
      await both((documentId) => gwen!.post(`incidents/${own}/claims`, { anchor: { documentId, exact } }));
    }
    const hidden = await gwen!.post(`${incident.path}/comments`, { targetId: incident.claim, body: 'Hm.' });
    const none = await gwen!.post(`incidents/${uuidv7()}/comments`, {
      targetId: incident.claim,
      body: 'Hm.',
    });
    expect([hidden.status, hidden.body.detail]).toEqual([404, none.body.detail]);
  });

  test('leaves and enters the live feed of others with what is said of it', async () => {
    const { admin } = service;
    const reader = await LiveReader.open(service.url, gwen!.token, `events?after=${await service.size()}`);
    const expected: number[] = [];
    const seen = async (written: Promise<Answer>): Promise<string> => {
      const { id, position } = (await written).body as { id: string; position: number };
      expected.push(position);
      await reader.until(() => reader.events.length >= expected.length);
      expect(reader.events.map((event) => event.id)).toEqual(expected);
      return id;
    };
    const unseen = async (written: Promise<Answer>): Promise<string> => {
      const { status, body } = await written;
      expect(status).toBeLessThan(300);
      return body.id as string;
    };
    const comment = (incidentId: string) =>
      alice!.post(`incidents/${incidentId}/comments`, { targetId: incidentId, body: 'Said.' });
    const open = (title: string) => alice!.post('incidents', { title });

    await unseen(alice!.post('documents', { title: 'New', text: 'New and red.', tlp: 'red' }));
    const attached = await seen(open('A red document comes'));
    await unseen(alice!.post(`incidents/${attached}/documents`, { documentId: red }));
    await unseen(comment(attached));

    const described = await seen(open('A document gets another marking'));
    const green = await seen(alice!.post('documents', { title: 'G', text: 'Green yet.', tlp: 'green' }));
    await seen(alice!.post(`incidents/${described}/documents`, { documentId: green }));
    await unseen(alice!.patch(`documents/${green}`, { tlp: 'amber' }));
    await unseen(comment(described));
    // What comes behind it is there: the reader is past it before it may be seen again.
    await seen(open('Meanwhile'));
    await seen(alice!.patch(`documents/${green}`, { tlp: 'green' }));
    await seen(comment(described));

    const restricted = await seen(open('Restricted for a while'));
    await unseen(admin.post(`incidents/${restricted}/restriction`, { members: ['alice'] }));
    await unseen(comment(restricted));
    await seen(open('Meanwhile'));
    await seen(admin.post(`incidents/${restricted}/unrestriction`));
    await seen(comment(restricted));
    reader.close();
  });

  test('stays closed with its incident when it is detached, for the history quotes it', async () => {
    await alice!.post(`${incident.path}/claims/${incident.claim}/retraction`, { reason: 'Wrong.' });
    const detached = await alice!.post(`${incident.path}/documents/${red}/detachment`, { reason: 'Wrong.' });
    expect(detached.status).toBe(200);
    expect((await gwen!.get(incident.path)).status).toBe(404);
  });

  test('comes into view with a lower marking, or a higher clearance', async () => {
    await alice!.patch(`documents/${red}`, { tlp: 'green' });
    expect((await gwen!.get(`documents/${red}`)).body).toMatchObject({ tlp: 'green' });
    expect((await gwen!.get(incident.path)).status).toBe(200);
    await alice!.patch(`documents/${red}`, { tlp: 'amber+strict' });
    expect((await gwen!.get(incident.path)).status).toBe(404);
    await service.admin.patch('members/gwen', { clearance: 'amber' });
    expect((await gwen!.get(incident.path)).status).toBe(404);
    await service.admin.patch('members/gwen', { clearance: null });
    expect((await gwen!.get(incident.path)).status).toBe(200);
    for (const { differences } of await service.replay()) expect(differences).toEqual([]);
  });

  test('is above an admin’s clearance too', async () => {
    const root = await service.member('root', 'admin');
    await alice!.patch(`documents/${red}`, { tlp: 'red' });
    expect((await root.get(incident.path)).status).toBe(200);
    await service.admin.patch('members/root', { clearance: 'clear' });
    expect((await root.get(incident.path)).status).toBe(404);
    expect((await root.get(`documents/${red}`)).status).toBe(404);
  });
});
