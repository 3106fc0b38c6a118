import type { ProjectionsView } from '@casebook/contracts';
import { type Client, startTestService, type TestService } from '../support/service.js';

describe('an operator looks after the views', () => {
  let service: TestService;
  let admin: Client;
  let incident: string;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    const opened = await admin.post('incidents', { title: 'Rockets at Tarrick' });
    incident = opened.body.id as string;
    for (const summary of ['First note', 'Second note', 'Third note']) {
      await admin.post(`incidents/${incident}/warnings`, { summary });
    }
  });
  afterAll(() => service.close());

  const standing = async (): Promise<Map<string, ProjectionsView['items'][number]>> => {
    const { body } = await admin.get<ProjectionsView>('/v1/admin/projections');
    return new Map(body.items.map((each) => [each.view, each]));
  };
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('sees where each view stands; what follows has come to the head on its own', async () => {
    await until(async () => {
      const views = await standing();
      return ['revisions', 'search'].every((view) => views.get(view)?.lag === 0);
    });
    const views = await standing();
    const size = await service.size();
    expect(views.get('incidents')).toMatchObject({
      mode: 'inline',
      status: 'attached',
      position: size,
      lag: 0,
    });
    expect(views.get('revisions')).toMatchObject({ mode: 'following', status: 'following', position: size });
    expect(views.get('search')).toMatchObject({ mode: 'following', status: 'following', position: size });
    // No tile is full yet, so none is missing.
    expect(size).toBeLessThan(256);
    expect(views.get('tiles')).toMatchObject({ mode: 'following', lag: 0, error: null, rebuild: null });
  });

  it('answers for the past are the same from the view as from the events', async () => {
    const now = await admin.get(`incidents/${incident}`);
    const asOf = await admin.get(`incidents/${incident}?asOf=${await service.size()}`);
    expect(asOf.body).toEqual(now.body);
    const history = await admin.get(`incidents/${incident}/history`);
    expect(history.body.items).toHaveLength(4);
  });

  it('has a wrong row put right by a rebuild, takes it back, and sees the proof change with the rows', async () => {
    const proof = async () => (await admin.get(`incidents/${incident}/proof`)).body;
    const before = await proof();
    expect(before).toMatchObject({ incidentId: incident, size: await service.size() });
    expect(before.views.map(({ view }: { view: string }) => view)).toEqual([
      'incidents',
      'revisions',
      'search',
    ]);

    await service.database.ownerPool.query(
      `UPDATE incidents_v1.annotations SET body = replace(body, 'First', 'Worst') WHERE workspace_id = 'default'`,
    );
    const tampered = await proof();
    expect(tampered.root).toBe(before.root);
    expect(tampered.views[0].checksum).not.toBe(before.views[0].checksum);
    expect(tampered.views[1]).toEqual(before.views[1]);

    const begun = await admin.post('/v1/admin/projections/incidents/rebuild');
    expect(begun.status).toBe(202);
    expect(begun.body.rebuild.status).toMatch(/building|done/);
    await until(async () => (await standing()).get('incidents')?.rebuild?.status === 'done');
    expect((await standing()).get('incidents')?.rebuild).toMatchObject({ replaced: 1, error: null });
    expect(await proof()).toEqual(before);

    expect((await admin.post('/v1/admin/projections/incidents/undo')).body).toEqual({
      view: 'incidents',
      restored: 1,
    });
    expect(await proof()).toEqual(tampered);
    const again = await admin.post('/v1/admin/projections/incidents/undo');
    expect([again.status, again.body.type]).toEqual([409, 'urn:casebook:problem:rebuild-refused']);
  });

  it('gets an error for an unknown view, and nobody else may', async () => {
    expect((await admin.post('/v1/admin/projections/nothing/rebuild')).status).toBe(404);
    const unknown = await admin.get('incidents/01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d/proof');
    expect([unknown.status, unknown.body.type]).toEqual([404, 'urn:casebook:problem:incident-unknown']);
    const reader = await service.member('rita', 'reader');
    expect((await reader.get('/v1/admin/projections')).status).toBe(403);
    expect((await reader.post('/v1/admin/projections/incidents/rebuild')).status).toBe(403);
    expect((await reader.get(`incidents/${incident}/proof`)).status).toBe(200);
  });
});
