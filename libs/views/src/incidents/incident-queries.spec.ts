import type { IncidentCommand } from '@casebook/incident';
import { documentIdOf } from '@casebook/testing';
import { v7 as uuidv7 } from 'uuid';
import { type Bench, openBench, type Writer } from '../workspace.fixture.js';
import { BadCursor } from '../index.js';

const text = 'At least nine people were killed on Tuesday, the governor said.';
const documentId = documentIdOf(text);
const anchor = { documentId, exact: 'At least nine', prefix: '', suffix: ' people', start: 0, end: 13 };

describe('in a workspace with two incidents', () => {
  let bench: Bench;
  let writer: Writer;
  const [market, bridge] = [uuidv7(), uuidv7()];
  const ids = {
    nine: uuidv7(),
    toll: uuidv7(),
    gone: uuidv7(),
    warning: uuidv7(),
    attack: uuidv7(),
    link: uuidv7(),
    dispute: uuidv7(),
    comment: uuidv7(),
    reply: uuidv7(),
  };
  const record = (command: object, actor?: string) =>
    writer.incident(market, { type: 'RecordAnnotation', ...command } as IncidentCommand, actor);

  beforeAll(async () => {
    bench = await openBench();
    writer = await bench.workspace();
    await writer.import({ id: documentId, text, title: 'Blast at the market', publisher: 'Courier' });
    await writer.incident(market, {
      type: 'OpenIncident',
      incidentId: market,
      fields: { title: 'River market', summary: '100% of it' },
    });
    await writer.incident(bridge, { type: 'OpenIncident', incidentId: bridge, fields: { title: 'Bridge' } });
    await writer.incident(bridge, { type: 'CloseIncident' });
    await writer.incident(market, { type: 'AttachDocument', documentId });
    await record({
      kind: 'claim',
      id: ids.nine,
      fields: { anchor, tags: ['casualties', 'Casualties', 'été'], modality: 'hedged' },
    });
    await record({ kind: 'claim', id: ids.toll, fields: { anchor, tags: ['casualties'] } }, 'bob');
    await record({ kind: 'claim', id: ids.gone, fields: { anchor, tags: ['gone', 'casualties'] } });
    await writer.incident(market, {
      type: 'RetractAnnotation',
      kind: 'claim',
      id: ids.gone,
      reason: 'Misread.',
    });
    await record({ kind: 'warning', id: ids.warning, fields: { summary: 'A warning' } });
    await record({ kind: 'attack', id: ids.attack, fields: { summary: 'An attack' } });
    await record({
      kind: 'link',
      id: ids.link,
      fields: { warningId: ids.warning, attackId: ids.attack },
    });
    await record({
      kind: 'dispute',
      id: ids.dispute,
      fields: { question: 'Nine?', targets: [ids.nine, ids.toll] },
    });
    await record({ kind: 'comment', id: ids.comment, fields: { targetId: ids.nine, body: 'See page 2.' } });
    await record({
      kind: 'comment',
      id: ids.reply,
      fields: { targetId: ids.nine, replyTo: ids.comment, body: 'Seen.' },
    });
  });
  afterAll(() => bench.close());

  const found = async (kind: Parameters<Bench['incidents']['annotations']>[2], filter: object) =>
    (
      await bench.incidents.annotations(writer.workspaceId, market, kind, { limit: 50, ...filter })
    )?.items.map(({ id }) => id);

  it('annotations are found by what they are filtered by, and by all of it together', async () => {
    expect(await found('claim', {})).toEqual([ids.nine, ids.toll, ids.gone]);
    expect(await found('claim', { status: 'retracted' })).toEqual([ids.gone]);
    expect(await found('claim', { recordedBy: 'bob' })).toEqual([ids.toll]);
    expect(await found('claim', { tag: 'Casualties' })).toEqual([ids.nine]);
    expect(await found('claim', { tag: 'casualties', status: 'active' })).toEqual([ids.nine, ids.toll]);
    expect(await found('claim', { tag: 'casual' })).toEqual([]);
    expect(await found('claim', { modality: 'hedged' })).toEqual([ids.nine]);
    expect(await found('claim', { documentId })).toEqual([ids.nine, ids.toll, ids.gone]);
    expect(await found('claim', { documentId: documentIdOf('another') })).toEqual([]);
    expect(await found('link', { targetId: ids.warning })).toEqual([ids.link]);
    expect(await found('link', { targetId: ids.attack })).toEqual([ids.link]);
    expect(await found('dispute', { targetId: ids.toll })).toEqual([ids.dispute]);
    expect(await found('dispute', { status: 'open' })).toEqual([ids.dispute]);
    expect(await found('comment', { targetId: ids.nine })).toEqual([ids.comment, ids.reply]);
    expect(await found('comment', { targetId: ids.comment })).toEqual([ids.reply]);
  });

  it('an annotation is found in its own incident, workspace and kind, and nowhere else', async () => {
    const { workspaceId } = writer;
    const elsewhere = await bench.workspace();
    const claim = await bench.incidents.annotation(workspaceId, market, 'claim', ids.nine);
    expect(claim).toMatchObject({ id: ids.nine, kind: 'claim', revision: 1, anchor, recordedBy: 'alice' });
    expect(await bench.incidents.annotation(workspaceId, market, 'warning', ids.nine)).toBeNull();
    expect(await bench.incidents.annotation(workspaceId, bridge, 'claim', ids.nine)).toBeNull();
    expect(await bench.incidents.annotation(elsewhere.workspaceId, market, 'claim', ids.nine)).toBeNull();
    expect(await bench.incidents.incident(elsewhere.workspaceId, market)).toBeNull();
    expect(await bench.incidents.incidents(elsewhere.workspaceId, { limit: 5 })).toEqual({
      items: [],
      next: null,
    });
  });

  it('an incident without anything has empty lists, an unknown one none', async () => {
    const { workspaceId } = writer;
    const page = { limit: 5 };
    expect(await bench.incidents.annotations(workspaceId, bridge, 'claim', page)).toEqual({
      items: [],
      next: null,
    });
    expect(await bench.incidents.documents(workspaceId, bridge, page)).toEqual({ items: [], next: null });
    expect(await bench.incidents.annotations(workspaceId, uuidv7(), 'claim', page)).toBeNull();
    expect(await bench.incidents.documents(workspaceId, uuidv7(), page)).toBeNull();
    expect(await bench.incidents.incident(workspaceId, uuidv7())).toBeNull();
  });

  it('incidents are listed the newest first, by status and by words of the title', async () => {
    const listed = async (filter: object) =>
      (await bench.incidents.incidents(writer.workspaceId, { limit: 5, ...filter })).items.map(
        ({ id }) => id,
      );
    expect(await listed({})).toEqual([bridge, market]);
    expect(await listed({ status: 'closed' })).toEqual([bridge]);
    expect(await listed({ q: 'rIVER' })).toEqual([market]);
    expect(await listed({ q: 'market river' })).toEqual([market]);
    expect(await listed({ q: '100%' })).toEqual([]);
    expect(await listed({ q: 'r' })).toEqual([]);
    expect(await listed({ q: 'br*', status: 'closed' })).toEqual([bridge]);
    expect(await listed({ q: 'river', status: 'closed' })).toEqual([]);
  });

  it('an incident’s summary counts what stands', async () => {
    const { items } = await bench.incidents.incidents(writer.workspaceId, { limit: 5, q: 'River' });
    expect(items[0]?.counts).toEqual({
      claim: 2,
      warning: 1,
      attack: 1,
      link: 1,
      dispute: 1,
      comment: 2,
      item: 0,
    });
  });

  it('attachments carry what the library knows of the document now', async () => {
    await writer.document({
      type: 'DescribeDocument',
      documentId,
      changes: { publisher: 'The Harbour Courier' },
    });
    const page = await bench.incidents.documents(writer.workspaceId, market, { limit: 5 });
    const attached = { id: documentId, title: 'Blast at the market', publisher: 'The Harbour Courier' };
    expect(page?.items).toEqual([expect.objectContaining({ ...attached, attachedBy: 'alice' })]);
    expect((await bench.incidents.incident(writer.workspaceId, market))?.documents).toEqual(page?.items);
  });

  it('tags in use are counted over standing claims, in the order of code points', async () => {
    const tags = async (filter: object) =>
      (await bench.incidents.tags(writer.workspaceId, { limit: 9, ...filter })).items.map(
        ({ tag, count }) => `${tag} ${count}`,
      );
    expect(await tags({})).toEqual(['Casualties 1', 'casualties 2', 'été 1']);
    expect(await tags({ prefix: 'c' })).toEqual(['casualties 2']);
    expect(await tags({ prefix: '%' })).toEqual([]);
    expect(await tags({ incidentId: market, prefix: 'é' })).toEqual(['été 1']);
    expect(await tags({ incidentId: bridge })).toEqual([]);
    expect(await tags({ limit: 1 })).toEqual(['Casualties 1']);

    const other = uuidv7();
    const [first, second] = [uuidv7(), uuidv7()];
    await writer.incident(other, { type: 'OpenIncident', incidentId: other, fields: { title: 'Other' } });
    await writer.incident(other, { type: 'AttachDocument', documentId });
    for (const id of [first, second]) {
      const fields = { anchor, tags: ['casualties'] };
      await writer.incident(other, { type: 'RecordAnnotation', kind: 'claim', id, fields });
    }
    expect(await tags({ prefix: 'cas' })).toEqual(['casualties 4']);
    const revision = { type: 'ReviseAnnotation', kind: 'claim' } as const;
    await writer.incident(other, { ...revision, id: first, changes: { tags: null } });
    await writer.incident(other, { ...revision, id: second, changes: { tags: ['toll'] } });
    expect(await tags({})).toEqual(['Casualties 1', 'casualties 2', 'toll 1', 'été 1']);
  });

  it('a cursor that no list gave is refused', async () => {
    const page = { limit: 5, cursor: 'nonsense' };
    const { workspaceId } = writer;
    await expect(bench.incidents.incidents(workspaceId, page)).rejects.toThrow(BadCursor);
    await expect(bench.incidents.annotations(workspaceId, market, 'claim', page)).rejects.toThrow(BadCursor);
    await expect(bench.incidents.documents(workspaceId, market, page)).rejects.toThrow(BadCursor);
    await expect(bench.incidents.tags(workspaceId, page)).rejects.toThrow(BadCursor);
  });
});
