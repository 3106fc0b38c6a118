import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import fc from 'fast-check';
import { expectSoundLedger } from './audit.fixture.js';
import { Ledger, type InlineView, type Row, type StreamChange, type TableShape } from './index.js';
import { change, tally, type Tally } from './tally.fixture.js';

const TOTALS: TableShape = {
  name: 'tallies_v1.total',
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'stream_id', type: 'text' },
    { name: 'total', type: 'integer' },
    { name: 'last', type: 'bigint' },
    { name: 'at', type: 'timestamp with time zone' },
  ],
  key: ['workspace_id', 'stream_id'],
};
const MARKS: TableShape = {
  name: 'tallies_v1.mark',
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'stream_id', type: 'text' },
    { name: 'total', type: 'integer' },
  ],
  key: ['workspace_id', 'stream_id', 'total'],
};

/** Rows for the totals above zero, and one mark for each total that a stream ended a batch with. */
const totals: InlineView = {
  name: 'tallies',
  version: 1,
  tables: [TOTALS, MARKS],
  project: (changes) => [
    {
      table: TOTALS.name,
      upserts: changes.filter(({ after }) => (after as Tally).total > 0).map(totalRow),
      deletes: changes.filter(({ after }) => (after as Tally).total === 0).map(totalRow),
    },
    { table: MARKS.name, upserts: changes.map(totalRow) },
  ],
};

function totalRow({ workspaceId, streamId, after, events }: StreamChange): Row {
  const last = events.at(-1)!;
  return {
    workspace_id: workspaceId,
    stream_id: streamId,
    total: (after as Tally).total,
    last: last.position,
    at: last.recordedAt,
  };
}

const NOTES: TableShape = {
  name: 'notes_v1.note',
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'stream_id', type: 'text' },
    { name: 'note', type: 'text' },
  ],
  key: ['workspace_id', 'stream_id'],
};

/**
 * A view that fails: in its projection on the note `throws`, in the database on a note above ten characters.
 */
const notes: InlineView = {
  name: 'notes',
  version: 1,
  tables: [NOTES],
  project: (changes) => [
    {
      table: NOTES.name,
      upserts: changes.map(({ workspaceId, streamId, events }) => {
        const note = events.at(-1)!.payload?.['note'] as string;
        if (note === 'throws') throw new Error('This projection throws');
        return { workspace_id: workspaceId, stream_id: streamId, note };
      }),
    },
  ],
};

let database: TestDatabase;
let workspaces = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.ownerPool.query(`
    CREATE SCHEMA tallies_v1;
    CREATE TABLE tallies_v1.total (
      workspace_id text, stream_id text, total integer NOT NULL CHECK (total > 0), last bigint, at timestamptz,
      PRIMARY KEY (workspace_id, stream_id));
    CREATE TABLE tallies_v1.mark (
      workspace_id text, stream_id text, total integer, PRIMARY KEY (workspace_id, stream_id, total));
    CREATE SCHEMA notes_v1;
    CREATE TABLE notes_v1.note (
      workspace_id text, stream_id text, note text CHECK (length(note) <= 10), PRIMARY KEY (workspace_id, stream_id));
    GRANT USAGE ON SCHEMA tallies_v1, notes_v1 TO casebook_service;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tallies_v1, notes_v1 TO casebook_service;
  `);
});
afterAll(() => database.drop());

async function open(views: readonly InlineView[]): Promise<{ ledger: Ledger; workspaceId: string }> {
  const ledger = new Ledger(database.pool, { views });
  const workspaceId = `workspace-${++workspaces}`;
  await ledger.openWorkspace(workspaceId);
  return { ledger, workspaceId };
}

async function rowsOf(table: string, workspaceId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `SELECT * FROM ${table} WHERE workspace_id = $1 ORDER BY 1, 2, 3`,
    [workspaceId],
  );
  return rows;
}

async function progressOf(workspaceId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `SELECT view, version, status, position, failed_position, error FROM view_progress WHERE workspace_id = $1 ORDER BY view`,
    [workspaceId],
  );
  return rows;
}

