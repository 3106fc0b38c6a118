import { createDataSource, withoutReadingScope, withReadingScope } from '@casebook/postgres';
import { viewEntities } from '@casebook/views';
import type { DataSource } from 'typeorm';
import { type Client, startTestService, type TestService } from '../support/service.js';

const scope = (workspaceId: string) => ({ workspaceId, viewer: null, clearance: 4 });

describe('the database keeps workspaces apart, whatever a query forgets', () => {
  let service: TestService;
  let reading: DataSource;
  let tables: string[];

  const fill = async (author: Client, workspace: string) => {
    const post = (path: string, body: object) => author.post(`/v1/workspaces/${workspace}/${path}`, body);
    const document = await post('documents', { title: workspace, text: `Of ${workspace} alone.` });
    const incident = await post('incidents', { title: `What ${workspace} knows` });
    await post(`incidents/${incident.body.id}/documents`, { documentId: document.body.id });
    const claim = await post(`incidents/${incident.body.id}/claims`, {
      anchor: { documentId: document.body.id, exact: workspace },
      tags: [workspace],
    });
    expect(claim.status).toBe(201);
    expect((await author.get(`/v1/workspaces/${workspace}/ledger/checkpoint`)).status).toBe(200);
  };

  beforeAll(async () => {
    service = await startTestService();
    const opened = await service.admin.post('/v1/workspaces', { id: 'desk-two' });
    await fill(service.admin, 'default');
    await fill(service.client(opened.body.token as string), 'desk-two');
    reading = createDataSource({
      url: service.database.url,
      role: 'casebook_reader',
      scoped: true,
      poolSize: 3,
      entities: [...viewEntities],
    });
    await reading.initialize();
    const { rows } = await service.database.ownerPool.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace <> ALL (ARRAY['pg_catalog', 'information_schema']::regnamespace[])
       ORDER BY 1`,
    );
    tables = rows.map(({ name }) => name);
  });
  afterAll(async () => {
    await reading.destroy();
    await service.close();
  });

  const readable = async (): Promise<string[]> => {
    const { rows } = await service.database.ownerPool.query<{ name: string }>(
      `SELECT name FROM unnest($1::text[]) AS t (name) WHERE has_table_privilege('casebook_reader', name, 'SELECT')`,
      [tables],
    );
    return rows.map(({ name }) => name);
  };
  const workspacesIn = async (table: string): Promise<string[]> =>
    (
      await reading.query<{ workspace_id: string }[]>(
        `SELECT DISTINCT workspace_id FROM ${table} ORDER BY workspace_id`,
      )
    ).map(({ workspace_id }) => workspace_id);

  test('every table with a workspace is under row-level security, for who writes and for who reads', async () => {
    expect(tables.length).toBeGreaterThan(14);
    const { rows } = await service.database.ownerPool.query<{
      name: string;
      secured: boolean;
      roles: string[];
    }>(
      `SELECT c.oid::regclass::text AS name, c.relrowsecurity AS secured,
         ARRAY(SELECT DISTINCT r.rolname::text FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
               WHERE p.polrelid = c.oid AND r.rolname IN ('casebook_service', 'casebook_reader') ORDER BY 1) AS roles
       FROM pg_class c WHERE c.oid = ANY ($1::text[]::regclass[]) ORDER BY 1`,
      [tables],
    );
    expect(rows).toEqual(
      tables.map((name) => ({ name, secured: true, roles: ['casebook_reader', 'casebook_service'] })),
    );
  });

  test('a query without its workspace gives the own one’s rows alone, of every table', async () => {
    let filled = 0;
    for (const table of await readable()) {
      for (const workspace of ['default', 'desk-two']) {
        const found = await withReadingScope(scope(workspace), () => workspacesIn(table));
        expect([table, found.filter((each) => each !== workspace)]).toEqual([table, []]);
        filled += found.length;
      }
    }
    expect(filled).toBeGreaterThan(20);
  });

  test('a query for another workspace gives nothing', async () => {
    await withReadingScope(scope('default'), async () => {
      for (const table of await readable()) {
        const rows = await reading.query(`SELECT FROM ${table} WHERE workspace_id = 'desk-two'`);
        expect([table, rows]).toEqual([table, []]);
      }
      const [{ titles }] = await reading.query<[{ titles: string[] }]>(
        `SELECT array_agg(d.title) AS titles FROM incidents_v1.attachments a JOIN library_v1.documents d ON d.id = a.document_id`,
      );
      expect(titles).toEqual(['default']);
    });
  });

  test('a connection that says nothing sees nothing, nor does one that says a viewer alone', async () => {
    for (const table of await readable()) {
      expect([table, await withoutReadingScope((end) => workspacesIn(table).finally(end))]).toEqual([
        table,
        [],
      ]);
      expect([table, await workspacesIn(table)]).toEqual([table, []]);
      expect([table, await withReadingScope(scope(''), () => workspacesIn(table))]).toEqual([table, []]);
    }
  });

  test('scopes do not mix on the connections that they share, failures and transactions included', async () => {
    const asked = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 'default' : 'desk-two'));
    const answers = await Promise.all(
      asked.map((workspace, index) =>
        withReadingScope(scope(workspace), async () => {
          if (index % 7 === 0) await expect(reading.query('SELECT 1 / 0')).rejects.toThrow(/division/);
          if (index % 5 === 0) {
            return reading.transaction(async (manager) =>
              (await manager.query<{ title: string }[]>('SELECT title FROM library_v1.documents')).map(
                ({ title }) => title,
              ),
            );
          }
          const rows = await reading.query<{ title: string }[]>('SELECT title FROM library_v1.documents');
          return rows.map(({ title }) => title);
        }),
      ),
    );
    expect(answers).toEqual(asked.map((workspace) => [workspace]));
  });

  test('a reader changes nothing, and is shown what is hidden by no detour', async () => {
    await withReadingScope(scope('default'), async () => {
      for (const statement of [
        `DELETE FROM library_v1.documents`,
        `UPDATE incidents_v1.incidents SET title = 'mine'`,
        `INSERT INTO incidents_v1.tags (workspace_id, tag, incident_id, claims) SELECT workspace_id, 'x', id, 1 FROM incidents_v1.incidents`,
        `ALTER TABLE events DISABLE ROW LEVEL SECURITY`,
        `SELECT access.isolate('events')`,
        `SET row_security = off; SELECT count(*) FROM events`,
      ]) {
        await expect(reading.query(statement)).rejects.toThrow(
          /permission denied|must be owner|row-level security/,
        );
      }
    });
  });
});
