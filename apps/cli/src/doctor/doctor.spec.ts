import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { openResources, openWithAdmin, SIGNING_KEY_FILE } from '../../../api/src/index.js';
import { examine } from './doctor.js';
import type { Finding } from './finding.js';
import { examineNode } from './installation.js';
import { examineClock, examineTransactions } from './database.js';

/** A workspace with a signed ledger, and a login that has the roles of the service and nothing else. */
describe('the doctor', () => {
  let database: TestDatabase;
  let login: string;
  const home = temporaryHome();
  const healthy = (): NodeJS.ProcessEnv => {
    const url = new URL(database.url);
    url.username = login;
    url.password = 'casebook';
    return { DATABASE_URL: url.toString(), CASEBOOK_HOME: home, CASEBOOK_POOL_SIZE: '4' };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    login = `casebook_test_doctor_${randomBytes(4).toString('hex')}`;
    await database.ownerPool.query(
      `CREATE ROLE ${login} LOGIN PASSWORD 'casebook' IN ROLE casebook_service, casebook_reader`,
    );
    const resources = await openResources(database.url, {
      poolSize: 4,
      home,
      origin: 'casebook.local',
      signingSecrets: [],
    });
    await openWithAdmin(resources.ledger, {
      workspaceId: 'default',
      admin: { id: 'admin', name: 'Administrator' },
      correlationId: 'test',
    });
    await resources.checkpoints.latest('default');
    await resources.close();
  });
  afterAll(async () => {
    await database.ownerPool.query(`DROP ROLE ${login}`);
    await database.drop();
  });

  const verdicts = (findings: readonly Finding[], check: string): string[] =>
    findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict);
  const about = (findings: readonly Finding[], check: string): Finding =>
    findings.find((finding) => finding.check === check && finding.verdict !== 'ok')!;

  it('finds nothing wrong with a healthy installation', async () => {
    const findings = await examine(healthy());
    const apartFromMachine = findings.filter(({ check }) => !['Node', 'disk'].includes(check));
    expect(apartFromMachine.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    expect(apartFromMachine.map(({ check }) => check)).toEqual([
      ...['settings', 'home', 'signing key', 'PostgreSQL', 'connections', 'roles', 'rights', 'clock'],
      ...['transactions', 'views', 'checkpoints', 'signed size'],
    ]);
  });

  it('names wrong and misspelt settings', async () => {
    const findings = await examine({ ...healthy(), PORT: 'http', CASEBOOK_POOLSIZE: '7' });
    expect(verdicts(findings, 'settings')).toEqual(['warn', 'fail']);
    expect(findings.at(-1)?.found).toMatch(/^PORT: /u);
  });

  it('says that no database runs where none does, and starts none', async () => {
    expect(verdicts(await examine({ CASEBOOK_HOME: home }), 'PostgreSQL')).toEqual(['fail']);
    const away = { ...healthy(), DATABASE_URL: 'postgres://casebook@127.0.0.1:9/casebook' };
    expect(about(await examine(away), 'PostgreSQL').found).toMatch(/nothing is listening at 127\.0\.0\.1:9/u);
  });

  it('warns of a login that owns the tables, and fails for one without the roles', async () => {
    expect(verdicts(await examine({ ...healthy(), DATABASE_URL: database.url }), 'roles')).toEqual(['warn']);
    await database.ownerPool.query(`REVOKE casebook_reader FROM ${login}`);
    try {
      expect(about(await examine(healthy()), 'roles')).toMatchObject({
        verdict: 'fail',
        todo: expect.stringContaining(`GRANT casebook_reader TO "${login}"`) as unknown,
      });
    } finally {
      await database.ownerPool.query(`GRANT casebook_reader TO ${login}`);
    }
  });

  it.each([
    [
      'GRANT UPDATE ON events TO casebook_service',
      'REVOKE UPDATE ON events FROM casebook_service',
      /casebook_service may UPDATE events/u,
    ],
    [
      'REVOKE INSERT ON ledger_checkpoints FROM casebook_service',
      'GRANT INSERT ON ledger_checkpoints TO casebook_service',
      /casebook_service may not INSERT ledger_checkpoints/u,
    ],
    [
      'ALTER TABLE events DISABLE TRIGGER events_append_only',
      'ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only',
      /the trigger events_append_only of events is switched off/u,
    ],
    [
      'ALTER TABLE events DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE events ENABLE ROW LEVEL SECURITY',
      /row-level security of events is switched off/u,
    ],
  ])('fails after %s', async (damage, repair, found) => {
    await database.ownerPool.query(damage);
    try {
      expect(about(await examine(healthy()), 'rights')).toMatchObject({
        verdict: 'fail',
        found: expect.stringMatching(found) as unknown,
      });
    } finally {
      await database.ownerPool.query(repair);
    }
  });

  it('fails for a key that others may read, that is broken, or that did not sign', async () => {
    const key = join(home, SIGNING_KEY_FILE);
    chmodSync(key, 0o644);
    expect(about(await examine(healthy()), 'signing key').found).toMatch(/mode 644/u);
    chmodSync(key, 0o600);
    const other = { ...healthy(), CASEBOOK_SIGNING_KEY: randomBytes(32).toString('base64') };
    expect(about(await examine(other), 'checkpoints').found).toMatch(/that signed default/u);
    const elsewhere = { ...healthy(), CASEBOOK_ORIGIN: 'casebook.example' };
    expect(verdicts(await examine(elsewhere), 'checkpoints')).toEqual(['fail']);
    const broken = temporaryHome();
    writeFileSync(join(broken, SIGNING_KEY_FILE), 'no key\n', { mode: 0o600 });
    const findings = await examine({ ...healthy(), CASEBOOK_HOME: broken });
    expect(verdicts(findings, 'signing key')).toEqual(['fail']);
  });

  it('fails for a database that is older than what was signed', async () => {
    await database.ownerPool.query('UPDATE ledger_heads SET size = size - 1');
    try {
      expect(about(await examine(healthy()), 'signed size')).toMatchObject({
        verdict: 'fail',
        found: expect.stringMatching(/default has \d+ of \d+ signed events/u) as unknown,
      });
    } finally {
      await database.ownerPool.query('UPDATE ledger_heads SET size = size + 1');
    }
  });

  it('names a view that is behind, and one that has stopped', async () => {
    await database.ownerPool.query('UPDATE ledger_heads SET size = size + 2000');
    await database.ownerPool.query(
      `INSERT INTO view_progress (workspace_id, view, version, status, position, error) VALUES ('default', 'older', 7, 'failed', 0, 'no such field')`,
    );
    try {
      const findings = await examine(healthy());
      expect(verdicts(findings, 'views')).toEqual(['fail', 'warn']);
      expect(about(findings, 'views')).toMatchObject({
        found: 'older has stopped in the workspace default: no such field',
        todo: 'npx casebook rebuild older --workspace default',
      });
    } finally {
      await database.ownerPool.query(`DELETE FROM view_progress WHERE view = 'older'`);
      await database.ownerPool.query('UPDATE ledger_heads SET size = size - 2000');
    }
  });

  it('compares the clocks, and looks for events of the future', async () => {
    const hoursAhead = () => Date.now() + 7_200_000;
    expect((await examineClock(database.ownerPool, hoursAhead)).verdict).toBe('fail');
    await database.ownerPool.query(
      `UPDATE ledger_heads SET last_recorded_at = last_recorded_at + interval '1 day'`,
    );
    expect(about(await examine(healthy()), 'clock').found).toMatch(/in the future/u);
    await database.ownerPool.query(
      `UPDATE ledger_heads SET last_recorded_at = last_recorded_at - interval '1 day'`,
    );
  });

  it.each([
    [61, 'warn'],
    [3601, 'fail'],
    [5, 'ok'],
  ])('a transaction that has been open for %s s: %s', async (seconds, verdict) => {
    const rows = [{ pid: 17, program: 'psql', state: 'idle in transaction', seconds }];
    const pool = { query: () => Promise.resolve({ rows }) } as never;
    expect((await examineTransactions(pool)).verdict).toBe(verdict);
  });

  it.each([
    ['18.19.0', 'fail'],
    ['20.18.0', 'fail'],
    ['20.20.2', 'warn'],
    ['22.13.0', 'ok'],
    ['23.5.0', 'fail'],
    ['24.15.0', 'ok'],
    ['26.0.0', 'ok'],
  ])('Node %s: %s', (version, verdict) => {
    expect(examineNode(version).verdict).toBe(verdict);
  });
});
