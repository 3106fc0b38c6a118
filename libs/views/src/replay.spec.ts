import { documentIdOf, histories } from '@casebook/testing';
import fc from 'fast-check';
import { type Bench, openBench, type Writer } from './workspace.fixture.js';
import { projections, replayViews } from './index.js';

const text = 'At least nine people were killed.';
const [history] = fc.sample(histories({ maxCommands: 80 }), { numRuns: 1, seed: 7 });

describe('a replay', () => {
  let bench: Bench;
  let writer: Writer;
  beforeAll(async () => {
    bench = await openBench();
  });
  beforeEach(async () => {
    writer = await bench.workspace();
    await writer.open();
    await writer.import({ id: documentIdOf(text), text, title: 'Blast' });
    await writer.play(history!, 10);
  });
  afterAll(() => bench.close());

  const differences = async () =>
    (await replayViews(bench.dataSource, writer.workspaceId)).flatMap((view) => view.differences);

  it('of views that nobody touched finds every row as it is, and counts every event', async () => {
    const heard: number[] = [];
    const size = (await bench.ledger.head(writer.workspaceId))!.size;
    const views = await replayViews(bench.dataSource, writer.workspaceId, {
      onProgress: ({ events, total }) => {
        expect(total).toBe(size);
        heard.push(events);
      },
    });
    expect(views.map(({ view, events, position }) => [view, events, position])).toEqual([
      ['incidents_v1', size, size],
      ['library_v1', size, size],
      ['members_v1', size, size],
      ['revisions_v1', 0, 0],
      ['search_v1', 0, 0],
    ]);
    expect(views.flatMap((view) => view.differences)).toEqual([]);
    expect(heard.at(-1)).toBe(size);
    const { rows } = await bench.database.pool.query<{ rows: number }>(
      'SELECT count(*) AS rows FROM incidents_v1.annotations WHERE workspace_id = $1',
      [writer.workspaceId],
    );
    expect(views[0]!.rowsCompared).toBeGreaterThan(rows[0]!.rows);
  });

  it('changes nothing, and says nothing of other workspaces', async () => {
    await bench.database.ownerPool.query(
      `UPDATE incidents_v1.incidents SET title = 'Mine now' WHERE workspace_id <> $1`,
      [writer.workspaceId],
    );
    const before = await bench.incidents.incident(writer.workspaceId, history!.incidentId);
    expect(await differences()).toEqual([]);
    expect(await bench.incidents.incident(writer.workspaceId, history!.incidentId)).toEqual(before);
  });

  it.each([
    [
      'a changed value',
      `UPDATE members_v1.members SET role = 'reader', name = 'Ruth' WHERE workspace_id = $1`,
      { table: 'members_v1.members', fault: 'different', columns: ['name', 'role'] },
    ],
    [
      'a value that was cleared',
      `UPDATE library_v1.documents SET title = NULL WHERE workspace_id = $1 AND title = 'Blast'`,
      { table: 'library_v1.documents', fault: 'different', columns: ['title'] },
    ],
    [
      'a changed text',
      `UPDATE library_v1.texts SET text = text || ' ' WHERE workspace_id = $1 AND text = '${text}'`,
      { table: 'library_v1.texts', fault: 'different', columns: ['text'] },
    ],
    [
      'a row that is gone',
      `DELETE FROM incidents_v1.incidents WHERE workspace_id = $1`,
      { table: 'incidents_v1.incidents', fault: 'missing', columns: [] },
    ],
    [
      'a row too many',
      `INSERT INTO incidents_v1.tags (workspace_id, tag, incident_id, claims) VALUES ($1, 'new', gen_random_uuid(), 1)`,
      { table: 'incidents_v1.tags', fault: 'unexpected', columns: [] },
    ],
  ])('names %s', async (_, tampering, difference) => {
    const { rowCount } = await bench.database.ownerPool.query(tampering, [writer.workspaceId]);
    expect(rowCount).toBe(1);
    const found = await differences();
    expect(found).toEqual([expect.objectContaining(difference)]);
    expect(found[0]?.key).toMatchObject({ workspace_id: writer.workspaceId });
  });

  it('compares a view that was detached at its position', async () => {
    const { workspaceId } = writer;
    const size = (await bench.ledger.head(workspaceId))!.size;
    await bench.database.ownerPool.query(
      `UPDATE view_progress SET status = 'detached', position = $2 WHERE workspace_id = $1 AND view = 'members'`,
      [workspaceId, size],
    );
    await bench.database.ownerPool.query(
      'UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1',
      [workspaceId],
    );
    await writer.member({ type: 'AddMember', member: { id: 'bob', name: 'Bob', role: 'reader' } });
    const views = await replayViews(bench.dataSource, workspaceId);
    expect(views.map(({ position }) => position)).toEqual([size + 1, size + 1, size, 0, 0]);
    expect(views.flatMap((view) => view.differences)).toEqual([]);
  });

  it('compares every column of every table in the schema of a view, but for what PostgreSQL makes of others', async () => {
    const compared = projections.flatMap(({ view }) =>
      view.tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)),
    );
    const { rows } = await bench.database.ownerPool.query<{ name: string }>(
      `SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = ANY ($1) AND is_generated = 'NEVER' ORDER BY 1`,
      [[...new Set(projections.map(({ view }) => `${view.name}_v${view.version}`))]],
    );
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.map(({ name }) => name)).toEqual([...compared].sort());
  });

  it('of a workspace that there is not has nothing to compare', async () => {
    const views = await replayViews(bench.dataSource, 'nowhere');
    expect(views.map(({ events, rowsCompared }) => events + rowsCompared)).toEqual([0, 0, 0, 0, 0]);
  });
});
