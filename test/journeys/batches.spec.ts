import { type Client, startTestService, type TestService } from '../support/service.js';

const TEXT = 'Nine people were killed. The Two Rivers Guard denied that it fired.';

interface Result {
  index: number;
  status: number;
  answer?: { id: string; revision: number; position: number };
  problem?: { type: string; instance?: string; detail: string; errors?: { pointer: string }[] };
}

describe('a batch of commands', () => {
  let service: TestService;
  let admin: Client;
  let alice: Client;
  let elsewhere: Client;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    alice = await service.member('alice', 'annotator');
    elsewhere = (await service.another()).client(alice.token);
  });
  afterAll(() => service.close());

  const send = (client: Client, mode: string, commands: object[], headers = {}) =>
    client.post<any>('batches', { mode, commands }, headers);

  /** A whole case: a document and an incident, and annotations that refer to each other by names. */
  const wholeCase = async (text = TEXT): Promise<object[]> => {
    const { documentIdOf } = await import('@casebook/testing');
    const documentId = documentIdOf(text);
    return [
      { command: 'import-document', as: 'report', body: { title: 'Report', text } },
      {
        command: 'open-incident',
        as: 'case',
        body: { title: 'Rockets', summary: '$report is only text here' },
      },
      { command: 'attach-document', incidentId: '$case', body: { documentId: '$report' } },
      {
        command: 'tag-claim',
        as: 'nine',
        incidentId: '$case',
        body: { anchor: { documentId, exact: 'Nine people were killed.' }, tags: ['$nine'] },
      },
      {
        command: 'record-warning',
        as: 'note',
        incidentId: '$case',
        body: { summary: 'A note', targets: ['$nine'] },
      },
      {
        command: 'record-attack',
        as: 'attack',
        incidentId: '$case',
        body: { summary: 'Rockets', evidence: ['$nine'] },
      },
      { command: 'link-warning', incidentId: '$case', body: { warningId: '$note', attackId: '$attack' } },
      {
        command: 'raise-dispute',
        as: 'who',
        incidentId: '$case',
        body: {
          question: 'Who?',
          targets: ['$attack'],
          positions: [{ statement: 'A', evidence: ['$nine'] }],
        },
      },
      { command: 'make-comment', incidentId: '$case', body: { targetId: '$who', body: '$who says so' } },
      {
        command: 'revise-attack',
        incidentId: '$case',
        id: '$attack',
        ifMatch: 1,
        body: { claimedBy: 'nobody' },
      },
    ];
  };

  it('atomic: a whole case in one commit, by names for what does not exist yet', async () => {
    const before = await service.size();
    const answer = await send(alice, 'atomic', await wholeCase());
    expect(answer.status).toBe(200);
    const results = answer.body.results as Result[];
    expect(results.map(({ status }) => status)).toEqual([...Array.from({ length: 9 }, () => 201), 200]);
    expect(results.map(({ answer: each }) => each?.position)).toEqual(
      results.map((_, at) => before + 1 + at),
    );
    expect(results[9]?.answer).toEqual({ id: results[5]?.answer?.id, revision: 2, position: before + 10 });

    const incident = (await elsewhere.get(`incidents/${results[1]?.answer?.id}`)).body;
    expect(incident).toMatchObject({
      summary: '$report is only text here',
      claims: [{ id: results[3]?.answer?.id, tags: ['$nine'] }],
      warnings: [{ targets: ['$nine'] }],
      attacks: [{ evidence: [results[3]?.answer?.id], claimedBy: 'nobody' }],
      links: [{ warningId: results[4]?.answer?.id, attackId: results[5]?.answer?.id }],
      disputes: [{ targets: [results[5]?.answer?.id], positions: [{ evidence: [results[3]?.answer?.id] }] }],
      comments: [{ targetId: results[7]?.answer?.id, body: '$who says so' }],
    });
    const events = (await alice.get(`events?after=${before}&limit=500`)).body.items as {
      commandId: string;
    }[];
    expect(new Set(events.map(({ commandId }) => commandId)).size).toBe(1);
    expect((await service.replay()).flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('atomic: one refusal is the answer to all, with its index, and nothing is recorded', async () => {
    const before = await service.size();
    const commands = [
      ...(await wholeCase('Another text. Nine people were killed.')).slice(0, 3),
      {
        command: 'record-attack',
        incidentId: '$case',
        body: { summary: 'x', evidence: ['01990000-0000-7000-8000-000000000001'] },
      },
    ];
    const answer = await send(alice, 'atomic', commands);
    expect([answer.status, answer.body.type, answer.body.index]).toEqual([
      422,
      'urn:casebook:problem:reference-unknown',
      3,
    ]);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/commands/3/body/evidence/0' })]);
    expect(answer.body.detail).toMatch(
      /^Command 3 \(record-attack\): .* Nothing of the batch was recorded\.$/,
    );
    expect(await service.size()).toBe(before);
  });

  it('atomic: a command that cannot be read is reported with a pointer into the batch', async () => {
    const incident = { command: 'open-incident', as: 'case', body: { title: 'x' } };
    for (const [bad, status, pointer] of [
      [
        { command: 'record-attack', incidentId: '$case', body: { summary: '', colour: 'red' } },
        400,
        '/commands/1/body/summary',
      ],
      [
        { command: 'record-attack', incidentId: '$nothing', body: { summary: 'x' } },
        422,
        '/commands/1/incidentId',
      ],
      [{ command: 'record-attack', body: { summary: 'x' } }, 400, '/commands/1/incidentId'],
      [{ command: 'open-incident', as: 'case', body: { title: 'y' } }, 400, '/commands/1/as'],
      [{ command: 'make-tea', body: {} }, 400, '/commands/1/command'],
    ] as const) {
      const answer = await send(alice, 'atomic', [incident, bad]);
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([status, pointer]);
    }
  });

  it('atomic: what one may not do, nobody does for one', async () => {
    const commands = [
      { command: 'open-incident', as: 'case', body: { title: 'x' } },
      { command: 'close-incident', incidentId: '$case' },
    ];
    const before = await service.size();
    expect((await send(alice, 'atomic', commands)).body).toMatchObject({ status: 403, index: 1 });
    expect(await service.size()).toBe(before);
    expect((await send(admin, 'atomic', commands)).status).toBe(200);
  });

  it('does no more than the token is narrowed to, whatever the member may do', async () => {
    const issued = await admin.post('members/admin/tokens', { permissions: ['read', 'annotate'] });
    const narrowed = service.client(issued.body.token as string);
    const commands = [
      { command: 'open-incident', as: 'case', body: { title: 'x' } },
      { command: 'close-incident', incidentId: '$case' },
    ];
    expect((await send(narrowed, 'atomic', commands)).body).toMatchObject({ status: 403, index: 1 });
    const each = (await send(narrowed, 'each', commands)).body.results as Result[];
    expect(each.map(({ status }) => status)).toEqual([201, 403]);
  });

  it('atomic: sent again with its key, it is recorded once and answers the same, from any process', async () => {
    const key = { 'idempotency-key': 'batch-once' };
    const commands = await wholeCase('A third text. Nine people were killed.');
    const first = await send(alice, 'atomic', commands, key);
    const size = await service.size();
    const again = await send(elsewhere, 'atomic', commands, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((again.body.results as Result[]).map(({ answer }) => answer)).toEqual(
      (first.body.results as Result[]).map(({ answer }) => answer),
    );
    expect(await service.size()).toBe(size);
    expect((await send(alice, 'atomic', commands.slice(0, 2), key)).body.type).toBe(
      'urn:casebook:problem:key-reused',
    );
  });

  it('atomic: a stale revision refuses all, unless it merges', async () => {
    const opened = await alice.post('incidents', { title: 'One' });
    const incidentId = opened.body.id as string;
    const attack = await alice.post(`incidents/${incidentId}/attacks`, { summary: 'A blast' });
    await admin.patch(`incidents/${incidentId}/attacks/${attack.body.id}`, { claimedBy: 'x' });
    const revise = (fields: object, merge: boolean) => [
      { command: 'make-comment', incidentId, body: { targetId: incidentId, body: 'See there.' } },
      { command: 'revise-attack', incidentId, id: attack.body.id, ifMatch: 1, merge, body: fields },
    ];
    const stale = await send(alice, 'atomic', revise({ summary: 'Two blasts' }, false));
    expect(stale.body).toMatchObject({
      status: 412,
      index: 1,
      mergeable: true,
      changes: [{ actor: 'admin' }],
    });
    const conflict = await send(alice, 'atomic', revise({ claimedBy: 'y' }, true));
    expect(conflict.body).toMatchObject({
      status: 412,
      conflicts: [{ field: 'claimedBy', theirs: 'x', yours: 'y' }],
    });
    expect((await alice.get(`incidents/${incidentId}`)).body.comments).toEqual([]);
    const merged = await send(alice, 'atomic', revise({ summary: 'Two blasts' }, true));
    expect((merged.body.results as any[])[1].answer.merged).toMatchObject({
      theirs: ['claimedBy'],
      yours: ['summary'],
    });
  });

  it('each: every command has its own result, and one that is refused does not stop the others', async () => {
    const key = { 'idempotency-key': 'batch-each' };
    const commands = [
      { command: 'open-incident', as: 'case', body: { title: 'Each' } },
      {
        command: 'tag-claim',
        as: 'claim',
        incidentId: '$case',
        body: { anchor: { documentId: 'x', exact: 'y' } },
      },
      { command: 'record-attack', as: 'attack', incidentId: '$case', body: { summary: 'Rockets' } },
      {
        command: 'make-comment',
        incidentId: '$case',
        body: { targetId: '$claim', body: 'On what was refused.' },
      },
      { command: 'close-incident', incidentId: '$case' },
      { command: 'retract-attack', incidentId: '$case', id: '$attack', body: { reason: 'A hoax.' } },
    ];
    const answer = await send(alice, 'each', commands, key);
    const results = answer.body.results as Result[];
    expect(results.map(({ status }) => status)).toEqual([201, 400, 201, 422, 403, 200]);
    expect(results[1]?.problem?.errors?.[0]?.pointer).toBe('/commands/1/body/anchor/documentId');
    expect(results[3]?.problem?.type).toBe('urn:casebook:problem:reference-unknown');
    expect(results[3]?.problem?.instance).toBe('/v1/workspaces/default/batches');
    const size = await service.size();
    const repeated = await send(elsewhere, 'each', commands, key);
    const again = repeated.body.results as Result[];
    expect(again.map(({ answer: each }) => each)).toEqual(results.map(({ answer: each }) => each));
    expect(await service.size()).toBe(size);
    // What is refused is decided anew each time.
    expect(repeated.headers.get('idempotency-replayed')).toBeNull();
    const tooLong = await send(alice, 'each', commands, { 'idempotency-key': 'k'.repeat(241) });
    expect([tooLong.status, tooLong.body.errors]).toEqual([
      400,
      [expect.objectContaining({ header: 'Idempotency-Key' })],
    ]);
  });

  it('a key is one command, whatever its shape: single, atomic or each', async () => {
    const body = { title: 'One key' };
    const shapes: Record<string, (key: string) => Promise<{ status: number; body: any }>> = {
      single: (key) => alice.post('incidents', body, { 'idempotency-key': key }),
      atomic: (key) =>
        send(alice, 'atomic', [{ command: 'open-incident', body }], { 'idempotency-key': key }),
      // What it records is not its first command.
      each: (key) =>
        send(
          alice,
          'each',
          [
            { command: 'retract-attack', incidentId: 'x', id: 'y', body: { reason: 'z' } },
            { command: 'open-incident', body },
          ],
          { 'idempotency-key': key },
        ),
    };
    for (const [first, sendFirst] of Object.entries(shapes)) {
      for (const [then, sendThen] of Object.entries(shapes)) {
        if (first === then) continue;
        const key = `${first}-then-${then}`;
        expect((await sendFirst(key)).status).toBeLessThan(300);
        const size = await service.size();
        const reused = await sendThen(key);
        expect([key, reused.status, reused.body.type]).toEqual([key, 422, 'urn:casebook:problem:key-reused']);
        expect(await service.size()).toBe(size);
        // Nor is a key taken by one that only begins with it.
        expect((await sendThen(`${key}#0`)).status).toBeLessThan(300);
      }
    }
  });

  it('a key that arrives in every shape at the same instant is recorded in one', async () => {
    const body = { title: 'At once' };
    const open = { command: 'open-incident', body };
    const keys = Array.from({ length: 30 }, (_, n) => `at-once-${n}`);
    await Promise.all(
      keys.flatMap((name, n) => {
        const key = { 'idempotency-key': name };
        const [here, there] = n % 2 === 0 ? [alice, elsewhere] : [elsewhere, alice];
        return [
          here.post('incidents', body, key),
          send(there, 'each', [open, open], key),
          send(n % 3 === 0 ? here : there, 'atomic', [open], key),
        ];
      }),
    );
    const { rows } = await service.database.pool.query<{ key: string; ids: string[] }>(
      `SELECT split_part(command_id, ' ', 1) AS key, array_agg(command_id ORDER BY command_id) AS ids
       FROM events WHERE command_id LIKE 'at-once-%' GROUP BY 1`,
    );
    expect(rows.map(({ key }) => key).sort()).toEqual([...keys].sort());
    for (const { key, ids } of rows) {
      expect([[key], [`${key} #0`], [`${key} #1`], [`${key} #0`, `${key} #1`]]).toContainEqual(ids);
    }
  });

  it('has at most a thousand commands', async () => {
    const open = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ command: 'open-incident', body: { title: `${at}` } }));
    expect((await send(alice, 'atomic', open(1001))).status).toBe(400);
    expect((await send(alice, 'atomic', [])).status).toBe(400);
    const before = await service.size();
    expect((await send(alice, 'atomic', open(1000))).status).toBe(200);
    expect(await service.size()).toBe(before + 1000);
  });

  it('honours a workspace that demands If-Match', async () => {
    const { body } = await alice.post('incidents', { title: 'Guarded' });
    await admin.patch('settings', { requireIfMatch: true });
    const revise = (ifMatch?: number) => [
      { command: 'revise-incident', incidentId: body.id, body: { title: 'x' }, ...(ifMatch && { ifMatch }) },
    ];
    expect((await send(alice, 'atomic', revise())).status).toBe(428);
    expect(((await send(alice, 'each', revise())).body.results as Result[])[0]?.status).toBe(428);
    expect((await send(alice, 'atomic', revise(1))).status).toBe(200);
  });
});
