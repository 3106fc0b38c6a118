import { documentIdOf, longHistory } from '@casebook/testing';
import fc from 'fast-check';
import { type Bench, openBench, type Writer } from '../../../views/src/workspace.fixture.js';
import { type Difference, replayViews, Runner } from '../index.js';
import { projections } from '@casebook/views';

const text = 'At least nine people were killed.';
const history = longHistory(7, 80);

/** The value of a tampered column: never the old value, nor one that another row's key contains. */
const tampered = (name: string, type: string, salt: string): string => {
  const number = 10_000 + Number.parseInt(salt, 16);
  if (type === 'text') return `coalesce(${name}, '') || '~${salt}'`;
  if (type === 'uuid') return `md5(coalesce(${name}::text, '') || '${salt}')::uuid`;
  if (type.endsWith('int') || type === 'integer') return `coalesce(${name}, 0) + ${number}`;
  if (type.startsWith('timestamp')) return `coalesce(${name}, now()) + interval '${number} milliseconds'`;
  if (type === 'tsvector') return `coalesce(${name}, '') || '${salt}'`;
  if (type === 'text[]') return `array_append(${name}, '${salt}')`;
  if (type === 'uuid[]') return `array_append(${name}, gen_random_uuid())`;
  throw new Error(`nobody knows yet how to tamper with ${type}`);
};

