import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { MalformedSearch, PastLists } from '../index.js';
import { type Bench, everything, openBench } from '../workspace.fixture.js';
import { titleTest } from './titles.js';
import { comparedWords } from './words.js';

describe('a title', () => {
  it.each([
    ['a word', 'rockets'],
    ['words in another order', 'tarrick ROCKETS'],
    ['a word without its accents', 'lodz'],
    ['words in a row', '"at tarrick"'],
    ['a beginning', 'rock*'],
    ['a word without another', 'rockets -bridge'],
    ['a word with what shows nothing in it', 'roc\u2060kets'],
  ])('is found by %s', (_, q) => {
    expect(titleTest(q)('Rock\u200bets at Tarrick, Łódź')).toBe(true);
  });

  it.each([
    ['a part of a word', 'rocket'],
    ['a word that it lacks', 'rockets bridge'],
    ['words in a row that are not', '"tarrick at"'],
    ['a word that is excluded', 'rockets -lodz'],
  ])('is not found by %s', (_, q) => {
    expect(titleTest(q)('Rockets at Tarrick, Łódź')).toBe(false);
  });

  it('is found by its own words in any order, whatever it says', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(title, fc.infiniteStream(fc.boolean()), (text, flips) => {
        const words = comparedWords(text).slice(0, 30);
        fc.pre(words.length > 0);
        const order = [...words].sort(() => (flips.next().value ? 1 : -1));
        expect(titleTest(order.join(' '))(text)).toBe(true);
      }),
    );
  });
});

describe('a list by words of titles', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  it('has every incident once, in pages of any length, now and as of a moment', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const expected: string[] = [];
    for (const title of ['Łódź, one', 'Lodz', 'Bridge', 'Two in LODZ', 'Lodzer', 'Lodz again']) {
      const id = uuidv7();
      await writer.incident(id, { type: 'OpenIncident', incidentId: id, fields: { title, summary: 'Łódź' } });
      if (comparedWords(title).includes('lodz')) expected.unshift(id);
    }
    const past = new PastLists(bench.dataSource, bench.incidents, bench.library, bench.histories);
    const position = (await bench.ledger.head(workspaceId))!.size;
    for (const limit of [1, 2, 3, 4, 5]) {
      const request = (cursor?: string) => ({ q: 'lodz', limit, ...(cursor !== undefined && { cursor }) });
      const now = await everything((cursor) => bench.incidents.incidents(workspaceId, request(cursor)));
      expect(now.map(({ id }) => id)).toEqual(expected);
      const then = await everything((cursor) =>
        past.incidentList(workspaceId, request(cursor), { position }),
      );
      expect(then).toEqual(now);
    }
  });

  it('compares so many titles in one answer, and goes on behind them', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const id = uuidv7();
    await writer.incident(id, { type: 'OpenIncident', incidentId: id, fields: { title: 'Lighthouse' } });
    await bench.database.ownerPool.query(
      `INSERT INTO incidents_v1.incidents
       SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'title', 'Harbour', 'recorded_at', i.recorded_at + n * interval '1 ms'))).*
       FROM incidents_v1.incidents i, generate_series(1, 20000) n WHERE i.workspace_id = $1`,
      [workspaceId],
    );
    const first = await bench.incidents.incidents(workspaceId, { q: 'lighthouse', limit: 5 });
    expect(first.items).toEqual([]);
    const second = await bench.incidents.incidents(workspaceId, {
      q: 'lighthouse',
      limit: 5,
      cursor: first.next!,
    });
    expect([second.items.map((each) => each.id), second.next]).toEqual([[id], null]);
  });

  it('is refused where nothing can be looked for', () => {
    expect(() => titleTest('“open')).toThrow(MalformedSearch);
    expect(() => titleTest('…')).toThrow(MalformedSearch);
  });
});
