import {
  decodeEvent,
  type DocumentEventType,
  type FieldsOf,
  type IncidentEventType,
  type RecordedEvent,
  type SearchHit,
  searchResults,
} from '@casebook/contracts';
import { evolve, evolveDocument, initialDocument, initialIncident } from '@casebook/incident';
import type { StoredEvent } from '@casebook/ledger';
import { createDataSource, withReadingScope } from '@casebook/postgres';
import { documentIdOf, histories } from '@casebook/testing';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Runner } from '@casebook/projections';
import { BadCursor, SearchQueries, type SearchRequest, streams, projections } from '../index.js';
import { decodeCursor, encodeCursor } from '../paging.js';
import { type Bench, everything, openBench, type Writer } from '../workspace.fixture.js';
import { wordsOf } from './words.js';

/** A thing that can be found, by the plainest way there is. */
interface Thing {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly members: readonly string[];
  readonly tags: readonly string[];
  readonly incidentId: string | null;
  readonly texts: readonly string[];
  readonly people: readonly string[];
}

const given = (...texts: (string | undefined)[]): string[] => texts.filter((text) => text !== undefined);

/** What is searched of each kind, written down by hand. */
const searched: { [K in keyof FieldsOf]: (fields: FieldsOf[K]) => { texts: string[]; people: string[] } } = {
  claim: ({ anchor, statement, asserters = [], tags = [], figure, estimative }) => ({
    texts: given(anchor.exact, statement, ...tags, figure?.counts, figure?.asPrinted, estimative),
    people: asserters.map(({ name }) => name),
  }),
  warning: ({
    summary,
    issuedBy,
    issuedTo = [],
    issuedAt,
    channel,
    threatActor,
    targets = [],
    method = [],
    window,
  }) => ({
    texts: given(summary, ...targets, ...method, channel, issuedAt?.asPrinted, window?.asPrinted),
    people: given(issuedBy, ...issuedTo, threatActor),
  }),
  attack: ({ summary, occurredAt, place, actors = [], claimedBy, weapons = [] }) => ({
    texts: given(summary, place?.name, place?.country, ...weapons, occurredAt?.asPrinted),
    people: given(...actors, claimedBy),
  }),
  link: ({ grounds }) => ({ texts: given(grounds), people: [] }),
  dispute: ({ question, positions = [], grounds }) => ({
    texts: given(question, ...positions.map(({ statement }) => statement), grounds),
    people: given(...positions.map(({ heldBy }) => heldBy)),
  }),
  comment: ({ body }) => ({ texts: [body], people: [] }),
  item: ({ title, about = [] }) => ({ texts: given(title, ...about), people: [] }),
};

/** Everything that there was at a position. */
function thingsAt(ledger: readonly StoredEvent[], position: number): Thing[] {
  const until = ledger.filter((event) => event.position <= position);
  const things: Thing[] = [];
  for (const streamId of new Set(until.map((event) => event.streamId))) {
    const events = until.filter((event) => event.streamId === streamId).map(decodeEvent);
    if (streamId.startsWith('document:')) {
      const document = (events as RecordedEvent<DocumentEventType>[]).reduce(evolveDocument, initialDocument);
      if (document.status === 'unknown' || document.details === null) continue;
      const { id, details } = document;
      const text = (events[0] as RecordedEvent<'DocumentImported'>).data!.text;
      things.push({
        id,
        kind: 'document',
        status: 'active',
        members: [events[0]!.actor, events.at(-1)!.actor],
        tags: [],
        incidentId: null,
        texts: [details.title, text],
        people: given(details.publisher, details.upstream),
      });
    }
    if (!streamId.startsWith(streams.incident(''))) continue;
    const state = (events as RecordedEvent<IncidentEventType>[]).reduce(evolve, initialIncident);
    if (state.status === 'unopened' || state.details === null) continue;
    const { id: incidentId, details, status, recordedBy, revisedBy } = state;
    const texts = given(details.title, details.summary);
    const members = [recordedBy, revisedBy];
    things.push({
      id: incidentId,
      kind: 'incident',
      status,
      members,
      tags: [],
      incidentId,
      texts,
      people: [],
    });
    for (const each of state.annotations.values()) {
      if (each.fields === null) continue;
      const found = (searched[each.kind] as (fields: unknown) => { texts: string[]; people: string[] })(
        each.fields,
      );
      things.push({
        id: each.id,
        kind: each.kind,
        status: each.status,
        members: [each.recordedBy, each.revisedBy],
        tags: each.kind === 'claim' ? ((each.fields as FieldsOf['claim']).tags ?? []) : [],
        incidentId,
        texts: [...found.texts, ...given(each.retraction?.reason, each.resolution?.reason)],
        people: found.people,
      });
    }
  }
  return things;
}