const inOneOrder = (differences: readonly Difference[]): Difference[] =>
  [...differences].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const tampering = fc.record({
  how: fc.constantFrom('change', 'change', 'delete', 'add', 'leave'),
  row: fc.nat(),
  column: fc.nat(),
  salt: fc.stringMatching(/^0[0-9a-f]{3}$/),
});

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
    await writer.play(history, 10);
  });
  afterAll(() => bench.close());

  const differences = async () =>
    (await replayViews(bench.database.pool, projections, writer.workspaceId)).flatMap(
      (view) => view.differences,
    );

  it('of intact views finds every row as it is, and counts every event', async () => {
    const heard: number[] = [];
    const size = (await bench.ledger.head(writer.workspaceId))!.size;
    const views = await replayViews(bench.database.pool, projections, writer.workspaceId, {
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
      ['search_v2', 0, 0],
    ]);
    expect(views.flatMap((view) => view.differences)).toEqual([]);
    expect(heard.at(-1)).toBe(size);
    const { rows } = await bench.database.pool.query<{ rows: number }>(
      'SELECT count(*) AS rows FROM incidents_v1.annotations WHERE workspace_id = $1',
      [writer.workspaceId],
    );
    expect(views[0]!.rowsCompared).toBeGreaterThan(rows[0]!.rows);
  });

  it('changes nothing, and reports nothing of other workspaces', async () => {
    await bench.database.ownerPool.query(
      `UPDATE incidents_v1.incidents SET title = 'Mine now' WHERE workspace_id <> $1`,
      [writer.workspaceId],
    );
    const before = await bench.incidents.incident(writer.workspaceId, history.incidentId);
    expect(await differences()).toEqual([]);
    expect(await bench.incidents.incident(writer.workspaceId, history.incidentId)).toEqual(before);
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

  it('names the view and the row of every change, addition and removal, and nothing else', async () => {
    const tables = projections.flatMap(({ view }) =>
      view.tables.map((shape) => ({ shape, view: `${view.name}_v${view.version}` })),
    );
    const pool = bench.database.ownerPool;
    await fc.assert(
      fc.asyncProperty(fc.tuple(...tables.map(() => tampering)), async (tamperings) => {
        const desk = await bench.workspace();
        await desk.open();
        await desk.play(history, 10);
        await new Runner(bench.database.pool, { projections, backoff: [0] }).catchUp(desk.workspaceId);

        const expected = new Map(tables.map(({ view }) => [view, [] as Difference[]]));
        for (const [i, { shape, view }] of tables.entries()) {
          const { how, row, column, salt } = tamperings[i]!;
          const { name: table, key, columns } = shape;
          const keyJson = `json_build_object(${key.map((each) => `'${each}', ${each}::text`).join(', ')})`;
          const { rows } = await pool.query<{ ctid: string; key: Record<string, string> }>(
            `SELECT ctid::text AS ctid, ${keyJson} AS key FROM ${table} WHERE workspace_id = $1 ORDER BY ${key.join(', ')}`,
            [desk.workspaceId],
          );
          expect([table, rows.length]).not.toEqual([table, 0]);
          const found = rows[row % rows.length]!;
          // A row added to another workspace does not count.
          const among =
            how === 'add'
              ? columns.filter((each) => key.includes(each.name) && each.name !== 'workspace_id')
              : columns;
          const { name, type } = among[column % among.length]!;
          const changed = tampered(name, type, salt);
          const run = async (statement: string): Promise<Record<string, string>> => {
            const done = await pool.query<{ key: Record<string, string> }>(
              `${statement} RETURNING ${keyJson} AS key`,
              [found.ctid],
            );
            expect(done.rowCount).toBe(1);
            return done.rows[0]!.key;
          };
          const missing: Difference = { table, key: found.key, fault: 'missing', columns: [] };
          const note = (...differences: Difference[]): void => void expected.get(view)!.push(...differences);
          switch (how) {
            case 'change': {
              const after = await run(`UPDATE ${table} SET ${name} = ${changed} WHERE ctid = $1`);
              if (!key.includes(name)) note({ table, key: after, fault: 'different', columns: [name] });
              else if (name === 'workspace_id') note(missing);
              else note(missing, { table, key: after, fault: 'unexpected', columns: [] });
              break;
            }
            case 'delete':
              await run(`DELETE FROM ${table} WHERE ctid = $1`);
              note(missing);
              break;
            case 'add': {
              const into = columns.map((each) => each.name);
              const from = into.map((each) => (each === name ? changed : each));
              const added = await run(
                `INSERT INTO ${table} (${into.join(', ')}) SELECT ${from.join(', ')} FROM ${table} WHERE ctid = $1`,
              );
              note({ table, key: added, fault: 'unexpected', columns: [] });
              break;
            }
            case 'leave':
          }
        }

        const verified = await replayViews(bench.database.pool, projections, desk.workspaceId);
        expect(verified.map(({ view }) => view)).toEqual([...expected.keys()]);
        for (const { view, holds, differences, checksum, replayedChecksum } of verified) {
          const all = expected.get(view)!;
          expect(inOneOrder(differences)).toEqual(inOneOrder(all));
          expect([view, holds, checksum === replayedChecksum]).toEqual([
            view,
            all.length === 0,
            all.length === 0,
          ]);
        }
      }),
      // Each run tampers with every table; shrinking a failure would take longer than reading it.
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);

  it.each([
    ['a following view is ahead of the ledger', 'search', 'position = position + 1', ['position']],
    ['a following view is before the beginning', 'revisions', 'position = -1', ['position']],
    ['a following view is kept by writers', 'search', "status = 'attached'", ['status']],
    ['an inline view is followed', 'members', "status = 'following'", ['status']],
    ['a view has an unknown status', 'incidents', "status = 'attachef'", ['status']],
    ['a view is another', 'revisions', "view = 'revisionz'", null],
    ['a view is of another version', 'members', 'version = 2', null],
    ['a view is of another workspace', 'library', "workspace_id = 'elsewhere'", null],
  ])('reports a row of view_progress that says that %s', async (_, view, change, columns) => {
    const desk = await bench.workspace();
    await desk.open();
    await desk.play(history, 10);
    await new Runner(bench.database.pool, { projections, backoff: [0] }).catchUp(desk.workspaceId);
    expect(
      (await replayViews(bench.database.pool, projections, desk.workspaceId)).every(({ holds }) => holds),
    ).toBe(true);
    const { rowCount } = await bench.database.ownerPool.query(
      `UPDATE view_progress SET ${change} WHERE workspace_id = $1 AND view = $2`,
      [desk.workspaceId, view],
    );
    expect(rowCount).toBe(1);
    const verified = await replayViews(bench.database.pool, projections, desk.workspaceId);
    expect(verified.filter(({ holds }) => !holds).map((each) => each.view)).toEqual([
      `${view}_v${view === 'search' ? 2 : 1}`,
    ]);
    const named = verified.flatMap(({ differences: found }) => found);
    if (columns !== null) {
      expect(named[0]).toMatchObject({ table: 'view_progress', key: { view }, columns });
    } else expect(named[0]).toMatchObject({ fault: 'unexpected' });
    await bench.database.ownerPool.query(`DELETE FROM view_progress WHERE workspace_id = 'elsewhere'`);
  });

  it('compares a detached view at its position', async () => {
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
    const views = await replayViews(bench.database.pool, projections, workspaceId);
    expect(views.map(({ position }) => position)).toEqual([size + 1, size + 1, size, 0, 0]);
    expect(views.flatMap((view) => view.differences)).toEqual([]);
  });

  it("compares every column of every table in a view's schema, except generated ones", async () => {
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

  it('of an unknown workspace has nothing to compare', async () => {
    const views = await replayViews(bench.database.pool, projections, 'nowhere');
    expect(views.map(({ events, rowsCompared }) => events + rowsCompared)).toEqual([0, 0, 0, 0, 0]);
  });
});
