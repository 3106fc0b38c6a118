import { createInterface } from 'node:readline/promises';
import { erasePayloads } from '@casebook/contracts';
import { OPERATOR } from '@casebook/incident';
import { poolOf } from '@casebook/postgres';
import { planErasure } from '@casebook/views';
import { randomUUID } from 'node:crypto';
import { erasureAnswerOf } from '../../api/src/index.js';
import { withResources } from './with-resources.js';

export interface EraseOptions {
  readonly workspace: string;
  readonly position?: readonly string[];
  readonly subject?: string;
  readonly includeQuotes?: boolean;
  readonly reason: string;
  readonly legalBasis: string;
  readonly yes?: boolean;
}

/** Needs no token, because its user already controls the database. Shows what will be erased and asks first; then names what was erased and what still holds copies. */
export async function erase({ workspace, yes, position, ...options }: EraseOptions): Promise<void> {
  const asked = erasePayloads.safeParse({ ...options, ...(position && { positions: position.map(Number) }) });
  if (!asked.success) throw new Error(asked.error.issues.map(({ message }) => message).join('; '));
  const { positions, subject, includeQuotes, reason, legalBasis } = asked.data;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await withResources(async ({ ledger, dataSource }) => {
    if (yes !== true) await confirm(poolOf(dataSource), workspace, asked.data);
    const id = randomUUID();
    const { plan, earlier } = await planErasure(poolOf(dataSource), {
      workspaceId: workspace,
      id,
      ...(positions && { positions }),
      ...(subject !== undefined && { subject }),
      ...(includeQuotes && { includeQuotes }),
      reason,
      legalBasis,
    });
    const outcome = await ledger.erase({
      workspaceId: workspace,
      body: asked.data,
      actorId: OPERATOR,
      correlationId: `casebook-erase-${id}`,
      plan,
    });
    switch (outcome.status) {
      case 'committed': {
        const answer = erasureAnswerOf(outcome.events);
        say(
          `Erased the payloads of the events at ${list(answer.positions)}; recorded at position ${answer.position}.`,
        );
        if (answer.quotedAt.length > 0) {
          say(
            `A copy is still in the events at ${list(answer.quotedAt)}; --include-quotes erases them as well.`,
          );
        }
        say('Unvacuumed pages of PostgreSQL and older backups still hold it: see docs/erasure.md.');
        return;
      }
      case 'unchanged':
        say(`Everything had already been erased, at position ${earlier()?.position}.`);
        return;
      case 'refused':
        throw new Error(outcome.refusal.detail);
      case 'no-such-workspace':
        throw new Error(`there is no workspace ${workspace}`);
      case 'key-reused':
      case 'in-progress':
        throw new Error('a command without a key cannot meet another');
    }
  });
}

/** @throws Error unless somebody at a terminal says yes */
async function confirm(
  pool: ReturnType<typeof poolOf>,
  workspace: string,
  { positions = [], subject, includeQuotes }: ReturnType<typeof erasePayloads.parse>,
): Promise<void> {
  const { rows } = await pool.query<{ position: string; type: string; recorded_at: Date; actor_id: string }>(
    `SELECT position, type, recorded_at, actor_id FROM events
     WHERE workspace_id = $1 AND (position = ANY ($2) OR subject = $3) AND payload IS NOT NULL ORDER BY position`,
    [workspace, positions, subject ?? null],
  );
  process.stderr.write(
    `This permanently erases the payloads of these events of the workspace ${workspace}:\n`,
  );
  for (const { position, type, recorded_at: at, actor_id: actor } of rows)
    process.stderr.write(`  ${position}  ${type}, recorded by ${actor} at ${at.toISOString()}\n`);
  if (includeQuotes) process.stderr.write('  and of events that hold a copy\n');
  if (!process.stdin.isTTY)
    throw new Error('nothing was erased: there is no terminal to ask on; --yes erases without asking');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question('Erase it? (yes/no) ').finally(() => asking.close());
  if (answer.trim().toLowerCase() !== 'yes') throw new Error('nothing was erased');
}

const list = (positions: readonly number[]): string =>
  positions.length === 1 ? `position ${positions[0]}` : `positions ${positions.join(', ')}`;
