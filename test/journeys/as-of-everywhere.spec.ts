import { readFileSync } from 'node:fs';
import { corpusText, enter } from '../support/corpus.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

/*
 * Every read of the workspace, whatever it is of, can be asked as of any moment, or docs/time.md says why not. A new route is found by what
 * /openapi.json says of it; that it keeps its promise is seen by asking now, changing everything, and asking as of then.
 */

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

/** What docs/time.md lists as never asked as of a moment: route and reason. */
const EXEMPT: ReadonlyMap<string, string> = new Map(
  [
    ...readFileSync(new URL('../../docs/time.md', import.meta.url), 'utf8').matchAll(
      /^\| `GET (?<route>[^`]+)` \| (?<reason>.+) \|$/gm,
    ),
  ].map(({ groups }) => [groups!['route']!.replace('…', '/v1/workspaces/{workspace}'), groups!['reason']!]),
);

const SECRET = 'number 555-0100';

describe('as of any moment', () => {
  let service: TestService;
  let admin: Client;
  let rita: Client;
  /** Every GET route, and whether it says that it takes `asOf`. */
  const reads = new Map<string, boolean>();
  /** What each read that takes `asOf` answered when it was asked, by position and address. */
  const then: { position: number; bodies: Map<string, unknown> }[] = [];
  const ids: Record<string, string> = {};
  let incident: string;
  let secretAt: number;

  const addressOf = (route: string): string => {
    const kind = /\/(\w+)\/\{annotation\}$/.exec(route)?.[1] ?? '';
    return route
      .replace('{workspace}', 'default')
      .replace('{incident}', ids['incident']!)
      .replace('{document}', ids['document']!)
      .replace('{member}', 'judy')
      .replace('{format}', 'web-annotation')
      .replace('{annotation}', ids[kind] ?? ids['claims']!);
  };
  const answers = async (
    query = '',
  ): Promise<Map<string, { body: any; headers: Headers; status: number }>> => {
    const found = new Map();
    const size = await service.size();
    for (const [route, takes] of reads) {
      if (!takes) continue;
      const answer = await admin.get(addressOf(route) + query, { 'ledger-position-at-least': String(size) });
      found.set(route, answer);
    }
    return found;
  };
  const remember = async (): Promise<void> => {
    const position = await service.size();
    const bodies = new Map([...(await answers())].map(([route, { body }]) => [route, body]));
    then.push({ position, bodies });
  };

  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    const description = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Operation>>;
    };
    for (const [path, { get }] of Object.entries(description.paths)) {
      if (get === undefined) continue;
      reads.set(
        path,
        (get.parameters ?? []).some(({ name, in: where }) => name === 'asOf' && where === 'query'),
      );
    }

    rita = await service.member('rita', 'reader');
    await service.member('judy', 'adjudicator', 'Judy');
    const text = corpusText('07-tarrick-wrong-group.txt');
    ids['document'] = (await enter(admin, 'documents', { title: 'One', text, published: '2024-02-11~' })).id;
    ids['incident'] = (await enter(admin, 'incidents', { title: 'Rockets', summary: 'Who fired?' })).id;
    incident = `incidents/${ids['incident']}`;
    await enter(admin, `${incident}/documents`, { documentId: ids['document'] });
    const claim = (start: number, tags: string[]) =>
      enter(admin, `${incident}/claims`, {
        anchor: { documentId: ids['document'], start, end: start + 12 },
        tags,
      });
    ids['claims'] = (await claim(0, ['one'])).id;
    const second = (await claim(20, ['two'])).id;
    ids['warnings'] = (await enter(admin, `${incident}/warnings`, { summary: 'A note' })).id;
    ids['attacks'] = (
      await enter(admin, `${incident}/attacks`, { summary: 'Rockets', occurredAt: { edtf: '2024-02-11' } })
    ).id;
    ids['links'] = (
      await enter(admin, `${incident}/links`, { warningId: ids['warnings'], attackId: ids['attacks'] })
    ).id;
    ids['disputes'] = (
      await enter(admin, `${incident}/disputes`, {
        question: 'Who?',
        targets: [ids['attacks']],
        owner: 'judy',
        positions: [{ statement: 'A', evidence: [ids['claims'], second] }, { statement: 'B' }],
      })
    ).id;
    const other = (
      await enter(admin, `${incident}/disputes`, { question: 'When?', targets: [ids['attacks']] })
    ).id;
    ids['comments'] = (
      await enter(admin, `${incident}/comments`, { targetId: ids['claims'], body: 'So?' })
    ).id;
    ids['items'] = (
      await enter(admin, `${incident}/items`, { format: 'stix', type: 'indicator', content: {} })
    ).id;
    await remember();

    await admin.patch(`${incident}/claims/${second}`, { tags: ['three'], statement: 'Said again.' });
    await admin.post(`${incident}/claims/${ids['claims']}/retraction`, { reason: 'Misread.' });
    secretAt = (
      await admin.patch(`${incident}/comments/${ids['comments']}`, { body: `Call her at ${SECRET}.` })
    ).body.position as number;
    await admin.patch(`${incident}/comments/${ids['comments']}`, { body: 'Called.' });
    await admin.patch(`${incident}/disputes/${ids['disputes']}`, { owner: 'rita', question: 'Who fired?' });
    await admin.patch('settings', { requireIfMatch: true });
    const { body: issued } = await admin.post('members/judy/tokens', { label: 'Second' });
    await remember();

    const anyway = { 'if-match': '*' };
    await admin.patch(incident, { title: 'Tarrick', summary: null }, anyway);
    await admin.post(`${incident}/disputes/${other}/retraction`, { reason: 'Settled long ago.' }, anyway);
    await admin.post(
      `${incident}/disputes/${ids['disputes']}/resolution`,
      { outcome: 'prevails', prevailing: 0, reason: 'The rails were found.' },
      anyway,
    );
    const changes = {
      warnings: { channel: 'note' },
      attacks: { summary: 'Rockets fired' },
      links: { grounds: 'The name.' },
      items: { title: 'An indicator' },
    };
    for (const [kind, fields] of Object.entries(changes))
      await admin.patch(`${incident}/${kind}/${ids[kind]}`, fields, anyway);
    await admin.patch(`documents/${ids['document']}`, { publisher: 'Examiner', upstream: 'Agency' }, anyway);
    await admin.patch('members/judy', { name: 'Judith', role: 'annotator' }, anyway);
    await admin.post(`tokens/${issued.id}/revocation`, {});
    await enter(admin, `${incident}/attacks`, { summary: 'A second one' });
    await admin.patch('settings', { requireIfMatch: false }, anyway);
    await remember();
  });
  afterAll(() => service.close());

  it('every read takes asOf and Accept-Datetime, or docs/time.md says why it does not', () => {
    const without = [...reads].filter(([, takes]) => !takes).map(([route]) => route);
    expect([...EXEMPT.keys()].sort()).toEqual(without.sort());
  });

  it('every read that takes asOf answers what it answered then', async () => {
    expect(then).toHaveLength(3);
    for (const { position, bodies } of then) {
      for (const [route, { body, headers }] of await answers(`?asOf=${position}`)) {
        expect([route, position, body]).toEqual([route, position, bodies.get(route)]);
        expect([route, headers.get('memento-datetime')]).toEqual([route, expect.stringMatching(/ GMT$/)]);
        expect([route, headers.get('link')]).toEqual([route, expect.stringContaining(`asOf=${position}`)]);
        expect([route, headers.get('ledger-position')]).toEqual([route, String(position)]);
      }
    }
    // What was asked changed in between, or the comparison would be of nothing with itself.
    const [first, , last] = then;
    const unchanged = [...first!.bodies].filter(
      ([route, body]) => JSON.stringify(body) === JSON.stringify(last!.bodies.get(route)),
    );
    expect(unchanged).toEqual([]);
  });

  it('what was erased since is forgotten at every moment', async () => {
    expect(JSON.stringify([...then[2]!.bodies])).toContain(SECRET);
    const erased = await admin.post('erasures', {
      positions: [secretAt],
      reason: 'A private number.',
      legalBasis: 'GDPR Art. 17',
    });
    expect(erased.status).toBe(201);
    for (let position = secretAt; position <= (await service.size()); position += 1) {
      const found = [...(await answers(`?asOf=${position}`))];
      expect(found.filter(([, { body }]) => JSON.stringify(body).includes(SECRET))).toEqual([]);
    }
  });

  it('what is restricted to others now is hidden at every moment', async () => {
    await admin.post(`${incident}/restriction`, { members: ['judy'] });
    const { position } = then[2]!;
    for (const list of ['disputes', 'activity', 'audit', 'incidents', 'search', 'tags']) {
      const { text } = await rita.get(`${list}?asOf=${position}`);
      for (const word of [ids['incident']!, 'Who fired?', 'Tarrick'])
        expect([list, text]).not.toEqual([list, expect.stringContaining(word)]);
    }
    expect((await rita.get(`${incident}/history?asOf=${position}`)).status).toBe(404);
  });
});
