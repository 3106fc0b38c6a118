import { existsSync, readFileSync } from 'node:fs';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { python, readProv } from '../support/prov-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

type Section = Record<string, Record<string, any>>;
type Prov = Record<string, Section>;

const schema = new URL(
  '../../../shared/conformance/prov/src/prov/tests/schemas/prov-json.schema.json',
  import.meta.url,
);
/** Skipped, and named as skipped, where ../shared/conformance or a Python with the package prov is not at hand. */
const whereConformance = existsSync(schema) ? it : it.skip;
const wherePython = python === undefined ? it.skip : it;

describe('the history of an incident as PROV', () => {
  let service: TestService;
  let alice: Client;
  let ids: Record<string, string>;
  let undoing: number;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    ids = await incidentOfAllKinds(alice);
    const path = `incidents/${ids['incident']}`;
    const revised = await alice.patch(`${path}/claims/${ids['claim']}`, {
      tags: ['toll'],
      reason: 'One tag.',
    });
    const undone = await alice.post('undo', { positions: [revised.body.position], reason: 'Both tags.' });
    undoing = undone.body.undone[0].position ?? (await service.size());
    await alice.post(`${path}/links/${ids['link']}/retraction`, { reason: 'No.' });
    const retracted = await service.size();
    await alice.post('undo', { positions: [retracted], reason: 'It stands.' });
    const comment = await enter(alice, `${path}/comments`, { targetId: ids['claim'], body: 'Zanzibar.' });
    await service.admin.post('erasures', { subject: comment.id, reason: 'Asked to', legalBasis: 'GDPR 17' });
    ids['erased'] = comment.id;
    await service.caughtUp();
  });
  afterAll(() => service.close());

  const text = async (): Promise<string> => {
    const answer = await alice.get(`incidents/${ids['incident']}/export/prov`);
    expect(answer.status).toBe(200);
    return answer.text;
  };
  const read = async (): Promise<Prov> => JSON.parse(await text()) as Prov;

  it('has an activity for each event, an entity for each revision, and an agent for each member', async () => {
    const prov = await read();
    const history = (await alice.get(`incidents/${ids['incident']}/history?limit=500`)).body.items as {
      position: number;
      sentence: string;
      actor: string;
    }[];
    for (const { position, sentence, actor } of history) {
      expect(prov['activity']![`event:${position}`]).toMatchObject({ 'prov:label': sentence });
      expect(prov['wasAssociatedWith']![`_:associated-${position}`]).toEqual({
        'prov:activity': `event:${position}`,
        'prov:agent': `member:${actor}`,
      });
    }
    expect(prov['agent']).toMatchObject({ 'member:alice': { 'prov:label': 'Alice' } });
    const claim = `annotation:${ids['claim']}`;
    for (const revision of [1, 2, 3])
      expect(prov['entity']![`${claim}/revisions/${revision}`]).toMatchObject({
        'casebook:revision': revision,
      });
    const of = (relation: string, key: string, value: string) =>
      Object.values(prov[relation]!).filter((each) => each[key] === value);
    expect(of('wasDerivedFrom', 'prov:generatedEntity', `${claim}/revisions/2`)).toMatchObject([
      { 'prov:usedEntity': `${claim}/revisions/1`, 'prov:type': 'prov:Revision' },
    ]);
    expect(of('wasAttributedTo', 'prov:entity', `${claim}/revisions/1`)).toMatchObject([
      { 'prov:agent': 'member:alice' },
    ]);
    expect(of('wasInvalidatedBy', 'prov:entity', `${claim}/revisions/1`)).toHaveLength(1);
  });

  it('says what was undone, and what was erased by law', async () => {
    const prov = await read();
    const undone = Object.values(prov['wasInformedBy']!);
    expect(undone).toHaveLength(2);
    expect(undone).toContainEqual({
      'prov:informed': `event:${undoing}`,
      'prov:informant': expect.stringMatching(/^event:\d+$/) as string,
      'prov:type': 'casebook:Undo',
    });
    const erased = `annotation:${ids['erased']}/revisions/1`;
    expect(prov['entity']![erased]).toMatchObject({ 'casebook:erased': true });
    expect(
      Object.values(prov['wasInvalidatedBy']!).filter((each) => each['prov:entity'] === erased),
    ).toMatchObject([{ 'prov:type': 'casebook:Erasure' }]);
    expect(await text()).not.toContain('Zanzibar');
  });

  it('names nothing that it does not describe', async () => {
    const prov = await read();
    const described = new Set(['entity', 'activity', 'agent'].flatMap((kind) => Object.keys(prov[kind]!)));
    const relations = Object.entries(prov).filter(
      ([name]) => !['prefix', 'entity', 'activity', 'agent'].includes(name),
    );
    const named = relations
      .flatMap(([, section]) => Object.values(section))
      .flatMap((relation) => Object.entries(relation))
      .filter(([role]) => !['prov:time', 'prov:type'].includes(role))
      .map(([, value]) => value as string);
    expect(named.filter((each) => !described.has(each))).toEqual([]);
  });

  whereConformance('is valid by the schema of PROV-JSON', async () => {
    const ajv = new Ajv04.default({ strict: false, allErrors: true });
    (addFormats as unknown as (target: unknown) => void)(ajv);
    const check = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
    expect([check(await read()), ajv.errorsText(check.errors)]).toEqual([true, 'No errors']);
  });

  wherePython('is read by another implementation, record by record', async () => {
    const { counts, equal } = readProv(await text());
    const prov = await read();
    expect(equal).toBe(true);
    expect(counts).toMatchObject({
      ProvActivity: Object.keys(prov['activity']!).length,
      ProvEntity: Object.keys(prov['entity']!).length,
      ProvDerivation: Object.keys(prov['wasDerivedFrom']!).length,
      ProvInvalidation: Object.keys(prov['wasInvalidatedBy']!).length,
    });
  });
});
