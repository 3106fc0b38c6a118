import {
  type AnnotationView,
  blameView,
  incidentDifference,
  type IncidentDifference,
  type IncidentView,
} from '@casebook/contracts';
import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { fieldsOf } from './revised.js';
import { Runner } from '@casebook/projections';
import { ChangeQueries, MomentsReversed, projections } from '../index.js';
import { annotationsIn, incidentOf } from '../rendering.js';
import { type Bench, openBench, type Writer } from '../workspace.fixture.js';

/** `fields` with what a difference says put in place of what it says was there. */
function moved<T extends object>(fields: T, changes: IncidentDifference['fields']): T {
  const result = { ...fields } as Record<string, unknown>;
  for (const { field, before, after } of changes) {
    expect(result[field] ?? null).toEqual(before);
    if (after === null) delete result[field];
    else result[field] = after;
  }
  return result as T;
}

/** The incident as of `to`, from that as of `from` and what lies between, by nothing else. */
function applied(before: IncidentView | null, difference: IncidentDifference): IncidentView {
  const changeAt = new Map(difference.changes.map((change) => [change.position, change]));
  const own = difference.changes.filter(({ type }) => type.startsWith('Incident'));
  const inIncident = difference.changes.filter(
    ({ type }) => type !== 'DocumentImported' && type !== 'DocumentDescribed',
  );
  const opening = difference.opened ? own[0] : undefined;
  const header = {
    ...moved(
      before ?? {
        id: difference.incidentId,
        revision: 0,
        recordedBy: opening!.actor,
        recordedAt: opening!.at,
      },
      difference.fields,
    ),
  } as IncidentView;
  if (own.length > 0) {
    const last = own.at(-1)!;
    Object.assign(header, {
      revision: header.revision + own.length,
      revisedBy: last.actor,
      revisedAt: last.at,
    });
  }
  const latest = inIncident.at(-1);
  if (latest !== undefined) Object.assign(header, { position: latest.position });

  const annotations = new Map(before === null ? [] : annotationsIn(before).map((each) => [each.id, each]));
  for (const { id, kind, revision, fields, by } of difference.annotations) {
    const was = annotations.get(id);
    expect(was?.revision ?? null).toBe(revision.before);
    const [first, last] = [changeAt.get(by[0]!)!, changeAt.get(by.at(-1)!)!];
    annotations.set(id, {
      ...moved(was ?? { id, kind, recordedBy: first.actor, recordedAt: first.at }, fields),
      revision: revision.after,
      revisedBy: last.actor,
      revisedAt: last.at,
      position: last.position,
    } as AnnotationView);
  }

  const documents = new Map((before?.documents ?? []).map((each) => [each.id, each]));
  for (const { id, change, fields } of difference.documents) {
    if (change === 'detached') documents.delete(id);
    else documents.set(id, moved(documents.get(id) ?? ({ id } as never), fields));
  }
  return incidentOf(
    header,
    [...documents.values()].sort((a, b) => compare(a.attachedAt, b.attachedAt) || compare(a.id, b.id)),
    [...annotations.values()],
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('what changed', () => {
  let bench: Bench;
  let changes: ChangeQueries;
  beforeAll(async () => {
    bench = await openBench();
    changes = new ChangeQueries(bench.dataSource, bench.histories);
  });
  afterAll(() => bench.close());

  const cases = fc.tuple(
    histories({ maxCommands: 30 }),
    fc.constantFrom('not' as const, 'halfway' as const, 'wholly' as const),
    fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 3, maxLength: 6 }),
  );
  const check = (
    property: (
      writer: Writer,
      incidentId: string,
      moments: [number, number][],
      size: number,
    ) => Promise<void>,
  ) =>
    fc.assert(
      fc.asyncProperty(cases, async ([history, followed, picks]) => {
        const writer = await bench.workspace();
        const runner = new Runner(bench.database.pool, { projections, pageEvents: 5 });
        await writer.play(history);
        if (followed === 'halfway') await runner.catchUp(writer.workspaceId);
        await writer.document({
          type: 'DescribeDocument',
          documentId: history.documents[0]!.id,
          changes: { title: 'Corrected title', publisher: 'The Harbour Courier' },
        });
        if (followed === 'wholly') await runner.catchUp(writer.workspaceId);
        const { size } = (await bench.ledger.head(writer.workspaceId))!;
        const moments = [
          [0, size] as const,
          ...picks.map(([a, b]) => [a % (size + 1), b % (size + 1)] as const),
        ].map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
        await property(writer, history.incidentId, moments, size);
      }),
      { numRuns: 15 },
    );

  it('between two moments, applied to the incident as of the first, gives it as of the second', async () => {
    await check(async ({ workspaceId }, id, moments) => {
      for (const [from, to] of moments) {
        const difference = await changes.difference(workspaceId, id, {
          from: { position: from },
          to: { position: to },
        });
        const [before, after] = [
          await bench.histories.asOf(workspaceId, id, { position: from }),
          await bench.histories.asOf(workspaceId, id, { position: to }),
        ];
        if (after === null) {
          expect(difference).toBeNull();
          continue;
        }
        expect(incidentDifference.parse(difference)).toEqual(difference);
        expect([difference!.from.position, difference!.to.position]).toEqual([from, to]);
        expect(applied(before, difference!)).toEqual(after);
        // Every field that differs names an event in between that touched it.
        const all = [difference!.fields, ...difference!.annotations.map(({ fields }) => fields)].flat();
        const told = new Set(difference!.changes.map(({ position }) => position));
        for (const { by } of [...all, ...difference!.documents]) {
          expect(by.length).toBeGreaterThan(0);
          expect(by.filter((position) => !told.has(position))).toEqual([]);
        }
        // And what happened is told as the history tells it.
        const history = await bench.histories.history(workspaceId, id, { after: from, limit: 1000 });
        expect(
          difference!.changes.filter(({ type }) => !/^Document(Imported|Described)$/.test(type)),
        ).toEqual(
          history!.items
            .filter(({ position }) => position <= to)
            .map(({ changes: _, incidentId: __, ...rest }) => rest),
        );
      }
    });
  });

  it('each field of an annotation is blamed on the event after which it has its value, and before which it had another', async () => {
    await check(async ({ workspaceId }, id, moments, size) => {
      // By annotation, its fields as of every position from 0.
      const then: Map<string, Readonly<Record<string, unknown>>>[] = [];
      for (let position = 0; position <= size; position += 1) {
        const incident = await bench.histories.asOf(workspaceId, id, { position });
        then.push(
          new Map(
            (incident === null ? [] : annotationsIn(incident)).map((each) => [each.id, fieldsOf(each)]),
          ),
        );
      }
      for (const upTo of [size, moments.at(-1)![1]]) {
        for (const [annotationId, fields] of then[upTo]!) {
          const blame = (await changes.blame(workspaceId, id, annotationId, { position: upTo }))!;
          expect(blameView.parse(blame)).toEqual(blame);
          const present = blame.fields.filter(({ value }) => value !== null);
          expect(Object.fromEntries(present.map(({ field, value }) => [field, value]))).toEqual(fields);
          const at = (position: number, field: string) => then[position]!.get(annotationId)?.[field] ?? null;
          for (const { field, value, madeBy } of blame.fields) {
            expect(madeBy.position).toBeLessThanOrEqual(upTo);
            expect(at(madeBy.position, field)).toEqual(value);
            expect(at(madeBy.position - 1, field)).not.toEqual(value);
          }
        }
      }
    });
  });

  it('is asked from the earlier moment to the later one; a moment above the head is the head', async () => {
    const writer = await bench.workspace();
    const id = uuidv7();
    await writer.incident(id, { type: 'OpenIncident', incidentId: id, fields: { title: 'Rockets' } });
    await expect(
      changes.difference(writer.workspaceId, id, { from: { position: 1 }, to: { position: 0 } }),
    ).rejects.toThrow(MomentsReversed);
    const none = await changes.difference(writer.workspaceId, id, { from: { position: 10 ** 9 } });
    expect(none).toMatchObject({ from: { position: 1 }, to: { position: 1 }, opened: false, changes: [] });
    expect(await changes.difference(writer.workspaceId, id, { from: { position: 0 } })).toMatchObject({
      from: { position: 0, at: null },
      opened: true,
      fields: [
        { field: 'status', before: null, after: 'open', by: [1] },
        { field: 'title', before: null, after: 'Rockets', by: [1] },
      ],
      changes: [{ position: 1, actor: 'alice', sentence: 'alice opened the incident “Rockets”.' }],
    });
    expect(await changes.difference(writer.workspaceId, uuidv7(), { from: { position: 0 } })).toBeNull();
  });

  it('an unknown annotation is blamed on nobody', async () => {
    const writer = await bench.workspace();
    expect(await changes.blame(writer.workspaceId, uuidv7(), uuidv7())).toBeNull();
  });
});
