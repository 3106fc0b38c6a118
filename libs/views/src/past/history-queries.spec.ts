import { changeView, eventView } from '@casebook/contracts';
import { documentIdOf } from '@casebook/testing';
import { v7 as uuidv7 } from 'uuid';
import { type Bench, everything, openBench, type Writer } from '../workspace.fixture.js';
import { HistoryQueries } from '../index.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const opened = async (title = 'Rockets at K-1'): Promise<{ writer: Writer; incidentId: string }> => {
  const writer = await bench.workspace();
  const incidentId = uuidv7();
  await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title } });
  return { writer, incidentId };
};

describe('as of a moment', () => {
  it('before it was opened, an incident is not there; at a position above the head, it is as it is now', async () => {
    const { writer, incidentId } = await opened();
    const { workspaceId } = writer;
    expect(await bench.histories.asOf(workspaceId, incidentId, { position: 0 })).toBeNull();
    expect(
      await bench.histories.asOf(workspaceId, incidentId, { time: '2001-01-01T00:00:00.000Z' }),
    ).toBeNull();
    const now = await bench.incidents.incident(workspaceId, incidentId);
    expect(await bench.histories.asOf(workspaceId, incidentId, { position: 99 })).toEqual(now);
    expect(await bench.histories.asOf(workspaceId, incidentId, { time: '2201-01-01T00:00:00.000Z' })).toEqual(
      now,
    );
    expect(await bench.histories.asOf(workspaceId, uuidv7(), { position: 99 })).toBeNull();
    expect(await bench.histories.asOf('nowhere', incidentId, { position: 99 })).toBeNull();
  });

  it('an attached document has the title that it had then', async () => {
    const { writer, incidentId } = await opened();
    const { workspaceId } = writer;
    const documentId = documentIdOf('text');
    await writer.import({ id: documentId, text: 'text', title: 'First' });
    await writer.incident(incidentId, { type: 'AttachDocument', documentId });
    await writer.document({ type: 'DescribeDocument', documentId, changes: { title: 'Second' } });
    const titleAt = async (position: number) =>
      (await bench.histories.asOf(workspaceId, incidentId, { position }))?.documents.map(
        ({ title }) => title,
      );
    expect(await titleAt(2)).toEqual([]);
    expect(await titleAt(3)).toEqual(['First']);
    expect(await titleAt(4)).toEqual(['Second']);
  });
});

describe('the history of an incident', () => {
  it('has none where there is no such incident', async () => {
    const { writer } = await opened();
    expect(await bench.histories.history(writer.workspaceId, uuidv7(), { limit: 5 })).toBeNull();
  });

  it('says who changed what, from what to what, and why', async () => {
    const { writer, incidentId } = await opened();
    await writer.incident(
      incidentId,
      { type: 'ReviseIncident', changes: { title: 'Rockets' }, reason: 'Shorter' },
      'bob',
    );
    const { items } = (await bench.histories.history(writer.workspaceId, incidentId, { limit: 5 }))!;
    expect(items[1]).toMatchObject({
      position: 2,
      actor: 'bob',
      type: 'IncidentRevised',
      incidentId,
      annotationId: null,
      reason: 'Shorter',
      changes: [{ field: 'title', before: 'Rockets at K-1', after: 'Rockets' }],
    });
    expect(items[1]?.sentence).toMatch(/^bob revised the incident.*Shorter\.$/);
  });

  it('between a revision and now is what a conflict tells', async () => {
    const { writer, incidentId } = await opened();
    const { workspaceId } = writer;
    const id = uuidv7();
    await writer.incident(incidentId, {
      type: 'RecordAnnotation',
      kind: 'warning',
      id,
      fields: { summary: 'one' },
    });
    for (const summary of ['two', 'three']) {
      await writer.incident(incidentId, {
        type: 'ReviseAnnotation',
        kind: 'warning',
        id,
        changes: { summary },
      });
    }
    await writer.incident(incidentId, { type: 'ReviseIncident', changes: { title: 'Other' } });
    const positions = async (...args: Parameters<HistoryQueries['changesBetween']>) =>
      (await bench.histories.changesBetween(...args)).map(({ position }) => position);
    expect(await positions(workspaceId, incidentId, id, { revision: 1 })).toEqual([3, 4]);
    expect(await positions(workspaceId, incidentId, id, { revision: 3 })).toEqual([]);
    expect(await positions(workspaceId, incidentId, id, { position: 2 })).toEqual([3, 4]);
    expect(await positions(workspaceId, incidentId, id, { position: 2 }, 3)).toEqual([3]);
    expect(await positions(workspaceId, incidentId, null, { revision: 1 })).toEqual([5]);
    expect(await positions(workspaceId, incidentId, null, { position: 3 })).toEqual([4, 5]);
  });
});