describe('an inline view', () => {
  test('shows a command once it is answered: rows inserted, updated and deleted', async () => {
    const { ledger, workspaceId } = await open([totals]);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 3 }]));
    const outcome = await ledger.commit(
      change(workspaceId, [
        { stream: 'a', amount: 2 },
        { stream: 'b', amount: 1 },
      ]),
    );
    const at = new Date(outcome.status === 'committed' ? outcome.events[0]!.recordedAt : NaN);
    expect(await rowsOf('tallies_v1.total', workspaceId)).toEqual([
      { workspace_id: workspaceId, stream_id: 'a', total: 5, last: 5, at },
      { workspace_id: workspaceId, stream_id: 'b', total: 1, last: 6, at },
    ]);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: -5 }]));
    expect((await rowsOf('tallies_v1.total', workspaceId)).map((row) => row['stream_id'])).toEqual(['b']);
    expect((await rowsOf('tallies_v1.mark', workspaceId)).map((row) => row['total'])).toEqual([0, 3, 5, 1]);
  });

  test('equals the fold of the events after any commits, in batches, by two processes', async () => {
    const batch = fc.array(
      fc.record({
        stream: fc.constantFrom('a', 'b', 'c'),
        amount: fc.integer({ min: -4, max: 4 }),
        by: fc.nat(1),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 5 }), async (batches) => {
        const { ledger, workspaceId } = await open([totals]);
        const processes = [ledger, new Ledger(database.pool, { views: [totals] })];
        for (const steps of batches) {
          await Promise.all(steps.map((step) => processes[step.by]!.commit(change(workspaceId, [step]))));
        }
        const states = new Map<string, Tally>();
        for (const event of await expectSoundLedger(ledger, database.pool, workspaceId)) {
          states.set(event.streamId, tally.evolve(states.get(event.streamId) ?? tally.initial, event));
        }
        const shown = await rowsOf('tallies_v1.total', workspaceId);
        expect(new Map(shown.map((row) => [row['stream_id'], row['total']]))).toEqual(
          new Map([...states].filter(([, { total }]) => total > 0).map(([id, { total }]) => [id, total])),
        );
        expect(await progressOf(workspaceId)).toMatchObject([
          { view: 'tallies', status: 'attached', position: 0 },
        ]);
      }),
      { numRuns: 25 },
    );
  });

  test('gets each stream once a batch, with the state before and after', async () => {
    const seen: StreamChange[] = [];
    const watch: InlineView = {
      name: 'watch',
      version: 1,
      tables: [],
      project: (changes) => {
        seen.push(...changes);
        return [];
      },
    };
    const { ledger, workspaceId } = await open([watch]);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    seen.length = 0;
    await Promise.all([
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: 2 }])),
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: 3 }])),
      ledger.commit(change(workspaceId, [{ stream: 'b', amount: 1 }])),
    ]);
    expect(seen).toMatchObject([
      { workspaceId, streamId: 'a', fold: 'tally', before: { total: 1 }, after: { total: 6 } },
      { workspaceId, streamId: 'b', fold: 'tally', before: { total: 0 }, after: { total: 1 } },
    ]);
    expect(seen[0]!.events.map(({ position }) => position)).toEqual([2, 3, 4, 5, 6]);
  });

  test('takes values of every type that a table may have', async () => {
    const shape: TableShape = {
      name: 'notes_v1.kinds',
      columns: [
        { name: 'workspace_id', type: 'text' },
        { name: 'small', type: 'smallint' },
        { name: 'big', type: 'bigint' },
        { name: 'real', type: 'double precision' },
        { name: 'flag', type: 'boolean' },
        { name: 'id', type: 'uuid' },
        { name: 'raw', type: 'bytea' },
        { name: 'doc', type: 'jsonb' },
        { name: 'words', type: 'text[]' },
        { name: 'day', type: 'date' },
        { name: 'exact', type: 'numeric' },
        { name: 'gone', type: 'text' },
      ],
      key: ['workspace_id'],
    };
    await database.ownerPool.query(
      `CREATE TABLE notes_v1.kinds (${shape.columns.map(({ name, type }) => `${name} ${type}`).join(', ')},
         PRIMARY KEY (workspace_id));
       GRANT SELECT, INSERT, UPDATE ON notes_v1.kinds TO casebook_service`,
    );
    const values = {
      small: -7,
      big: -9007199254740991,
      real: 0.1,
      flag: true,
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      raw: Buffer.from('00ff10', 'hex'),
      doc: { ключ: ['"', null, 1.5] },
      words: ['plain', 'with "quotes", {braces} and \\', '', 'ü'],
      day: '2015-11-13',
      exact: '12345678901234567890.5',
    };
    const kinds: InlineView = {
      name: 'kinds',
      version: 1,
      tables: [shape],
      project: ([first]) => [
        { table: shape.name, upserts: [{ workspace_id: first!.workspaceId, ...values }] },
      ],
    };
    const { ledger, workspaceId } = await open([kinds]);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }]));
    const { rows } = await database.pool.query(
      `SELECT small, big, real, flag, id, raw, doc, words, day::text, exact::text, gone FROM notes_v1.kinds
       WHERE workspace_id = $1`,
      [workspaceId],
    );
    expect(rows).toEqual([{ ...values, gone: null }]);
  });
});

