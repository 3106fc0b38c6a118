import fc from 'fast-check';
import { comparableAnnotations, comparableBundle } from '../support/comparable-exports.js';
import { enter } from '../support/corpus.js';
import { type IncidentPlan, incidentPlans, makeIncident } from '../support/random-incident.js';
import { type Client, clientOf, startTestService, type TestService } from '../support/service.js';
import { hasStixSchemas, stixFaults } from '../support/stix-schemas.js';

const FORMATS = {
  'web-annotation': { mediaType: 'application/ld+json', comparable: comparableAnnotations },
  stix: { mediaType: 'application/stix+json;version=2.1', comparable: comparableBundle },
} as const;

describe('a random incident with hostile text, exported and imported into an empty workspace', () => {
  let service: TestService;
  let workspaces = 0;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  /** A workspace that holds nothing but the text of the plan. */
  async function emptyWorkspace({ text }: IncidentPlan): Promise<Client> {
    workspaces += 1;
    const id = `desk-${workspaces}`;
    const opened = await service.admin.post('/v1/workspaces', { id });
    const inner = clientOf(service.url, (opened.body as { token: string }).token);
    const within = (path: string) => `/v1/workspaces/${id}/${path}`;
    const client: Client = {
      ...inner,
      get: (path, headers) => inner.get(within(path), headers),
      post: (path, body, headers) => inner.post(within(path), body, headers),
    };
    await client.post('documents', {
      title: 'Random',
      text,
      url: 'https://example.org/random',
      publisher: 'The Courier',
    });
    return client;
  }

  it.each(Object.entries(FORMATS))(
    'as %s: exports the same again, and records nothing when it comes again',
    async (format, { mediaType, comparable }) => {
      const faults = format === 'stix' && hasStixSchemas ? stixFaults() : () => [];
      await fc.assert(
        fc.asyncProperty(incidentPlans(), async (plan) => {
          const path = await makeIncident(service.admin, plan);
          const exported = (await service.admin.get(`${path}/export/${format}`)).text;
          const objects =
            (JSON.parse(exported) as { objects?: { type: string; id: string }[] }).objects ?? [];
          for (const object of objects) expect([object, faults(object)]).toEqual([object, []]);

          const client = await emptyWorkspace(plan);
          const opened = await enter(client, 'incidents', {
            title: 'Random “incident”',
            summary: 'Of one run.',
          });
          const there = `incidents/${opened.id}`;
          const send = async () => {
            const { text } = await client.post(`${there}/import`, exported, { 'content-type': mediaType });
            const lines = text
              .trimEnd()
              .split('\n')
              .map((line) => JSON.parse(line) as Record<string, any>);
            return { text, end: lines.at(-1)! };
          };
          const first = await send();
          expect(first.text.split('\n').filter((line) => line.includes('"refused",'))).toEqual([]);
          expect(first.end['complete']).toBe(true);
          const again = (await client.get(`${there}/export/${format}`)).text;
          expect(comparable(again)).toEqual(comparable(exported));
          const second = await send();
          expect([second.end['known'], second.end['position']]).toEqual([second.end['items'], undefined]);
        }),
        { numRuns: 12, endOnFailure: true },
      );
    },
  );
});
