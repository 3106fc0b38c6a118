import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { prepared } from './prepared.js';

interface Asked {
  readonly workspaceId: string;
  readonly key: string;
}

/**
 * The key of the n-th command of a batch whose commands are recorded each by itself. The space keeps it apart from every key that a client
 * can send.
 */
export const keyInBatch = (key: string, index: number): string => `${key} #${index}`;

/** Tells the keys of single commands from those of such batches: a key is one command, whatever its shape. */
export class BatchKeys {
  private readonly ofBatches = new DataLoader((asked: readonly Asked[]) => this.look(asked), {
    cache: false,
    batchScheduleFn: (look) => setImmediate(look),
  });

  constructor(private readonly dataSource: DataSource) {}

  /** Whether a batch with this key has recorded a command by itself. */
  isOfBatch(workspaceId: string, key: string): Promise<boolean> {
    return this.ofBatches.load({ workspaceId, key });
  }

  /** Whether a command, or a batch as one command, was recorded with this key. */
  async isOfCommand(workspaceId: string, key: string): Promise<boolean> {
    const rows = await prepared(this.dataSource, {
      name: 'key-of-command',
      text: 'SELECT 1 AS found FROM events WHERE workspace_id = $1 AND command_id = $2 LIMIT 1',
      values: [workspaceId, key],
    });
    return rows.length > 0;
  }

  private async look(asked: readonly Asked[]): Promise<boolean[]> {
    const rows = await prepared<{ found: boolean }>(this.dataSource, {
      name: 'keys-of-batches',
      // The column compares bytes, and what begins with the key and ` #` lies between it and ` $`.
      text: `SELECT EXISTS (
               SELECT FROM events e
               WHERE e.workspace_id = a.workspace_id AND e.command_id > a.key || ' #' AND e.command_id < a.key || ' $') AS found
             FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (workspace_id, key, at) ORDER BY a.at`,
      values: [asked.map(({ workspaceId }) => workspaceId), asked.map(({ key }) => key)],
    });
    return rows.map(({ found }) => found);
  }
}
