import { request as httpRequest } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { type Client, startTestService, type TestService } from '../support/service.js';

/*
 * A view that a writer could not apply stands still until it is caught up. Who may come in, and who may see what, does not: it is
 * answered as the ledger says, in every process, by every read.
 */

/** The tables of each view that access rests on. */
const VIEWS = {
  incidents: ['incidents_v1.incidents', 'incidents_v1.sources'],
  library: ['library_v1.documents'],
  members: ['members_v1.members', 'members_v1.tokens'],
};
type View = keyof typeof VIEWS;

/** Follows the live feed as this member; what came so far, and whether it was ended from the other side. */
function follow(url: string, token: string) {
  let got = '';
  let ended = false;
  const request = httpRequest(`${url}/v1/workspaces/default/events`, {
    agent: false,
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  request.on('response', (answer) => {
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => (got += chunk));
    answer.on('error', () => undefined);
    answer.on('close', () => (ended = true));
  });
  request.on('error', () => undefined);
  request.end();
  const until = async (holds: () => boolean, what: string): Promise<void> => {
    const deadline = Date.now() + 30_000;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`${what}, which did not come about; there was: ${got}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    text: () => got,
    has: (words: string) => until(() => got.includes(words), `waited for ${words}`),
    ends: () => until(() => ended, 'waited for the end'),
    close: () => request.destroy(),
  };
}

describe.each<[View]>([['incidents'], ['library'], ['members']])('while the view %s is detached', (view) => {
  let service: TestService;
  let processes: string[];
  /** Each process as this member. */
  const as = ({ token }: Client): Client[] => processes.map((url) => service.client(token, url));

  let [alice, bob, audrey]: Client[] = [];
  let secret: string;
  let documentId: string;
  let documents = 0;
  const open = async (title: string): Promise<string> =>
    (await alice!.post('incidents', { title })).body.id as string;
  const importText = async (details: object): Promise<string> => {
    documents += 1;
    const text = `The informer spoke, ${documents}.`;
    return (await alice!.post('documents', { title: 'Confidential notes', text, ...details })).body
      .id as string;
  };
  const statusOf = async (): Promise<string> =>
    (
      await service.database.ownerPool.query<{ status: string }>(
        `SELECT status FROM view_progress WHERE workspace_id = 'default' AND view = $1`,
        [view],
      )
    ).rows[0]!.status;

  beforeAll(async () => {
    service = await startTestService();
    processes = [service.url, (await service.another()).url];
    [alice, bob, audrey] = await Promise.all([
      service.member('alice', 'adjudicator'),
      service.member('bob', 'annotator'),
      service.member('audrey', 'auditor'),
    ]);
    secret = await open('Informer in the harbour');
    documentId = await importText({});
    await alice.post(`incidents/${secret}/documents`, { documentId });
    await alice.post(`incidents/${secret}/claims`, {
      anchor: { documentId, exact: 'The informer spoke' },
      tags: ['deep-cover'],
    });
    await service.member('gwen', 'reader');

    await service.database.ownerPool.query(`
      CREATE FUNCTION out_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'this table is out of order'; END $$`);
    for (const table of VIEWS[view]) {
      await service.database.ownerPool.query(
        `CREATE TRIGGER out_of_order BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION out_of_order()`,
      );
    }
    // Writes that each of the views would have rows of.
    await open('The first that the view misses');
    await importText({ title: 'Unmarked' });
    await service.admin.patch('members/alice', { name: 'Alice A.' });
    expect(await statusOf()).toBe('detached');
  });
  afterAll(() => service.close());

  const lists = [
    'incidents',
    'incidents?q=informer',
    'documents',
    'documents?q=confidential',
    'tags',
    'audit?limit=500',
    'events?limit=500',
    'audit?type=ClaimTagged',
  ];

  test('a restriction holds at once, in lists, searches, histories, the audit, the ledger and the live feed', async () => {
    const feeds = processes.map((url) => follow(url, bob!.token));
    await Promise.all(feeds.map((feed) => feed.has(': from position')));
    // An incident that a detached view has never heard of, too.
    const unheard = await open('Unheard of');
    for (const id of [secret, unheard]) {
      const restricted = await alice!.post(`incidents/${id}/restriction`, {
        members: ['alice'],
        reason: 'A life is at stake.',
      });
      expect(restricted.status).toBe(200);
      await alice!.post(`incidents/${id}/comments`, { targetId: id, body: 'Said among us.' });
    }
    const sentinel = await open('Seen by all');
    await Promise.all(feeds.map((feed) => feed.has(sentinel)));
    for (const feed of feeds) {
      expect(feed.text()).not.toMatch(/A life is at stake|Said among us/);
      feed.close();
    }
    for (const client of as(bob!)) {
      for (const path of lists) {
        const { status, text } = await client.get(path);
        expect([path, status]).toEqual([path, 200]);
        expect([path, [secret, unheard, 'deep-cover'].filter((word) => text.includes(word))]).toEqual([
          path,
          [],
        ]);
      }
      for (const id of [secret, unheard]) {
        for (const rest of ['', '/history', '/claims', '/timeline', '/proof', '?asOf=5']) {
          const { status } = await client.get(`incidents/${id}${rest}`);
          expect([rest, status]).toEqual([rest, 404]);
        }
        expect((await client.post(`incidents/${id}/comments`, { targetId: id, body: 'Hm.' })).status).toBe(
          404,
        );
      }
    }
    for (const client of [...as(alice!), ...as(audrey!)]) {
      expect((await client.get(`incidents/${secret}/history`)).text).toContain('A life is at stake');
    }
  });

  test('a higher marking holds at once, and so does a lower clearance', async () => {
    const gwen = await clientOf('gwen');
    const late = await importText({});
    const incident = await open('On the notes');
    await alice!.post(`incidents/${incident}/documents`, { documentId: late });
    const seen = async (id: string) =>
      Promise.all(
        as(gwen).map(async (client) => ({
          history: (await client.get(`incidents/${incident}/history`)).status,
          ledger: (await client.get('events?limit=500')).text.includes(`document:${id}`),
          audit: (await client.get('audit?limit=500')).text.includes(id),
        })),
      );
    const all = { history: 200, ledger: true, audit: true };
    const nothing = { history: 404, ledger: false, audit: false };
    expect(await seen(late)).toEqual([all, all]);
    expect((await service.admin.patch('members/gwen', { clearance: 'green' })).status).toBe(200);
    expect(await seen(late)).toEqual([all, all]);
    const feeds = processes.map((url) => follow(url, gwen.token));
    await Promise.all(feeds.map((feed) => feed.has(': from position')));
    expect((await alice!.patch(`documents/${late}`, { tlp: 'amber' })).status).toBe(200);
    const red = await importText({ tlp: 'red' });
    const sentinel = await open('Seen by all');
    await Promise.all(feeds.map((feed) => feed.has(sentinel)));
    for (const feed of feeds) {
      expect([late, red].filter((id) => feed.text().includes(id))).toEqual([]);
      feed.close();
    }
    expect(await seen(late)).toEqual([nothing, nothing]);
    for (const client of as(gwen)) {
      for (const id of [late, red]) expect((await client.get(`documents/${id}`)).status).toBe(404);
      for (const path of lists) {
        const { text } = await client.get(path);
        expect([path, [late, red, incident].filter((id) => text.includes(id))]).toEqual([path, []]);
      }
    }
    await alice!.patch(`documents/${late}`, { tlp: 'green' });
    expect(await seen(late)).toEqual([all, all]);
    await service.admin.patch('members/gwen', { clearance: 'clear' });
    expect(await seen(late)).toEqual([nothing, nothing]);
  });

  test('a revoked token, a removed member and a lower role are out at once, a new token is in', async () => {
    const works = (client: Client, path = 'incidents') =>
      Promise.all(as(client).map(async (each) => (await each.get(path)).status));
    const issue = async (id: string) => {
      const { body } = await service.admin.post(`members/${id}/tokens`);
      return {
        client: service.client(body.token as string),
        path: `tokens/${body.id}/revocation`,
      };
    };

    const { client: extra, path } = await issue('alice');
    expect(await works(extra)).toEqual([200, 200]);
    const feeds = processes.map((url) => follow(url, extra.token));
    await Promise.all(feeds.map((feed) => feed.has(': from position')));
    expect((await service.admin.post(path)).status).toBe(200);
    expect(await works(extra)).toEqual([401, 401]);
    await Promise.all(feeds.map((feed) => feed.ends()));
    expect(await works(alice!)).toEqual([200, 200]);

    const mary = await service.member('mary', 'auditor');
    expect(await works(mary, `incidents/${secret}/history`)).toEqual([200, 200]);
    expect((await service.admin.patch('members/mary', { role: 'reader' })).status).toBe(200);
    expect(await works(mary, `incidents/${secret}/history`)).toEqual([404, 404]);
    expect(await works(mary, 'refusals')).toEqual([403, 403]);
    expect((await service.admin.post('members/mary/removal')).status).toBeLessThan(300);
    expect(await works(mary)).toEqual([401, 401]);
  });

  test('once it is put right and caught up, the answers are the same', async () => {
    const gwen = await clientOf('gwen');
    const answers = async () =>
      Promise.all(
        [bob!, gwen].flatMap((client) =>
          as(client).flatMap((each) =>
            ['audit?limit=500', 'events?limit=500', 'tags'].map(async (path) => (await each.get(path)).text),
          ),
        ),
      );
    const before = await answers();
    for (const table of VIEWS[view])
      await service.database.ownerPool.query(`DROP TRIGGER out_of_order ON ${table}`);
    await service.database.ownerPool.query(
      `UPDATE view_progress SET retry_at = NULL WHERE retry_at IS NOT NULL`,
    );
    const deadline = Date.now() + 60_000;
    while ((await statusOf()) !== 'attached') {
      if (Date.now() > deadline) throw new Error('the view was not attached again');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await answers()).toEqual(before);
    for (const { differences } of await service.replay()) expect(differences).toEqual([]);
  });

  /** By a token of its own. */
  async function clientOf(id: string): Promise<Client> {
    const issued = await service.admin.post(`members/${id}/tokens`, {}, { 'idempotency-key': uuidv7() });
    return service.client(issued.body.token as string);
  }
});