describe('an inline view that fails', () => {
  test.each([
    ['in its projection', 'throws', 'This projection throws'],
    ['in the database', 'much too long', 'note_note_check'],
  ])('%s is detached, and no command fails', async (_, note, error) => {
    const { ledger, workspaceId } = await open([totals, notes]);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { note: 'first' }));
    const outcomes = await Promise.all([
      ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { note: 'good' })),
      ledger.commit(change(workspaceId, [{ stream: 'b', amount: 1 }], { note })),
      ledger.commit(change(workspaceId, [{ stream: 'c', amount: 1 }], { note: 'good' })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['committed', 'committed', 'committed']);
    expect(await progressOf(workspaceId)).toEqual([
      {
        view: 'notes',
        version: 1,
        status: 'detached',
        position: 2,
        failed_position: 3,
        error: expect.stringContaining(error) as unknown,
      },
      { view: 'tallies', version: 1, status: 'attached', position: 0, failed_position: null, error: null },
    ]);
    // The view stays where it was detached; the other goes on, even in a process that knew it as attached.
    expect((await rowsOf('notes_v1.note', workspaceId)).map((row) => row['stream_id'])).toEqual(['a']);
    await ledger.commit(change(workspaceId, [{ stream: 'd', amount: 1 }], { note: 'good' }));
    expect((await rowsOf('notes_v1.note', workspaceId)).map((row) => row['stream_id'])).toEqual(['a']);
    expect((await rowsOf('tallies_v1.total', workspaceId)).map((row) => row['stream_id'])).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });

  test('is skipped by other processes that knew it as attached', async () => {
    const { ledger, workspaceId } = await open([notes]);
    const other = new Ledger(database.pool, { views: [notes] });
    await other.commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { note: 'other' }));
    await ledger.commit(change(workspaceId, [{ stream: 'b', amount: 1 }], { note: 'throws' }));
    await other.commit(change(workspaceId, [{ stream: 'c', amount: 1 }], { note: 'other' }));
    expect((await rowsOf('notes_v1.note', workspaceId)).map((row) => row['stream_id'])).toEqual(['a']);
    expect(await progressOf(workspaceId)).toMatchObject([{ status: 'detached', position: 1 }]);
  });

  test('fails independently of a command that the database rejects', async () => {
    const { ledger, workspaceId } = await open([notes]);
    // A constraint that the ledger cannot know in advance.
    await database.ownerPool.query(`ALTER TABLE events ADD CHECK (type <> 'Unwelcome')`);
    const [bad, good] = await Promise.allSettled([
      ledger.commit({
        ...change(workspaceId, []),
        parts: [
          {
            streamId: 'a',
            fold: tally,
            decide: () => ({
              accepted: true,
              events: [{ type: 'Unwelcome', schemaVersion: 1, subject: null, payload: { amount: 1 } }],
            }),
          },
        ],
      }),
      ledger.commit(change(workspaceId, [{ stream: 'b', amount: 1 }], { note: 'good' })),
    ]);
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { fate: 'not-committed', cause: { code: '23514' } },
    });
    expect(good).toMatchObject({ status: 'fulfilled', value: { status: 'committed', position: 1 } });
    expect(await progressOf(workspaceId)).toMatchObject([{ status: 'attached' }]);
  });
});

describe('an attached view that a writer does not have', () => {
  test('is detached by the commit, since it no longer shows the head', async () => {
    const { ledger, workspaceId } = await open([totals, notes]);
    await ledger.commit(change(workspaceId, [{ stream: 'a', amount: 1 }], { note: 'both' }));
    const older = new Ledger(database.pool, { views: [totals] });
    expect((await older.commit(change(workspaceId, [{ stream: 'a', amount: -5 }]))).status).toBe('refused');
    expect(await progressOf(workspaceId)).toMatchObject([{ status: 'attached' }, { status: 'attached' }]);
    await older.commit(change(workspaceId, [{ stream: 'b', amount: 1 }], { note: 'older' }));
    expect(await progressOf(workspaceId)).toMatchObject([
      { view: 'notes', status: 'detached', position: 1 },
      { view: 'tallies', status: 'attached' },
    ]);
    await ledger.commit(change(workspaceId, [{ stream: 'c', amount: 1 }], { note: 'both' }));
    expect(await rowsOf('notes_v1.note', workspaceId)).toHaveLength(1);
    expect(await rowsOf('tallies_v1.total', workspaceId)).toHaveLength(3);
    await expectSoundLedger(ledger, database.pool, workspaceId);
  });
});
