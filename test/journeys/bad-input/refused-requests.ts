import type { Problem } from '@casebook/contracts';
import { enter } from '../../support/corpus.js';
import { type Client, startTestService, type TestService } from '../../support/service.js';

export const TEXT =
  'At least nine people were killed on Tuesday. “Nobody told us.” The driver waved 👩🏽‍🚒 and left.\r\nA second witness: “Nobody told us.” At 9\u00a0p.m. it was over.\r\n';
export const NOWHERE = '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d';
export const NO_DOCUMENT = `sha256:${'0'.repeat(64)}`;

/** The things that cases refer to, rightly or wrongly. */
export interface World {
  service: TestService;
  annotator: Client;
  reader: Client;
  revoked: Client;
  removed: Client;
  foreign: Client;
  document: string;
  unattached: string;
  incident: string;
  other: string;
  closed: string;
  claim: string;
  retracted: string;
  foreignClaim: string;
  warning: string;
  attack: string;
  dispute: string;
  settled: string;
  comment: string;
}

export async function makeWorld(): Promise<World> {
  const service = await startTestService();
  const { admin } = service;
  const annotator = await service.member('ann', 'annotator');
  const reader = await service.member('rea', 'reader');
  const removed = await service.member('gone', 'annotator');
  await admin.post('members/gone/removal', { reason: 'Left the desk' });
  const issued = await admin.post('members/ann/tokens', { label: 'lost laptop' });
  await admin.post(`tokens/${issued.body.id}/revocation`, { reason: 'Lost' });
  const workspace = await admin.post('/v1/workspaces', { id: 'elsewhere' });

  const make = async (path: string, body: unknown): Promise<string> => (await enter(admin, path, body)).id;
  const document = await make('documents', { title: 'First', text: TEXT });
  const unattached = await make('documents', { title: 'Second', text: 'Nothing happened here.' });
  const incident = await make('incidents', { title: 'River market' });
  const other = await make('incidents', { title: 'Another' });
  const closed = await make('incidents', { title: 'Closed' });
  await admin.post(`incidents/${closed}/closure`, { reason: 'Done' });
  for (const each of [incident, other]) await make(`incidents/${each}/documents`, { documentId: document });
  const anchor = { documentId: document, exact: 'nine people were killed' };
  const claim = await make(`incidents/${incident}/claims`, { anchor });
  const retracted = await make(`incidents/${incident}/claims`, { anchor });
  await admin.post(`incidents/${incident}/claims/${retracted}/retraction`, { reason: 'Twice' });
  const foreignClaim = await make(`incidents/${other}/claims`, { anchor });
  const warning = await make(`incidents/${incident}/warnings`, { summary: 'A call', evidence: [claim] });
  const attack = await make(`incidents/${incident}/attacks`, { summary: 'A blast' });
  const positions = [{ statement: 'Nine' }, { statement: 'Ten' }];
  const dispute = await make(`incidents/${incident}/disputes`, {
    question: 'How many?',
    targets: [claim],
    positions,
  });
  const settled = await make(`incidents/${incident}/disputes`, {
    question: 'When?',
    targets: [claim],
    positions,
  });
  await admin.post(`incidents/${incident}/disputes/${settled}/resolution`, {
    outcome: 'prevails',
    prevailing: 0,
    reason: 'Two sources',
  });
  const comment = await make(`incidents/${incident}/comments`, { targetId: claim, body: 'Check this' });
  return {
    service,
    annotator,
    reader,
    removed,
    revoked: service.client(issued.body.token as string),
    foreign: service.client(workspace.body.token as string),
    document,
    unattached,
    incident,
    other,
    closed,
    claim,
    retracted,
    foreignClaim,
    warning,
    attack,
    dispute,
    settled,
    comment,
  };
}

export interface Sent {
  /** Path, relative to the workspace `default` unless it begins with `/`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  as?: Client;
}
export interface Case {
  name: string;
  method: string;
  sent: (world: World) => Sent;
  status: number;
  code: string;
  /** The detail must match, so that its reader knows what to do. */
  says: RegExp;
  /** The places of the faults: pointers into the body, parameters, headers. */
  at?: string[];
  /** Further members of the problem. */
  more?: Record<string, unknown>;
}

/** A request, as `METHOD path` with `{name}` for an id of the world, and the problem that it is refused with. */
export function refused(
  name: string,
  request: string,
  sent: (world: World) => Omit<Sent, 'path'>,
  [status, code]: [number, string],
  says: RegExp,
  at?: string[],
  more?: Record<string, unknown>,
): Case {
  const [method = '', path = ''] = request.split(' ');
  return {
    name,
    method,
    sent: (world) => ({
      path: path.replaceAll(/\{(\w+)\}/g, (_, key: string) => world[key as keyof World] as string),
      ...sent(world),
    }),
    status,
    code,
    says,
    ...(at !== undefined && { at }),
    ...(more !== undefined && { more }),
  };
}
export const plain = () => ({});
export const body = (value: unknown) => () => ({ body: value });
export const INVALID: [number, string] = [400, 'invalid-request'];

/** Nothing was stored since the ledger had `size` events, and the service still answers. */
export async function unharmed({ service }: World, size: number): Promise<void> {
  expect(await service.size()).toBe(size);
  expect((await service.admin.get('/health/ready')).body).toEqual({
    status: 'ready',
    roles: ['serve', 'follow'],
  });
}

/** Every request is refused with its problem and leaves the service unharmed, alone and all at the same time. */
export function refusesBadInput(groups: Record<string, readonly Case[]>): void {
  const cases = Object.values(groups).flat();
  let world: World;
  let size: number;
  beforeAll(async () => {
    world = await makeWorld();
    size = await world.service.size();
  });
  afterAll(() => world.service.close());

  it('each case is listed once', () => {
    for (const group of Object.values(groups)) {
      expect(group.length).toBeGreaterThan(0);
      expect(new Set(group.map(({ name }) => name)).size).toBe(group.length);
    }
  });

  describe.each(Object.entries(groups))('%s', (_, group) => {
    it.each(group)('$name', async (each) => {
      await expectRefusal(world, each);
      await unharmed(world, size);
    });
  });

  it('every request at the same time gets its own answer', async () => {
    const answers = await Promise.all(
      cases
        .filter(({ name }) => !/larger than any|too long|nests/.test(name))
        .map(async ({ method, sent, status }) => {
          const { path, body: sentBody, headers, as = world.service.admin } = sent(world);
          return [(await as.request(method, path, sentBody, headers)).status, status];
        }),
    );
    expect(answers.filter(([got, wanted]) => got !== wanted)).toEqual([]);
    await unharmed(world, size);
  });
}

async function expectRefusal(
  world: World,
  { method, sent, status, code, says, at, more }: Case,
): Promise<void> {
  const { path, body: sentBody, headers, as = world.service.admin } = sent(world);
  const answer = await as.request<Problem>(method, path, sentBody, headers);
  expect(answer.body).toMatchObject({ status, type: `urn:casebook:problem:${code}` });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(answer.body.title).toMatch(/\w/);
  expect(answer.body.detail).toMatch(says);
  expect(answer.body.instance).toBe(
    new URL(path.startsWith('/') ? path : `/v1/workspaces/default/${path}`, world.service.url).href.slice(
      world.service.url.length,
    ),
  );
  const places = answer.body.errors?.map((each) => each.pointer ?? each.parameter ?? each.header);
  expect(places).toEqual(at);
  if (more !== undefined) expect(answer.body).toMatchObject(more);
  if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="casebook"/);
  if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET/);
}