const wordsIn = (text: string): string[] => [...wordsOf(text)].map(({ word }) => word);
const has = (texts: readonly string[], fits: (words: string[], at: number) => boolean): boolean =>
  texts.some((text) => {
    const words = wordsIn(text);
    return words.some((_, at) => fits(words, at));
  });
const all = ({ texts, people }: Thing): string[] => [...texts, ...people];
const word = (wanted: string) => (thing: Thing) => has(all(thing), (words, at) => words[at] === wanted);
const row =
  (...wanted: string[]) =>
  (thing: Thing) =>
    has(all(thing), (words, at) => wanted.every((each, n) => words[at + n] === each));

/** Searches, and what they mean. */
const SEARCHES: readonly (readonly [Omit<SearchRequest, 'limit'>, (thing: Thing) => boolean])[] = [
  [{}, () => true],
  [{ q: 'killed' }, word('killed')],
  [{ q: 'Officials DENIED' }, (thing) => word('officials')(thing) && word('denied')(thing)],
  [{ q: '"on thursday"' }, row('on', 'thursday')],
  [{ q: 'k-1' }, row('k', '1')],
  [{ q: 'warn*' }, (thing) => has(all(thing), (words, at) => words[at]!.startsWith('warn'))],
  [{ q: 'said -denied' }, (thing) => word('said')(thing) && !word('denied')(thing)],
  [{ q: '-"the border" -killed' }, (thing) => !row('the', 'border')(thing) && !word('killed')(thing)],
  [{ q: 'cafe' }, word('cafe')],
  [{ q: 'المسؤول' }, word('المسوول'.normalize('NFC'))],
  [{ person: 'officials' }, ({ people }) => has(people, (words, at) => words[at] === 'officials')],
  [{ q: 'killed', sort: 'newest' }, word('killed')],
  [{ q: 'killed', kind: 'claim' }, (thing) => thing.kind === 'claim' && word('killed')(thing)],
  [{ kind: 'document' }, ({ kind }) => kind === 'document'],
  [{ state: 'retracted' }, ({ status }) => status === 'retracted'],
  [{ state: 'open' }, ({ status }) => status === 'open'],
  [{ member: 'bob' }, ({ members }) => members.includes('bob')],
];

