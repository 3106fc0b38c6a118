import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { nextMessage, startProgram } from '@casebook/testing';
import { startTestService, type TestService } from '../support/service.js';

const TRIES = 200;

describe('a process that is frozen between the lock of the head and COMMIT', () => {
  let service: TestService;
  let program: ChildProcess;
  let url: string;
  beforeAll(async () => {
    service = await startTestService();
    program = startProgram(new URL('../support/service-process.fixture.ts', import.meta.url), [
      service.database.url,
      '7',
    ]);
    ({ url } = await nextMessage<{ url: string }>(program));
  });
  afterAll(async () => {
    program.kill('SIGCONT');
    program.kill('SIGTERM');
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
    await service.close();
  });

  /** Whether a session sits in a transaction with the head locked, and its client says nothing. */
  const holdsTheHead = async (): Promise<boolean> => {
    const { rows } = await service.database.ownerPool.query<{ holds: boolean }>(
      `SELECT EXISTS (
         SELECT FROM pg_stat_activity a JOIN pg_locks l USING (pid)
         WHERE a.datname = current_database() AND a.state = 'idle in transaction'
           AND l.relation = 'ledger_heads'::regclass AND l.mode = 'RowShareLock') AS holds`,
    );
    return rows[0]?.holds === true;
  };

  it('loses its transaction, so that others write on, and records nothing when it wakes', async () => {
    const frozen = service.client(service.admin.token, url);
    let sent: Promise<unknown>[] = [];
    let caught = false;
    for (let tries = 0; tries < TRIES && !caught; tries += 1) {
      await Promise.allSettled(sent);
      // A write of ours before makes the other process take the lock before it decides.
      await service.admin.post('incidents', { title: `Before ${tries}` });
      sent = Array.from({ length: 8 }, (_, at) => frozen.post('incidents', { title: `Theirs ${at}` }));
      await new Promise((resolve) => setTimeout(resolve, 1 + (tries % 12)));
      program.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 30));
      caught = await holdsTheHead();
      if (!caught) program.kill('SIGCONT');
    }
    expect(caught).toBe(true);
    const written = await service.admin.post('incidents', { title: 'While the other is frozen' });
    expect(written.status).toBe(201);
    expect(await holdsTheHead()).toBe(false);
    program.kill('SIGCONT');
    const theirs = (await Promise.all(sent)) as { status: number; body: { position: number } }[];
    // What they are answered is in the ledger once, behind what was written meanwhile, or is not there.
    const size = await service.size();
    const positions = theirs.filter(({ status }) => status === 201).map(({ body }) => body.position);
    expect(new Set(positions).size).toBe(positions.length);
    for (const position of positions) {
      expect(position).not.toBe(written.body.position);
      expect(position).toBeLessThanOrEqual(size);
    }
  }, 60_000);
});
