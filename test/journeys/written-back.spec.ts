import { ANNOTATION_KINDS, type AnnotationKind, KINDS } from '@casebook/contracts';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { startTestService, type TestService } from '../support/service.js';

describe('an annotation as it is read', () => {
  let service: TestService;
  let ids: Record<string, string>;
  beforeAll(async () => {
    service = await startTestService();
    ids = await incidentOfAllKinds(service.admin);
  });
  afterAll(() => service.close());

  /** What a read says of the fields that a request takes. */
  const fieldsOf = (kind: AnnotationKind, read: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.keys(KINDS[kind].request.shape)
        .filter((field) => field in read)
        .map((field) => [field, read[field]]),
    );

  it.each(ANNOTATION_KINDS)('can be recorded again: a %s', async (kind) => {
    const list = `incidents/${ids['incident']}/${KINDS[kind].path}`;
    const { items } = (await service.admin.get<{ items: Record<string, unknown>[] }>(list)).body;
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      const fields = fieldsOf(kind, item);
      const again = await service.admin.post(list, fields);
      expect([again.body, again.status]).toEqual([expect.objectContaining({ revision: 1 }), 201]);
      const read = (await service.admin.get(`${list}/${again.body.id}`)).body;
      expect(fieldsOf(kind, read)).toEqual(fields);
    }
  });

  it.each(ANNOTATION_KINDS)('is no change of it: a %s', async (kind) => {
    const path = `incidents/${ids['incident']}/${KINDS[kind].path}/${ids[kind]}`;
    const before = (await service.admin.get(path)).body;
    const fields = Object.entries(fieldsOf(kind, before)).filter(
      ([field]) => field in KINDS[kind].revise.shape,
    );
    expect(fields.length).toBeGreaterThan(0);
    const revised = await service.admin.patch(path, Object.fromEntries(fields));
    expect([revised.status, revised.body.revision]).toEqual([200, before.revision]);
  });
});
