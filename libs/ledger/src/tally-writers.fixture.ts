import { createPool } from '@casebook/postgres';
import { Ledger } from './index.js';
import { change } from './tally.fixture.js';

/**
 * One of several processes that append to one workspace: `url workspace writers commands`. Prints the
 * answers.
 */
const [url = '', workspaceId = '', writers = '1', commands = '1'] = process.argv.slice(2);
const pool = createPool({ url, role: 'casebook_service' });
const ledger = new Ledger(pool);

const answers: { status: string; ids: string[] }[] = [];
async function write(writer: number): Promise<void> {
  for (let turn = 0; turn < Number(commands); turn++) {
    // Some streams belong to this writer alone; some are shared by all writers of all processes.
    const stream = turn % 2 === 0 ? `own-${process.pid}-${writer}` : `shared-${turn % 5}`;
    const amount = turn % 3 === 0 ? -1 : 1;
    const outcome = await ledger.commit(change(workspaceId, [{ stream, amount }]));
    answers.push({
      status: outcome.status,
      ids: outcome.status === 'committed' ? outcome.events.map(({ eventId }) => eventId) : [],
    });
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
await ledger.close();
await pool.end();
process.send?.(answers, () => process.disconnect());