describe('the audit', () => {
  it('describes documents without their text, and tokens without their digest', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const text = 'A very secret passage, “curly” and all.';
    const documentId = documentIdOf(text);
    const digest = '5f'.repeat(32);
    const tokenId = uuidv7();
    await writer.open();
    await writer.member({ type: 'AddMember', member: { id: 'alice', name: 'Alice', role: 'reader' } });
    await writer.member({
      type: 'ReviseMember',
      id: 'alice',
      changes: { role: 'annotator' },
      reason: 'Trained',
    });
    await writer.member({ type: 'IssueToken', tokenId, memberId: 'alice', digest, label: 'laptop' });
    await writer.import({ id: documentId, text, title: 'Blast', publisher: 'Courier' });
    await writer.document({
      type: 'DescribeDocument',
      documentId,
      changes: { title: 'Blast!' },
      reason: 'Typo',
    });
    await writer.member({ type: 'RevokeToken', tokenId, reason: 'Lost.' });
    await writer.member({ type: 'RemoveMember', id: 'alice' });
    const { items, next } = await bench.histories.audit(workspaceId, { limit: 100 });
    expect(next).toBeNull();
    expect(items.map((change) => changeView.parse(change).sentence)).toEqual([
      `root opened the workspace ${workspaceId}.`,
      'root added Root (root) as admin.',
      'root issued root a token “first”.',
      'root added Alice (alice) as reader.',
      'root revised the member alice (role), because: Trained.',
      'root issued alice a token “laptop”.',
      'alice imported the document “Blast” of Courier.',
      'alice corrected what is known of the document “Blast” (title), because: Typo.',
      'root revoked a token of alice, “laptop”, because: Lost.',
      'root removed the member alice.',
    ]);
    expect(items[4]?.changes).toEqual([{ field: 'role', before: 'reader', after: 'annotator' }]);
    expect(items[6]?.changes).toContainEqual({
      field: 'text',
      before: null,
      after: { sha256: documentId.slice(7), bytes: Buffer.byteLength(text) },
    });
    expect(items[7]?.changes).toEqual([{ field: 'title', before: 'Blast', after: 'Blast!' }]);
    expect(JSON.stringify(items)).not.toContain('secret passage');
    expect(JSON.stringify(items)).not.toContain(digest);
  });

  it('looks at a stretch of the ledger a page, and says how to go on', async () => {
    const { writer, incidentId } = await opened();
    for (let n = 0; n < 9; n += 1) {
      const actor = n === 7 ? 'bob' : 'alice';
      await writer.incident(incidentId, { type: 'ReviseIncident', changes: { title: `Title ${n}` } }, actor);
    }
    const { workspaceId } = writer;
    const narrow = new HistoryQueries(bench.ledger, bench.dataSource, { auditWindow: 3 });
    expect(await narrow.audit(workspaceId, { actor: 'bob', limit: 5 })).toEqual({ items: [], next: '3' });
    const found = await everything((cursor) =>
      narrow.audit(workspaceId, { actor: 'bob', limit: 5, after: Number(cursor ?? 0) }),
    );
    expect(found.map(({ position }) => position)).toEqual([9]);
    // Where an incident is named its stream is read, however far its events lie apart.
    const { items, next } = await narrow.audit(workspaceId, { incidentId, actor: 'bob', limit: 5 });
    expect([items.map(({ position }) => position), next]).toEqual([[9], null]);
  });

  it('of an unknown workspace, incident or annotation is empty', async () => {
    const { writer, incidentId } = await opened();
    const empty = { items: [], next: null };
    expect(await bench.histories.audit('nowhere', { limit: 5 })).toEqual(empty);
    expect(await bench.histories.audit(writer.workspaceId, { incidentId: uuidv7(), limit: 5 })).toEqual(
      empty,
    );
    expect(await bench.histories.audit(writer.workspaceId, { annotationId: uuidv7(), limit: 5 })).toEqual(
      empty,
    );
    // An incident's own id is not that of an annotation.
    expect(await bench.histories.audit(writer.workspaceId, { annotationId: incidentId, limit: 5 })).toEqual(
      empty,
    );
  });
});

