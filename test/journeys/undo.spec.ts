import { type Client, startTestService, type TestService } from '../support/service.js';

const TEXT = 'Nine people were killed. Twelve were wounded.';

describe('undoing', () => {
  let service: TestService;
  let admin: Client;
  let alice: Client;
  let bob: Client;
  let document: string;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    alice = await service.member('alice', 'annotator');
    bob = (await service.another()).client((await service.member('bob', 'annotator')).token);
    document = (await alice.post('documents', { title: 'Report', text: TEXT })).body.id as string;
  });
  afterAll(() => service.close());

  const open = async (): Promise<string> => {
    const incident = `incidents/${(await alice.post('incidents', { title: 'Rockets' })).body.id}`;
    await alice.post(`${incident}/documents`, { documentId: document });
    return incident;
  };
  const claim = async (client: Client, incident: string, exact: string) =>
    (await client.post(`${incident}/claims`, { anchor: { documentId: document, exact } })).body as {
      id: string;
      position: number;
    };
  const standing = async (incident: string) => {
    const { body } = await alice.get(incident);
    const kinds = ['claims', 'warnings', 'attacks', 'links', 'disputes', 'comments'];
    return kinds.flatMap((kind) =>
      (body[kind] as { id: string; status: string; summary?: string }[])
        .filter(({ status }) => status !== 'retracted')
        .map(({ id, status, summary }) => [kind, id, status, summary ?? null]),
    );
  };

  it('of what one member did in a period: previewed, recorded in one commit, and undone again', async () => {
    const incident = await open();
    const attack = await alice.post(`${incident}/attacks`, { summary: 'A blast' });
    const path = `${incident}/attacks/${attack.body.id}`;
    const before = await standing(incident);
    const nine = await claim(bob, incident, 'Nine people were killed.');
    await bob.patch(path, { summary: 'Two blasts', evidence: [nine.id] });
    const dispute = await bob.post(`${incident}/disputes`, { question: 'Who?', targets: [attack.body.id] });
    await alice.patch(path, { claimedBy: 'nobody' });
    const done = await standing(incident);

    const request = { member: 'bob', incidentId: incident.slice(10), reason: 'The wrong edition.' };
    const size = await service.size();
    const preview = await alice.post<any>('undo', { ...request, dryRun: true });
    expect([preview.status, preview.body.dryRun, preview.body.conflicts]).toEqual([200, true, []]);
    expect(await service.size()).toBe(size);
    const key = { 'idempotency-key': 'undo-bob' };
    const undone = await alice.post<any>('undo', request, key);
    expect(undone.body.undone.map(({ change }: any) => change.sentence)).toEqual(
      preview.body.undone.map(({ change }: any) => change.sentence),
    );
    expect(undone.body.undone.map(({ change }: any) => change.type)).toEqual([
      'DisputeRetracted',
      'AttackRevised',
      'ClaimRetracted',
    ]);
    expect(undone.body.undone[1].undoes).toBe(nine.position + 1);
    expect(await standing(incident)).toEqual(before);
    expect((await alice.get(path)).body).toMatchObject({ summary: 'A blast', claimedBy: 'nobody' });
    expect(dispute.status).toBe(201);

    const again = await alice.post<any>('undo', request, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(undone.body);
    expect(await service.size()).toBe(size + 3);
    const events = (await alice.get(`events?after=${size}`)).body.items as { commandId: string }[];
    expect(events.map(({ commandId }) => commandId)).toEqual(['undo-bob', 'undo-bob', 'undo-bob']);

    const positions = undone.body.undone.map(({ change }: any) => change.position as number);
    const back = await bob.post<any>('undo', { positions, reason: 'It was the right one.' });
    expect(back.body.undone.map(({ change }: any) => change.type)).toEqual([
      'ClaimReinstated',
      'AttackRevised',
      'DisputeReinstated',
    ]);
    expect(await standing(incident)).toEqual(done);
    expect((await service.replay()).flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('of a period has both its ends in it, and nothing beyond', async () => {
    const incident = await open();
    const after = await service.size();
    for (const summary of ['One', 'Two', 'Three']) {
      await bob.post(`${incident}/attacks`, { summary });
      await alice.post(`${incident}/attacks`, { summary });
    }
    const { items } = (await alice.get<any>(`events?after=${after}`)).body;
    const own = (items as { position: number; actor: string; recordedAt: string }[]).filter(
      ({ actor }) => actor === 'bob',
    );
    const second = own[1]!.recordedAt;
    for (const period of [{ from: second }, { to: second }, { from: second, to: second }] as {
      from?: string;
      to?: string;
    }[]) {
      const request = { member: 'bob', incidentId: incident.slice(10), ...period, reason: 'x', dryRun: true };
      const preview = await alice.post<any>('undo', request);
      const within = own.filter(({ recordedAt: at }) => at >= (period.from ?? at) && at <= (period.to ?? at));
      expect(preview.body.undone.map(({ undoes }: any) => undoes)).toEqual(
        within.map(({ position }) => position).reverse(),
      );
    }
  });

  it('names what stands in the way, records nothing then, and goes around it where that is asked for', async () => {
    const incident = await open();
    const attack = await bob.post(`${incident}/attacks`, { summary: 'A blast' });
    const path = `${incident}/attacks/${attack.body.id}`;
    const second = (await bob.patch(path, { summary: 'Two blasts' })).body.position as number;
    const third = (await alice.patch(path, { summary: 'Three blasts' })).body.position as number;
    const other = await bob.post(`${incident}/warnings`, { summary: 'A note' });
    const positions = [attack.body.position as number, second, other.body.position as number, 99_999];
    const size = await service.size();
    const refused = await alice.post<any>('undo', { positions, reason: 'No.' });
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:casebook:problem:undo-conflict']);
    expect(refused.body.conflicts.map(({ position, code }: any) => [position, code])).toEqual([
      [99_999, 'event-unknown'],
      [attack.body.position, 'changed-since'],
      [second, 'changed-since'],
    ]);
    expect(refused.body.conflicts[2].fields).toEqual([
      { field: 'summary', left: 'Two blasts', now: 'Three blasts' },
    ]);
    expect(await service.size()).toBe(size);
    const some = await alice.post<any>('undo', { positions, reason: 'No.', skipConflicts: true });
    expect(some.body.undone.map(({ undoes }: any) => undoes)).toEqual([other.body.position]);
    expect(some.body.conflicts).toHaveLength(3);
    const all = await alice.post<any>('undo', {
      positions: [third, second, attack.body.position],
      reason: 'All of it.',
    });
    expect([all.status, all.body.undone.length]).toEqual([200, 3]);
    expect(await standing(incident)).toEqual([]);
  });

  it('of a detachment keeps its reason in the history', async () => {
    const incident = await open();
    const detached = await alice.post(`${incident}/documents/${document}/detachment`, {
      reason: 'Not ours.',
    });
    const undone = await alice.post<any>('undo', {
      positions: [detached.body.position],
      reason: 'It was ours after all.',
    });
    expect(undone.status).toBe(200);
    const { items } = (await alice.get(`${incident}/history`)).body as {
      items: { sentence: string; reason?: string }[];
    };
    const last = items.find(({ reason }) => reason === 'It was ours after all.');
    expect(last?.sentence).toMatch(/^Alice|^alice/);
  });

  it('of several incidents and a document is one commit', async () => {
    const [one, two] = [await open(), await open()];
    const first = await bob.post(`${one}/attacks`, { summary: 'One' });
    const second = await bob.post(`${two}/attacks`, { summary: 'Two' });
    const third = await bob.patch(`documents/${document}`, { publisher: 'Bob' });
    const positions = [first, second, third].map(({ body }) => body.position as number);
    const size = await service.size();
    const undone = await alice.post<any>('undo', { positions, reason: 'No.' });
    expect(new Set(undone.body.undone.map(({ undoes }: any) => undoes))).toEqual(new Set(positions));
    const events = (await alice.get(`events?after=${size}`)).body.items as { commandId: string }[];
    expect([events.length, new Set(events.map(({ commandId }) => commandId)).size]).toEqual([3, 1]);
    expect((await alice.get(`documents/${document}`)).body.publisher).toBeUndefined();
  });

  it('takes the permission that doing it took, and sees no more than its caller', async () => {
    const incident = await open();
    const dispute = await alice.post(`${incident}/disputes`, {
      question: 'Who?',
      targets: [(await claim(bob, incident, 'Twelve were wounded.')).id],
    });
    const settled = await admin.post(`${incident}/disputes/${dispute.body.id}/resolution`, {
      outcome: 'all-kept',
      reason: 'Both.',
    });
    const request = { positions: [settled.body.position], reason: 'Too early.' };
    expect((await alice.post('undo', request)).status).toBe(403);
    expect((await alice.post('undo', { ...request, dryRun: true })).status).toBe(403);
    const issued = await admin.post('members/admin/tokens', { permissions: ['read', 'annotate'] });
    const narrowed = service.client(issued.body.token as string);
    expect((await narrowed.post('undo', request)).status).toBe(403);
    expect((await narrowed.post('undo', { ...request, dryRun: true })).status).toBe(403);
    expect((await admin.post<any>('undo', request)).body.undone[0].change.type).toBe('DisputeRestored');
    expect((await alice.get(`${incident}/disputes/${dispute.body.id}`)).body).toMatchObject({
      status: 'open',
      state: 'open',
    });
    const reader = await service.member('rita', 'reader');
    expect((await reader.post('undo', request)).status).toBe(403);

    const restriction = await admin.post(`${incident}/restriction`, { members: ['alice'] });
    expect(restriction.status).toBe(200);
    const hidden = await bob.post<any>('undo', {
      positions: [dispute.body.position],
      reason: 'x',
      dryRun: true,
    });
    const never = await bob.post<any>('undo', { positions: [88_888], reason: 'x', dryRun: true });
    expect(hidden.body.conflicts).toEqual([{ ...never.body.conflicts[0], position: dispute.body.position }]);
    expect(hidden.body.undone).toEqual([]);
  });

  it('is no way to read for a token that may only write', async () => {
    const incident = await open();
    const { body } = await bob.post(`${incident}/attacks`, { summary: 'Kept from scripts' });
    const issued = await admin.post('members/alice/tokens', { permissions: ['annotate'] });
    const script = service.client(issued.body.token as string);
    const size = await service.size();
    for (const request of [
      { positions: [body.position], reason: 'x', dryRun: true },
      { positions: [body.position], reason: 'x' },
      { member: 'bob', reason: 'x', dryRun: true },
    ]) {
      const answer = await script.post<any>('undo', request);
      expect([answer.status, answer.body.needed]).toEqual([403, 'read']);
      expect(answer.text).not.toContain('Kept from scripts');
    }
    expect(await service.size()).toBe(size);
  });

  it('of a member or an incident that is not there, or of a period that ends before it begins, is refused, not done to nothing', async () => {
    const incident = await open();
    const never = '01a22362-3720-7fd7-a2a7-0ba781044abd';
    const request = { member: 'bob', reason: 'x', dryRun: true };
    expect((await alice.post<any>('undo', { ...request, member: 'bbo' })).body).toMatchObject({
      type: 'urn:casebook:problem:member-unknown',
      status: 404,
    });
    const unknown = await alice.post<any>('undo', { ...request, incidentId: never });
    expect(unknown.body).toMatchObject({ type: 'urn:casebook:problem:incident-unknown', status: 404 });
    await admin.post(`${incident}/restriction`, { members: ['alice'] });
    const hidden = await bob.post('undo', { ...request, incidentId: incident.slice(10) });
    expect(hidden.text).toBe(unknown.text);
    const period = { from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' };
    const backwards = await alice.post<any>('undo', { ...request, ...period });
    expect([backwards.status, backwards.body.errors[0].pointer]).toEqual([400, '/to']);
  });

  it('is not for members, tokens and settings, and needs to know what is meant', async () => {
    const size = await service.size();
    const answer = await admin.post<any>('undo', { positions: [1, 2], reason: 'x', dryRun: true });
    expect(answer.body.conflicts.map(({ code }: any) => code)).toEqual(['not-undoable', 'not-undoable']);
    for (const bad of [
      { reason: 'x' },
      { positions: [1], member: 'bob', reason: 'x' },
      { positions: [], reason: 'x' },
      { positions: [1] },
    ]) {
      expect((await admin.post('undo', bad)).status).toBe(400);
    }
    expect(await service.size()).toBe(size);
  });
});
