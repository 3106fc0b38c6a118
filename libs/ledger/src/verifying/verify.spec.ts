import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import fc from 'fast-check';
import { Ledger } from '../ledger.js';
import { change } from '../tally.fixture.js';
import { Checkpoints } from '../tlog/checkpoints.js';
import { SigningKeys } from '../tlog/signing-keys.js';
import { StoredTiles, TILES } from '../tlog/stored-tiles.js';
import { verifyLedger } from './verify.js';

describe('the verification of a ledger in PostgreSQL', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    const ledger = new Ledger(database.pool);
    const secret = randomBytes(32);
    const checkpoints = new Checkpoints(database.pool, new SigningKeys([secret], 'ledger.example'));
    for (const workspaceId of ['desk', 'neighbour']) await ledger.openWorkspace(workspaceId);
    await checkpoints.latest('desk');
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        Array.from({ length: 100 }, (_, at) =>
          ledger.commit(change('desk', [{ stream: `s${round}-${at}`, amount: 1 }])),
        ),
      );
      await checkpoints.latest('desk');
    }
    // A second key, so that a checkpoint has two signatures.
    const rotated = new SigningKeys([randomBytes(32), secret], 'ledger.example');
    await new Checkpoints(database.pool, rotated).latest('desk');
    for (const stream of ['one', 'two']) await ledger.commit(change('desk', [{ stream, amount: 1 }]));
    await new Checkpoints(database.pool, rotated).latest('desk');
    await new StoredTiles(database.pool, 'desk').build(300);
    await database.pool.query(
      `INSERT INTO view_progress (workspace_id, view, version, status, position) VALUES ('desk', $1, $2, 'following', 300)`,
      [TILES.name, TILES.version],
    );
    await ledger.close();
    // Whoever owns the tables can switch the triggers off; the hashes are what is left then.
    await database.ownerPool.query(
      'ALTER TABLE events DISABLE TRIGGER ALL; ALTER TABLE ledger_checkpoints DISABLE TRIGGER ALL; ALTER TABLE ledger_keys DISABLE TRIGGER ALL; ALTER TABLE ledger_heads DISABLE TRIGGER ALL',
    );
  });
  afterAll(() => database.drop());

  it('finds nothing in a sound ledger, with the rights of a reader', async () => {
    const seen: number[] = [];
    const { rows } = await database.ownerPool.query(
      "SELECT has_table_privilege('casebook_reader', 'events', 'SELECT') AS may",
    );
    expect(rows).toEqual([{ may: true }]);
    const result = await verifyLedger(database.pool, 'desk', {
      onProgress: ({ events }) => seen.push(events),
    });
    expect(result).toMatchObject({ size: 302, tiles: 1, checkpoints: 6, lies: [] });
    expect(seen.at(-1)).toBe(302);
    expect((await verifyLedger(database.pool, 'neighbour'))!.lies).toEqual([]);
  });

  it('reads few events at once where they are large', async () => {
    const ledger = new Ledger(database.pool);
    await ledger.openWorkspace('library');
    for (const stream of ['a', 'b', 'c', 'd']) {
      const note = stream.repeat(1_500_000);
      await ledger.commit(change('library', [{ stream, amount: 1 }], { note }));
    }
    await ledger.close();
    const seen: number[] = [];
    const result = await verifyLedger(database.pool, 'library', {
      onProgress: ({ events }) => seen.push(events),
    });
    expect(result).toMatchObject({ size: 4, lies: [] });
    expect(seen).toEqual([3, 4]);
  });

  it('says that there is no such workspace', async () => {
    expect(await verifyLedger(database.pool, 'nowhere')).toBeNull();
  });

  /** The columns that carry what the ledger says, and how one bit of each is changed. */
  const flips: readonly (readonly [table: string, column: string, change: string])[] = [
    ...['command_digest', 'payload_commitment', 'leaf_hash', 'payload_salt'].map(
      (column) => ['events', column, `set_byte(${column}, 3, get_byte(${column}, 3) # 1)`] as const,
    ),
    ...['stream_id', 'type', 'actor_id', 'command_id', 'correlation_id', 'payload'].map(
      (column) => ['events', column, `overlay(${column} placing '~' from 2 for 1)`] as const,
    ),
    ['events', 'subject', "coalesce(subject, '') || 'x'"],
    ['events', 'causation_id', "'cause'"],
    ['events', 'position', '-position'],
    ['events', 'stream_version', 'stream_version + 1'],
    ['events', 'command_index', 'command_index + 1'],
    ['events', 'schema_version', 'schema_version + 1'],
    ['events', 'recorded_at', "recorded_at + interval '1 millisecond'"],
    ['events', 'recorded_at', "'infinity'"],
    ['events', 'event_id', 'gen_random_uuid()'],
    ['events', 'workspace_id', "'other'"],
    ['ledger_heads', 'workspace_id', "'other'"],
    ['ledger_tiles', 'workspace_id', "'other'"],
    ['ledger_tiles', 'workspace_id', "'neighbour'"],
    ['ledger_checkpoints', 'workspace_id', "'other'"],
    ['ledger_checkpoints', 'workspace_id', "'neighbour'"],
    ['ledger_checkpoints', 'signed_at', "signed_at - interval '1 day'"],
    ['ledger_checkpoints', 'signed_at', "signed_at - interval '1 millisecond'"],
    ['ledger_checkpoints', 'signed_at', "signed_at + interval '1 millisecond'"],
    ['ledger_keys', 'workspace_id', "'other'"],
    ['ledger_keys', 'workspace_id', "'neighbour'"],
    ['ledger_keys', 'announced_at', "announced_at + interval '1 millisecond'"],
    ['view_progress', 'workspace_id', "'other'"],
    ['view_progress', 'workspace_id', "'neighbour'"],
    ['view_progress', 'view', "'other'"],
    ['view_progress', 'version', 'version + 1'],
    ['view_progress', 'position', 'position + 256'],
    ['view_progress', 'position', 'position - 256'],
    ['view_progress', 'status', "'attached'"],
    ['events', 'payload', "'{ ' || substr(payload, 2)"],
    ['events', 'payload', "'no json'"],
    ['ledger_heads', 'size', 'size - 1'],
    ['ledger_heads', 'frontier', 'set_byte(frontier, 5, get_byte(frontier, 5) # 4)'],
    ['ledger_heads', 'last_recorded_at', "last_recorded_at + interval '1 second'"],
    ['ledger_tiles', 'hashes', 'set_byte(hashes, 4000, get_byte(hashes, 4000) # 1)'],
    ['ledger_tiles', 'root', 'set_byte(root, 31, get_byte(root, 31) # 128)'],
    ['ledger_tiles', 'index', 'index + 1'],
    ['ledger_tiles', 'level', '1'],
    ['ledger_checkpoints', 'root', 'set_byte(root, 0, get_byte(root, 0) # 1)'],
    ['ledger_checkpoints', 'size', 'size + 1'],
    ['ledger_checkpoints', 'attempt', 'attempt + 1'],
    ['ledger_checkpoints', 'note', 'overlay(note placing chr(ascii(substr(note, 30, 1)) # 1) from 30 for 1)'],
    [
      'ledger_checkpoints',
      'note',
      'overlay(note placing chr(ascii(substr(note, length(note) - 20, 1)) # 1) from length(note) - 20 for 1)',
    ],
    [
      'ledger_keys',
      'verifier_key',
      'overlay(verifier_key placing chr(ascii(substr(verifier_key, 40, 1)) # 1) from 40 for 1)',
    ],
  ];

  /** What a change of could not be told, and why nothing rests on it. A new column is entered here or above. */
  const EXEMPT: Readonly<Record<string, string>> = {
    'ledger_heads.created_at':
      'when the row was made, after an import later than its events; the first event says when the workspace was opened',
    'ledger_heads.epoch': 'makes writers forget what they remember; no read and no proof looks at it',
    'view_progress.changed_at': 'what an operator sees of a runner; no read and no proof looks at it',
    'view_progress.attempts': 'how long a runner waits after a failure',
    'view_progress.retry_at': 'the same',
    'view_progress.failed_position': 'what an operator is told of a failure',
    'view_progress.error': 'the same',
  };

  /** What tells the rows of a table apart within a workspace, but for the attempts of one size. */
  const key = {
    events: 'position',
    ledger_heads: 'workspace_id',
    ledger_tiles: 'index',
    ledger_checkpoints: "size || '.' || attempt",
    ledger_keys: 'verifier_key',
    view_progress: 'view',
  };

  it('looks at every column of the ledger, but for those that claim nothing', async () => {
    const { rows } = await database.ownerPool.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = ANY ($1) ORDER BY 1`,
      [Object.keys(key)],
    );
    const covered = new Set([
      ...flips.map(([table, column]) => `${table}.${column}`),
      ...Object.keys(EXEMPT),
    ]);
    expect(rows.map(({ name }) => name)).toEqual([...covered].sort());
  });

  it('names whatever was changed, in any column of any row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...flips), fc.nat(), async ([table, column, to], pick) => {
        const client = await database.ownerPool.connect();
        try {
          await client.query('BEGIN');
          const keyed = key[table as keyof typeof key];
          const { rows } = await client.query<{ key: string }>(
            `SELECT (${keyed})::text AS key FROM ${table} WHERE workspace_id = 'desk' ORDER BY 1`,
          );
          const chosen = rows[pick % rows.length]!.key;
          const forged = client.query(
            `UPDATE ${table} SET ${column} = ${to} WHERE workspace_id = 'desk' AND (${keyed})::text = $1`,
            [chosen],
          );
          // What the tables themselves do not allow is no forgery: another row has that key.
          if (await forged.then(() => false, isTaken)) return;
          // The forger's own transaction is what is verified, so that nothing has to be mended afterwards.
          const within = {
            connect: () => Promise.resolve(sessionWithin(client)),
          } as unknown as typeof database.pool;
          // A row that was moved to another workspace may be named there, as one too many.
          const moved = column === 'workspace_id';
          const result = await verifyLedger(within, 'desk');
          const lies = [
            ...(result?.lies ?? []),
            ...(moved ? ((await verifyLedger(within, 'neighbour'))?.lies ?? []) : []),
          ];
          expect([table, column, to, lies.length > 0]).toEqual([table, column, to, true]);
          if (table === 'events' && column !== 'position' && column !== 'workspace_id') {
            expect(lies.map(({ position }) => position)).toContain(Number(chosen));
          }
        } finally {
          await client.query('ROLLBACK');
          client.release();
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([0, 300])(
    'names a checkpoint of %d events whose note no longer says when it was signed',
    async (size) => {
      const client = await database.ownerPool.connect();
      try {
        await client.query('BEGIN');
        const { rowCount } = await client.query(
          String.raw`UPDATE ledger_checkpoints SET note = regexp_replace(note, '[^\n]+\n$', '')
          WHERE workspace_id = 'desk' AND size = $1 AND attempt = 0`,
          [size],
        );
        expect(rowCount).toBe(1);
        const within = {
          connect: () => Promise.resolve(sessionWithin(client)),
        } as unknown as typeof database.pool;
        const lies = (await verifyLedger(within, 'desk'))?.lies.map(
          ({ where, detail }) => `${where}: ${detail}`,
        );
        expect(lies).toEqual([
          `checkpoint of ${size} events: a key that signed its note did not sign the time: a cosignature is missing`,
        ]);
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    },
  );

  /** True for a unique violation; every other error is thrown again. */
  const isTaken = (error: Error & { readonly code?: string }): boolean => {
    if (error.code === '23505') return true;
    throw error;
  };

  /** Lets the verification run inside of a transaction that is open already. */
  const sessionWithin = (client: { query: (...args: unknown[]) => unknown }) => ({
    query: (...args: unknown[]) =>
      typeof args[0] === 'string' && /^(BEGIN|COMMIT|ROLLBACK)/.test(args[0])
        ? Promise.resolve({ rows: [] })
        : client.query(...args),
    release: () => undefined,
  });
});