describe('the events', () => {
  it('are the ledger as it stands, page after page', async () => {
    const { writer, incidentId } = await opened();
    await writer.incident(incidentId, { type: 'CloseIncident', reason: 'Done.' });
    await writer.incident(incidentId, { type: 'ReopenIncident' });
    const { workspaceId } = writer;
    const events = await everything((cursor) =>
      bench.histories.events(workspaceId, { limit: 2, after: Number(cursor ?? 0) }),
    );
    const stored = await bench.ledger.readAll(workspaceId);
    expect(events.map((event) => eventView.parse(event))).toEqual(
      stored.map((event) => ({
        position: event.position,
        id: event.eventId,
        type: event.type,
        schemaVersion: event.schemaVersion,
        stream: event.streamId,
        version: event.streamVersion,
        subject: event.subject,
        actor: event.actorId,
        recordedAt: event.recordedAt,
        commandId: event.commandId,
        correlationId: event.correlationId,
        causationId: event.causationId,
        leafHash: event.leafHash.toString('hex'),
        data: event.payload,
      })),
    );
    expect(events[1]?.data).toEqual({ reason: 'Done.' });
    expect(await bench.histories.events(workspaceId, { limit: 3 })).toMatchObject({ next: null });
    expect(await bench.histories.events(workspaceId, { limit: 3, after: 3 })).toEqual({
      items: [],
      next: null,
    });
  });

  it('have a document’s digest, length and address in place of its text', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const text = 'é'.repeat(2 * 1024 * 1024);
    const id = documentIdOf(text);
    for (const each of [text, `${text.slice(1)}e`])
      await writer.import({ id: documentIdOf(each), text: each, title: 'Long' });
    const { items, next } = await bench.histories.events(workspaceId, { limit: 100 });
    expect([items.length, next]).toEqual([2, null]);
    expect(items[0]?.data).toEqual({
      title: 'Long',
      text: {
        digest: id,
        bytes: 4 * 1024 * 1024,
        href: `/v1/workspaces/${workspaceId}/documents/${id}/text`,
      },
    });
  });

  it('come in shorter pages where payloads are large, and all of them come', async () => {
    const { writer, incidentId } = await opened();
    for (let at = 0; at < 120; at += 1)
      await writer
        .incident(incidentId, { type: 'CloseIncident', reason: 'r'.repeat(10_000) })
        .then(() => writer.incident(incidentId, { type: 'ReopenIncident' }));
    const { workspaceId } = writer;
    const first = await bench.histories.events(workspaceId, { limit: 500 });
    expect(JSON.stringify(first.items).length).toBeLessThan(1.5 * 1024 * 1024);
    const all = await everything((cursor) =>
      bench.histories.events(workspaceId, { limit: 500, after: Number(cursor ?? 0) }),
    );
    expect([first.items.length < all.length, all.length]).toEqual([true, 241]);
  });
});
