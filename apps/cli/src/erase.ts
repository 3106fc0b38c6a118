import { erasePayloads } from '@casebook/contracts';
import { poolOf } from '@casebook/postgres';
import { planErasure } from '@casebook/views';
import { randomUUID } from 'node:crypto';
import { erasureAnswerOf } from '../../api/src/index.js';
import { withGround } from './with-ground.js';

export interface EraseOptions {
  readonly workspace: string;
  readonly position?: readonly string[];
  readonly subject?: string;
  readonly includeQuotes?: boolean;
  readonly reason: string;
  readonly legalBasis: string;
  readonly actor: string;
}

/** Whoever can start this command holds the database, so it asks for no token. Tells what was erased, and what still holds copies. */
export async function erase({ workspace, actor, position, ...options }: EraseOptions): Promise<void> {
  const asked = erasePayloads.safeParse({ ...options, ...(position && { positions: position.map(Number) }) });
  if (!asked.success) throw new Error(asked.error.issues.map(({ message }) => message).join('; '));
  const { positions, subject, includeQuotes, reason, legalBasis } = asked.data;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await withGround(async ({ ledger, dataSource }) => {
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
      actorId: actor,
      correlationId: `casebook-erase-${id}`,
      plan,
    });
    switch (outcome.status) {
      case 'committed': {
        const answer = erasureAnswerOf(outcome.events);
        say(
          `Erased what the events at ${list(answer.positions)} said; recorded at position ${answer.position}.`,
        );
        if (answer.quotedAt.length > 0) {
          say(
            `A copy is still in the events at ${list(answer.quotedAt)}; --include-quotes erases them as well.`,
          );
        }
        say(
          'Pages that PostgreSQL has not vacuumed yet, and backups from before, still hold it: see docs/erasure.md.',
        );
        return;
      }
      case 'unchanged':
        say(`All of it was erased before, at position ${earlier()?.position}.`);
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

const list = (positions: readonly number[]): string =>
  positions.length === 1 ? `position ${positions[0]}` : `positions ${positions.join(', ')}`;
