import { readFile } from 'node:fs/promises';
import { askWitness, type Checkpoints, parsePolicy, type Policy, type PolicyWitness } from '@casebook/ledger';
import type { Logger } from 'pino';

/** Interval between checks of every workspace, in milliseconds, which makes up for missed or failed requests. */
const EVERY = 30_000;

/** @throws Error naming the file and what is wrong with it */
export async function readPolicy(path: string): Promise<Policy> {
  try {
    return parsePolicy(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`CASEBOOK_WITNESS_POLICY (${path}): ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Has the witnesses of a policy cosign checkpoints in the background: no request waits for a witness, and a
 * checkpoint is served with the cosignatures it has so far. One round runs at a time; changes meanwhile go into the
 * next. A witness that does not answer is skipped for the rest of the round.
 */
export class Witnessing {
  private readonly witnesses: readonly PolicyWitness[];
  private readonly waiting = new Set<string>();
  /** The last size cosigned by each witness, by its key and the workspace: the start of its next proof. */
  private readonly known = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly checkpoints: Checkpoints,
    policy: Policy,
    private readonly workspaces: () => Promise<readonly string[]>,
    private readonly logger: Pick<Logger, 'error' | 'warn'>,
  ) {
    this.witnesses = policy.witnesses.filter(({ url }) => url !== undefined);
    checkpoints.onSigned((workspaceId) => this.hurry([workspaceId]));
    this.timer = setInterval(() => this.all(), EVERY).unref();
    this.all();
  }

  /** Resolves when the current round has ended. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.running;
  }

  private isClosed(): boolean {
    return this.closed;
  }

  private all(): void {
    void this.workspaces().then(
      (ids) => this.hurry(ids),
      (error: unknown) => this.logger.warn({ err: error }, 'the workspaces cannot be read for the witnesses'),
    );
  }

  private hurry(workspaceIds: readonly string[]): void {
    for (const id of workspaceIds) this.waiting.add(id);
    this.running ??= this.rounds().finally(() => {
      this.running = null;
    });
  }

  private async rounds(): Promise<void> {
    while (this.waiting.size > 0 && !this.isClosed()) {
      const round = [...this.waiting];
      this.waiting.clear();
      const silent = new Set<PolicyWitness>();
      for (const workspaceId of round) {
        if (this.isClosed()) return;
        await this.workspace(workspaceId, silent).catch((error: unknown) =>
          this.logger.error(
            { err: error, workspace: workspaceId },
            'this ledger cannot be signed for the witnesses',
          ),
        );
      }
    }
  }

  private async workspace(workspaceId: string, silent: Set<PolicyWitness>): Promise<void> {
    const checkpoint = await this.checkpoints.latest(workspaceId);
    // The checkpoint just signed is handled here.
    this.waiting.delete(workspaceId);
    if (checkpoint === null) return;
    const { size } = checkpoint;
    const asked = this.witnesses.filter(
      (witness) => !silent.has(witness) && this.known.get(keyOf(witness, workspaceId)) !== size,
    );
    await Promise.all(
      asked.map(async (witness) => {
        const key = keyOf(witness, workspaceId);
        const proof = (old: number) => this.checkpoints.consistency(workspaceId, old, size);
        const answer = await askWitness(witness, checkpoint, proof, this.known.get(key));
        const about = { witness: witness.name, workspace: workspaceId, size };
        switch (answer.status) {
          case 'cosigned':
            this.known.set(key, size);
            await this.checkpoints.cosigned(workspaceId, checkpoint, {
              witnessKey: witness.verifierKey,
              line: answer.line,
            });
            return;
          case 'contradicted':
            this.logger.error(
              { ...about, detail: answer.detail },
              'a witness has seen a different ledger under this name: a fork, or a restore of an older state (docs/backup.md)',
            );
            return;
          case 'failed':
            silent.add(witness);
            this.logger.warn({ ...about, detail: answer.detail }, 'a witness did not cosign');
        }
      }),
    );
  }
}

const keyOf = ({ verifierKey }: PolicyWitness, workspaceId: string): string =>
  `${verifierKey}\n${workspaceId}`;