describe('a search', () => {
  let bench: Bench;
  let reading: DataSource;
  let searches: SearchQueries;
  beforeAll(async () => {
    bench = await openBench();
    reading = createDataSource({ url: bench.database.url, role: 'casebook_reader', scoped: true });
    await reading.initialize();
    searches = new SearchQueries(reading);
  });
  afterAll(async () => {
    await reading.destroy();
    await bench.close();
  });

  const search = ({ workspaceId }: Pick<Writer, 'workspaceId'>, request: Partial<SearchRequest>) =>
    withReadingScope({ workspaceId, viewer: null, clearance: 4 }, () =>
      searches.search(workspaceId, { limit: 100, ...request }),
    );
  const whole = (writer: Writer, request: Partial<SearchRequest>): Promise<SearchHit[]> =>
    everything((cursor) => search(writer, { ...request, ...(cursor !== undefined && { cursor }) }));
  const ids = (hits: readonly { id: string }[]): string[] => hits.map(({ id }) => id).sort();
  /** A row far beyond the ledger: how much is stored is told by where the last row is. Gives what takes it away again. */
  const asIfMuchWereStored = async ({ workspaceId }: Writer): Promise<() => Promise<unknown>> => {
    const { ownerPool } = bench.database;
    await ownerPool.query(
      `INSERT INTO search_v2.entries
       SELECT (jsonb_populate_record(e, '{"position": 1000000000}')).* FROM search_v2.entries e WHERE workspace_id = $1 LIMIT 1`,
      [workspaceId],
    );
    return () =>
      ownerPool.query('DELETE FROM search_v2.entries WHERE workspace_id = $1 AND position = 1000000000', [
        workspaceId,
      ]);
  };

  it('as of any position finds what there was then, once, in pages of any length, whatever came since', async () => {
    const cases = fc.tuple(
      fc.uniqueArray(histories({ maxCommands: 25 }), {
        minLength: 2,
        maxLength: 2,
        selector: ({ incidentId }) => incidentId,
      }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([[first, second], limit, pageEvents]) => {
        const writer = await bench.workspace();
        const runner = new Runner(bench.database.pool, { projections, pageEvents });
        const catchUp = () => runner.catchUp(writer.workspaceId);
        await writer.play(first!, 3);
        await catchUp();
        const then = await Promise.all(SEARCHES.map(([request]) => search(writer, request)));
        await writer.play(second!, 3);
        await writer.document({
          type: 'DescribeDocument',
          documentId: first!.documents[0]!.id,
          changes: { title: 'Nobody was killed' },
        });
        await catchUp();
        for (const [index, [request]] of SEARCHES.entries()) {
          const { position, items } = then[index]!;
          expect((await search(writer, { ...request, asOf: { position } })).items).toEqual(items);
        }

        const ledger = await bench.ledger.readAll(writer.workspaceId, { limit: 10_000 });
        const positions = [0, ...ledger.map(({ position }) => position)];
        for (const position of positions) {
          const things = thingsAt(ledger, position);
          // Every search at the head; one after the other at positions before.
          const asked = position === ledger.length ? SEARCHES : [SEARCHES[position % SEARCHES.length]!];
          for (const [request, finds] of asked) {
            const expected = ids(things.filter(finds));
            const found = await whole(writer, { ...request, asOf: { position }, limit });
            expect([request, position, ids(found)]).toEqual([request, position, expected]);
            const page = searchResults.parse(await search(writer, { ...request, asOf: { position } }));
            expect(page).toMatchObject({ position, counts: { found: expected.length, more: false } });
            for (const hit of found) expect(hit.position).toBeLessThanOrEqual(position);
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  describe('of a thousand comments and more', () => {
    let writer: Writer;
    const incidentId = uuidv7();
    const commented: string[] = [];
    const comment = async (body: string, actor = 'alice') => {
      const id = uuidv7();
      commented.push(id);
      await writer.incident(
        incidentId,
        { type: 'RecordAnnotation', kind: 'comment', id, fields: { targetId: incidentId, body } } as never,
        actor,
      );
    };
    beforeAll(async () => {
      writer = await bench.workspace();
      await writer.incident(incidentId, {
        type: 'OpenIncident',
        incidentId,
        fields: { title: 'Many hands' },
      });
      for (let from = 0; from < 2300; from += 100) {
        await Promise.all(
          Array.from({ length: 100 }, (_, index) => {
            const n = from + index;
            return comment(
              `${n % 100 === 7 ? 'Harbour, harbour, harbour. ' : ''}A common word${n === 3 ? ' and a rare lighthouse' : ''}. Number ${n}.`,
            );
          }),
        );
      }
      await new Runner(bench.database.pool, { projections }).catchUp(writer.workspaceId);
    });

    it('ranks the newest thousand, then the thousand before, and holds each once', async () => {
      const first = await search(writer, { q: 'common' });
      expect(first.counts).toEqual({ found: 1000, more: true, kinds: { comment: 1000 } });
      const found = await whole(writer, { q: 'common' });
      expect(ids(found)).toEqual([...commented].sort());
      const tiers = [found.slice(0, 1000), found.slice(1000, 2000), found.slice(2000)];
      const lowest = tiers.map((tier) => Math.min(...tier.map(({ position }) => position)));
      const highest = tiers.map((tier) => Math.max(...tier.map(({ position }) => position)));
      expect(lowest[0]).toBeGreaterThan(highest[1]!);
      expect(lowest[1]).toBeGreaterThan(highest[2]!);
    });

    it('puts the best first, and of equals the newer', async () => {
      const { items } = await search(writer, { q: 'common harbour', limit: 100 });
      expect(items).toHaveLength(23);
      const ranked = await search(writer, { q: 'common' });
      const positions = ranked.items
        .filter(({ title }) => !title.startsWith('Harbour'))
        .map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => b - a));
      const newest = await whole(writer, { q: 'common', sort: 'newest', limit: 77 });
      expect(newest.map(({ position }) => position)).toEqual(
        newest.map(({ position }) => position).sort((a, b) => b - a),
      );
      expect(newest).toHaveLength(2300);
    });

    it('finds the one that is rare, however old, and counts it', async () => {
      const { counts, items } = await search(writer, { q: 'lighthouse' });
      expect(counts).toEqual({ found: 1, more: false, kinds: { comment: 1 } });
      expect(items[0]?.id).toBe(commented[3]);
    });

    it('goes on through its pages as if nobody were writing', async () => {
      const before = await whole(writer, { q: 'common', limit: 50 });
      const runner = new Runner(bench.database.pool, { projections });
      let pages = 0;
      const during = await everything(async (cursor) => {
        pages += 1;
        if (pages < 10) {
          await comment('A common word, harbour, harbour.', 'bob');
          await writer.incident(incidentId, {
            type: 'RetractAnnotation',
            kind: 'comment',
            id: commented[2300 - pages * 20]!,
            reason: 'A common mistake.',
          } as never);
          await runner.catchUp(writer.workspaceId);
        }
        return search(writer, {
          q: 'common',
          limit: 50,
          ...(cursor !== undefined ? { cursor } : { asOf: { position: 2301 } }),
        });
      });
      expect(during).toEqual(before);
      expect((await whole(writer, { q: 'common', state: 'retracted' })).length).toBe(9);
    });

    it('is held to what its work may be: a phrase of common words that nowhere stand in a row ends in pages without hits', async () => {
      const answers = [];
      let cursor: string | undefined;
      do {
        const page = await search(writer, { q: '"word common"', ...(cursor !== undefined && { cursor }) });
        answers.push(page.items.length);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && answers.length < 10);
      expect(answers.reduce((sum, each) => sum + each, 0)).toBe(0);
    });

    it('finds the same by a beginning, where so much is stored that it goes through rows', async () => {
      const beginnings = [{ q: 'comm*' }, { q: 'comm* harb*' }, { q: 'lighth*' }, { q: 'comm* -harb*' }];
      const found = () =>
        Promise.all(beginnings.map((request) => whole(writer, { ...request, limit: 3000 })));
      const before = await found();
      expect(before[0]!.length).toBeGreaterThan(2200);
      const undo = await asIfMuchWereStored(writer);
      expect(await found()).toEqual(before);
      await undo();
    });

    it('takes no cursor but its own, and none beyond the ledger', async () => {
      const { next } = await search(writer, { q: 'common' });
      const own = decodeCursor(next!, ['number', 'number', 'number', 'number', 'number']).at(-1)!;
      for (const key of [
        [1, 2, 3],
        [1, 1, 1, 1],
        ['a', 1, 1, 1, own],
        [-1, 1, 1, 1, own],
        [1, 1, -2, 1, own],
        [1, 1, 2 ** 40, 1, own],
      ]) {
        await expect(search(writer, { q: 'common', cursor: encodeCursor(key) })).rejects.toThrow(BadCursor);
      }
      const far = encodeCursor([2 ** 52, 2 ** 52, -1, 0, own]);
      const page = await search(writer, { q: 'common', cursor: far });
      expect(page.position).toBe((await bench.ledger.head(writer.workspaceId))!.size);
    });

    it('takes no cursor of another search, nor of a later moment', async () => {
      const { next, position } = await search(writer, { q: 'common' });
      const cursor = next!;
      for (const another of [
        { q: 'harbour' },
        { q: 'common', kind: 'comment' },
        { q: 'common', member: 'alice' },
        { q: 'common', sort: 'newest' },
        { q: 'common', asOf: { position: position - 1 } },
      ] as const) {
        await expect(search(writer, { ...another, cursor })).rejects.toThrow(BadCursor);
      }
      const again = await search(writer, { q: 'common', cursor });
      for (const same of [{ sort: 'relevance' }, { asOf: { position: 2 ** 40 } }] as const)
        expect(await search(writer, { q: 'common', cursor, ...same })).toEqual(again);
    });
  });

  it('finds a long document by its title and any of its passages, once, and says where', async () => {
    const writer = await bench.workspace();
    const text = `${'The harbour was calm that morning.\n'.repeat(3000)}Then a lorry came. ${'And nobody spoke.\n'.repeat(3000)}`;
    await writer.import({ id: documentIdOf(text), text, title: 'Inquiry report', language: 'en' });
    await new Runner(bench.database.pool, { projections }).catchUp(writer.workspaceId);
    const { items } = await search(writer, { q: 'inquiry lorry' });
    expect(items).toHaveLength(1);
    const fragment = items[0]!.fragments.find(({ field }) => field === '/text')!;
    const at = Array.from(text).slice(fragment.start);
    expect(at.join('').startsWith(fragment.text)).toBe(true);
    expect(fragment.text).toContain('Then a lorry came.');
    expect((await search(writer, { q: 'harbour' })).counts).toMatchObject({ found: 1 });
  });

  it('finds a beginning in any passage of a long document, though rows are gone through in parts that end within one', async () => {
    const writer = await bench.workspace();
    const calm = 'The harbour was calm that morning.\n'.repeat(850);
    for (let n = 0; n < 100; n += 1) {
      const text = `${calm}Boat ${n} left the lighthouse.`;
      await writer.import({ id: documentIdOf(text), text, title: `Log ${n}`, language: 'en' });
    }
    await new Runner(bench.database.pool, { projections }).catchUp(writer.workspaceId);
    const { rows } = await bench.database.ownerPool.query<{ passages: number }>(
      'SELECT max(passage) + 1 AS passages FROM search_v2.entries WHERE workspace_id = $1',
      [writer.workspaceId],
    );
    expect(rows[0]!.passages).toBe(3);
    const undo = await asIfMuchWereStored(writer);
    expect((await search(writer, { q: 'lighth*' })).counts).toMatchObject({ found: 100, more: false });
    await undo();
  });

  it('between two times finds what was last changed then', async () => {
    const writer = await bench.workspace();
    const incidentId = uuidv7();
    await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'One' } });
    await new Runner(bench.database.pool, { projections }).catchUp(writer.workspaceId);
    const [event] = await bench.ledger.readAll(writer.workspaceId);
    const { recordedAt } = event!;
    const found = async (request: Partial<SearchRequest>) => (await search(writer, request)).items.length;
    const before = new Date(Date.parse(recordedAt) - 1).toISOString();
    const after = new Date(Date.parse(recordedAt) + 1).toISOString();
    expect(await found({ from: recordedAt, to: recordedAt })).toBe(1);
    expect(await found({ from: after })).toBe(0);
    expect(await found({ to: before })).toBe(0);
    expect(await found({ asOf: { time: recordedAt } })).toBe(1);
    expect(await found({ asOf: { time: before } })).toBe(0);
  });

  it('finds nothing where no reader is named, and nothing for another workspace', async () => {
    const writer = await bench.workspace();
    const incidentId = uuidv7();
    await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'Mine alone' } });
    await new Runner(bench.database.pool, { projections }).catchUp(writer.workspaceId);
    expect((await search(writer, { q: 'mine' })).items).toHaveLength(1);
    expect((await searches.search(writer.workspaceId, { q: 'mine', limit: 10 })).items).toEqual([]);
    const other = await bench.workspace();
    await withReadingScope({ workspaceId: other.workspaceId, viewer: null, clearance: 4 }, async () => {
      expect((await searches.search(writer.workspaceId, { q: 'mine', limit: 10 })).items).toEqual([]);
    });
  });
});
