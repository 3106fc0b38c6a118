import { LiveReader } from '../support/live-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

describe('who is here, on the live feed', () => {
  let service: TestService;
  let alice: Client;
  let bob: Client;
  let incident: string;
  const open: LiveReader[] = [];
  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'adjudicator', 'Alice');
    bob = await service.member('bob', 'annotator', 'Bob');
    incident = (await alice.post('incidents', { title: 'Salt Market' })).body.id;
  });
  afterEach(() => {
    for (const reader of open.splice(0)) reader.close();
  });
  afterAll(() => service.close());

  const at = async (member: Client, here: string): Promise<LiveReader> => {
    const reader = await LiveReader.open(
      service.url,
      member.token,
      `events?here=${encodeURIComponent(here)}`,
    );
    open.push(reader);
    return reader;
  };
  const presentTo = (reader: LiveReader): unknown =>
    reader.events.findLast(({ event }) => event === 'present')?.data;
  const expectPresent = async (reader: LiveReader, present: readonly object[]): Promise<void> => {
    await reader.until(() => JSON.stringify(presentTo(reader)) === JSON.stringify({ present, more: 0 }));
    expect(presentTo(reader)).toEqual({ present, more: 0 });
  };
  const place = (id: string): string => `incidents/${id}`;

  it('each sees where the other is, and that they are gone as soon as their feed ends', async () => {
    const reader = await at(alice, '');
    await expectPresent(reader, [{ member: 'alice' }]);
    const document = `sha256:${'a'.repeat(64)}`;
    const visitor = await at(bob, `${place(incident)}/documents/${document}`);
    await expectPresent(reader, [
      { member: 'alice' },
      { member: 'bob', incidentId: incident, documentId: document },
    ]);
    visitor.close();
    await expectPresent(reader, [{ member: 'alice' }]);
  });

  it('it is not an event: it has no id, nothing is recorded, and a reader who gives no place does not get it', async () => {
    const silent = await LiveReader.open(service.url, bob.token, 'events');
    open.push(silent);
    const before = await service.size();
    const reader = await at(alice, '');
    await expectPresent(reader, [{ member: 'alice' }]);
    expect(reader.lastEventId).toBe(String(before));
    const { position } = (await alice.post('incidents', { title: 'Another' })).body;
    await silent.until(() => silent.events.length > 0);
    expect(silent.events.map(({ id }) => id)).toEqual([position]);
    expect(position).toBe(before + 1);
  });

  it('who may not see an incident sees nobody there, as soon as it is restricted', async () => {
    const restricted = (await alice.post('incidents', { title: 'Soon closed' })).body.id;
    const [reader, holder] = [await at(bob, place(restricted)), await at(alice, place(restricted))];
    const both = ['bob', 'alice'].map((member) => ({ member, incidentId: restricted }));
    await expectPresent(reader, both);
    await expectPresent(holder, both);
    await alice.post(`incidents/${restricted}/restriction`, { members: ['alice'] });
    await expectPresent(holder, [{ member: 'alice', incidentId: restricted }, { member: 'bob' }]);
    const later = await at(bob, place(restricted));
    await expectPresent(later, [{ member: 'alice' }, { member: 'bob' }]);
    await expectPresent(holder, [{ member: 'alice', incidentId: restricted }, { member: 'bob' }]);
  });

  it('a place that is none is refused', async () => {
    const { status, body } = await alice.get('events?here=somewhere');
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        parameter: 'here',
        detail: 'is not a place: empty, incidents/{id}, or incidents/{id}/documents/{id}',
      },
    ]);
  });
});
