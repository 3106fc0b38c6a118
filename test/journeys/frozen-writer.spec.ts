import { verifyLedger } from '@casebook/ledger';
import { DatabaseProxy, isCommit } from '../support/database-proxy.js';
import { startTestService, type TestService } from '../support/service.js';
import { ServiceProcess } from '../support/service-process.js';

/** What `idle_in_transaction_session_timeout` of a writer is; the server's timer may be late on a busy machine, never by a minute. */
const SILENCE_S = 2;
const LATE_S = 10;

describe('a process that is frozen between the lock of the head and COMMIT', () => {
  let service: TestService;
  let proxy: DatabaseProxy;
  let apart: ServiceProcess;
  let url: string;
  beforeAll(async () => {
    service = await startTestService();
    proxy = await DatabaseProxy.to(service.database.url);
    apart = await ServiceProcess.start(proxy.url);
    ({ url } = apart);
  });
  afterAll(async () => {
    await apart.kill();
    await proxy.close();
    await service.close();
  });

  /** Freezes the process when it sends the batch and COMMIT of a transaction that holds the head; they wait in the proxy. */
  const frozen = (): Promise<void> =>
    new Promise((resolve) => {
      let caught = false;
      proxy.interfere = (bytes) => {
        if (caught || !isCommit(bytes) || !bytes.includes('COMMIT')) return 'pass';
        caught = true;
        apart.program.kill('SIGSTOP');
        resolve();
        return 'delay';
      };
    });

  const silentSession = async (): Promise<{ pid: number; since: string } | undefined> =>
    (
      await service.database.ownerPool.query<{ pid: number; since: string }>(
        `SELECT pid, state_change::text AS since FROM pg_stat_activity a JOIN pg_locks l USING (pid)
         WHERE a.datname = current_database() AND a.state = 'idle in transaction'
           AND l.relation = 'ledger_heads'::regclass AND l.mode = 'RowShareLock'`,
      )
    ).rows[0];

  it('loses its transaction after two seconds, so that others write on, and its batch never lands', async () => {
    const theirs = service.client(service.admin.token, url);
    const titles = Array.from({ length: 8 }, (_, at) => `Theirs ${at}`);
    // It knows the head, and a write of ours moves it: so it takes the lock before it decides.
    await theirs.post('incidents', { title: 'First' });
    await service.admin.post('incidents', { title: 'Before' });
    const stopped = frozen();
    const sent = titles.map((title) => theirs.post('incidents', { title }));
    await stopped;
    const silent = await silentSession();
    expect(silent).toBeDefined();

    const before = await service.size();
    const written = await service.admin.post('incidents', { title: 'While the other is frozen' });
    expect([written.status, written.body.position]).toEqual([201, before + 1]);
    // By the server's clock: from the session's silence to the event that had to wait for its end.
    const { rows } = await service.database.ownerPool.query<{ seconds: number; is_gone: boolean }>(
      `SELECT extract(epoch FROM clock_timestamp() - $1::timestamptz)::float8 AS seconds,
         NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $2) AS is_gone`,
      [silent!.since, silent!.pid],
    );
    expect(rows[0]!.is_gone).toBe(true);
    expect(rows[0]!.seconds).toBeGreaterThanOrEqual(SILENCE_S);
    expect(rows[0]!.seconds).toBeLessThan(SILENCE_S + LATE_S);

    // It wakes, and what it had sent arrives at last; then it decides anew, behind what was written meanwhile.
    apart.program.kill('SIGCONT');
    proxy.release();
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status)).toEqual(titles.map(() => 201));
    const positions = answers.map(({ body }) => body.position as number);
    const events = await service.database.ownerPool.query<{ position: number; title: string }>(
      `SELECT position::integer, payload::jsonb ->> 'title' AS title FROM events
       WHERE workspace_id = 'default' AND position > $1 ORDER BY position`,
      [before],
    );
    expect(events.rows[0]).toEqual({ position: before + 1, title: 'While the other is frozen' });
    expect(new Map(events.rows.slice(1).map(({ position, title }) => [title, position]))).toEqual(
      new Map(titles.map((title, at) => [title, positions[at]])),
    );
    expect(events.rows).toHaveLength(1 + titles.length);
    expect((await verifyLedger(service.database.pool, 'default'))?.lies).toEqual([]);
  }, 60_000);
});
