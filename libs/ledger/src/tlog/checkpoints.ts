import type { Pool, PoolClient } from 'pg';
import { Frontier } from '../hashing/merkle.js';
import { type Checkpoint, signCheckpoint } from './checkpoint.js';
import { type Policy, meetsQuorum } from './policy.js';
import { provesConsistency } from './proofs.js';
import { type NoteSigner, noteVerifier, openNote } from './signed-note.js';
import type { SignedRecord } from './signed-record.js';
import type { SigningKeys } from './signing-keys.js';
import { StoredTiles } from './stored-tiles.js';
import { TiledTree } from './tiles.js';

export interface SignedCheckpoint extends Checkpoint {
  /** The signed note for auditors, with the witness cosignatures received so far. */
  readonly note: string;
  /** How many times this size had been signed before. */
  readonly attempt: number;
  /** ISO 8601. */
  readonly signedAt: string;
}

/**
 * The ledger cannot be signed: it is not the one that was signed before, or this process does not have the key.
 * Nothing was signed. An operator must investigate; the message says what.
 */
export class CheckpointRefused extends Error {
  override readonly name = 'CheckpointRefused';
}

interface StoredCheckpoint {
  readonly size: string | number;
  readonly attempt: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signed_at: Date;
  /** The signature lines of witnesses; `null`: none. */
  readonly cosignatures: string | null;
}

const COLUMNS = `size, attempt, root, note, signed_at,
  (SELECT string_agg(c.line, '' ORDER BY c.witness_key) FROM ledger_cosignatures c
   WHERE c.workspace_id = p.workspace_id AND c.size = p.size AND c.attempt = p.attempt) AS cosignatures`;
const SELECT_LAST = `SELECT ${COLUMNS} FROM ledger_checkpoints p
  WHERE workspace_id = $1 ORDER BY size DESC, attempt DESC LIMIT 1`;

/** How many of the latest cosigned checkpoints are searched for one that meets a quorum. */
const LOOKED_THROUGH = 100;

/**
 * Now, or the time of the previous checkpoint if the clock has stepped back since, so that times follow the order of
 * signing. In whole POSIX seconds, as in a cosignature; checkpoints from before cosignatures existed are more
 * precise.
 */
const signingTime = (now: Date, last: Date | undefined): number =>
  Math.max(Math.floor(now.getTime() / 1000), Math.ceil((last?.getTime() ?? 0) / 1000));

/**
 * Signs the ledger and proves its consistency. A checkpoint is signed only from the committed head, one at a time
 * across all processes, and never inconsistent with the last: before a new one is signed, the tree is proved to
 * extend the last checkpoint and the largest one in the record outside the database.
 */
export class Checkpoints {
  private readonly signed: ((workspaceId: string) => void)[] = [];

  /** @param record `null`: signed checkpoints are known only from the database, which may be replaced by an older copy */
  constructor(
    private readonly pool: Pool,
    private readonly keys: SigningKeys,
    private readonly record: SignedRecord | null = null,
  ) {}

  /** Calls `hear` for every signed checkpoint, after it is committed. */
  onSigned(hear: (workspaceId: string) => void): void {
    this.signed.push(hear);
  }

  /**
   * The checkpoint of the committed ledger, signed now if the last one is older; `null`: there is no such workspace.
   * @throws CheckpointRefused
   */
  async latest(workspaceId: string): Promise<SignedCheckpoint | null> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      // One signer at a time; the head is read under the lock, so it is never older than that of the last checkpoint.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('casebook checkpoint ' || $1, 0))", [
        workspaceId,
      ]);
      const checkpoint = await this.signHead(client, workspaceId);
      await client.query('COMMIT');
      if (checkpoint?.isNew) for (const hear of this.signed) hear(workspaceId);
      return checkpoint?.checkpoint ?? null;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** The checkpoint signed at this size; `null` if there is none. */
  async at(workspaceId: string, size: number): Promise<SignedCheckpoint | null> {
    const { rows } = await this.pool.query<StoredCheckpoint>(
      `SELECT ${COLUMNS} FROM ledger_checkpoints p
       WHERE workspace_id = $1 AND size = $2 ORDER BY attempt DESC LIMIT 1`,
      [workspaceId, size],
    );
    const [row] = rows;
    return row === undefined ? null : this.stored(workspaceId, row);
  }

  /** The first checkpoint with at least this many events; `null`: none yet. */
  async including(workspaceId: string, position: number): Promise<SignedCheckpoint | null> {
    const { rows } = await this.pool.query<StoredCheckpoint>(
      `SELECT ${COLUMNS} FROM ledger_checkpoints p
       WHERE workspace_id = $1 AND size >= $2 ORDER BY size, attempt LIMIT 1`,
      [workspaceId, position],
    );
    const [row] = rows;
    return row === undefined ? null : this.stored(workspaceId, row);
  }

  /** The latest checkpoint whose cosignatures meet the policy's quorum; `null`: none of the latest does. */
  async latestWitnessed(workspaceId: string, policy: Policy): Promise<SignedCheckpoint | null> {
    const { rows } = await this.pool.query<StoredCheckpoint & { witness_keys: string[] }>(
      `SELECT ${COLUMNS}, k.witness_keys FROM ledger_checkpoints p
       JOIN (SELECT size AS of_size, attempt AS of_attempt, array_agg(witness_key) AS witness_keys FROM ledger_cosignatures
             WHERE workspace_id = $1 GROUP BY size, attempt ORDER BY size DESC, attempt DESC LIMIT $2) k
         ON k.of_size = p.size AND k.of_attempt = p.attempt
       WHERE workspace_id = $1 ORDER BY size DESC, attempt DESC`,
      [workspaceId, LOOKED_THROUGH],
    );
    const nameOf = new Map(policy.witnesses.map(({ verifierKey, name }) => [verifierKey, name]));
    const found = rows.find(({ witness_keys: keys }) =>
      meetsQuorum(
        policy,
        keys.flatMap((key) => nameOf.get(key) ?? []),
      ),
    );
    return found === undefined ? null : this.stored(workspaceId, found);
  }

  /** Stores a witness's cosignature of a checkpoint. Idempotent. */
  async cosigned(
    workspaceId: string,
    { size, attempt }: Pick<SignedCheckpoint, 'size' | 'attempt'>,
    { witnessKey, line }: { readonly witnessKey: string; readonly line: string },
  ): Promise<void> {
    await this.pool.query(
      `INSERT INTO ledger_cosignatures (workspace_id, size, attempt, witness_key, line) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [workspaceId, size, attempt, witnessKey, line],
    );
  }

  /** The proof that the ledger of `size` events extends the one of `old` events. */
  consistency(workspaceId: string, old: number, size: number): Promise<Buffer[]> {
    return new TiledTree(size, new StoredTiles(this.pool, workspaceId)).consistency(old);
  }

  private stored(
    workspaceId: string,
    { size, attempt, root, note, signed_at, cosignatures }: StoredCheckpoint,
  ): SignedCheckpoint {
    return {
      origin: this.keys.origin(workspaceId),
      size: Number(size),
      attempt,
      root,
      note: note + (cosignatures ?? ''),
      signedAt: signed_at.toISOString(),
    };
  }

  /** The nearest sizes below and above this one at which a checkpoint was signed. */
  async nearest(workspaceId: string, size: number): Promise<number[]> {
    const { rows } = await this.pool.query<{ near: string | number | null }>(
      `SELECT max(size) AS near FROM ledger_checkpoints WHERE workspace_id = $1 AND size < $2
       UNION ALL SELECT min(size) FROM ledger_checkpoints WHERE workspace_id = $1 AND size > $2`,
      [workspaceId, size],
    );
    return rows.flatMap(({ near }) => (near === null ? [] : [Number(near)]));
  }

  private async signHead(
    client: PoolClient,
    workspaceId: string,
  ): Promise<{ readonly checkpoint: SignedCheckpoint; readonly isNew: boolean } | null> {
    const head = await client.query<{ size: string | number; frontier: Buffer; now: Date }>(
      'SELECT size, frontier, now() AS now FROM ledger_heads WHERE workspace_id = $1',
      [workspaceId],
    );
    const row = head.rows[0];
    if (row === undefined) return null;
    const size = Number(row.size);
    const root = Frontier.fromBytes(size, row.frontier).root();
    const origin = this.keys.origin(workspaceId);
    const signers = this.keys.signers(workspaceId);
    const last = (await client.query<StoredCheckpoint>(SELECT_LAST, [workspaceId])).rows[0];
    const seconds = signingTime(row.now, last?.signed_at);
    const known = await this.knownKeys(client, workspaceId);
    const announced = await this.announce(client, workspaceId, signers, known, seconds);
    const recorded = await this.recorded(workspaceId);
    if (recorded !== null) await this.requireGrowth(client, workspaceId, recorded, { size, root });

    if (last !== undefined) {
      const lastSize = Number(last.size);
      await this.requireGrowth(client, workspaceId, { size: lastSize, root: last.root }, { size, root });
      if (lastSize === size && !announced) {
        if ((recorded?.size ?? -1) < size) await this.putOnRecord(workspaceId, last.note);
        return { checkpoint: this.stored(workspaceId, last), isNew: false };
      }
      requireCurrentKey(last.note, signers, known);
    }
    const note = signCheckpoint({ origin, size, root }, signers, seconds);
    const attempt = last !== undefined && Number(last.size) === size ? last.attempt + 1 : 0;
    await client.query(
      `INSERT INTO ledger_checkpoints (workspace_id, size, attempt, root, note, signed_at)
       VALUES ($1, $2, $3, $4, $5, to_timestamp($6))`,
      [workspaceId, size, attempt, root, note, seconds],
    );
    // Write the record first: if this commit fails, the recorded ledger is still a committed one.
    await this.putOnRecord(workspaceId, note);
    const signedAt = new Date(seconds * 1000).toISOString();
    return { checkpoint: { origin, size, attempt, root, note, signedAt }, isNew: true };
  }

  /** The largest checkpoint in the record. */
  private async recorded(workspaceId: string): Promise<Checkpoint | null> {
    try {
      return (await this.record?.largest(workspaceId)) ?? null;
    } catch (error) {
      throw this.recordFault(error);
    }
  }

  private async putOnRecord(workspaceId: string, note: string): Promise<void> {
    try {
      await this.record?.put(workspaceId, note);
    } catch (error) {
      throw this.recordFault(error);
    }
  }

  private recordFault(error: unknown): CheckpointRefused {
    return new CheckpointRefused(
      `The record of signed checkpoints in ${this.record?.directory} cannot be used (${(error as Error).message}): let the service read and write it, or restore it from a backup.`,
      { cause: error },
    );
  }

  private async knownKeys(client: PoolClient, workspaceId: string): Promise<ReadonlySet<string>> {
    const { rows } = await client.query<{ verifier_key: string }>(
      'SELECT verifier_key FROM ledger_keys WHERE workspace_id = $1',
      [workspaceId],
    );
    return new Set(rows.map((row) => row.verifier_key));
  }

  /** Announces this process's keys, and returns whether any of them was new. Refuses if none of them was known before. */
  private async announce(
    client: PoolClient,
    workspaceId: string,
    signers: readonly NoteSigner[],
    known: ReadonlySet<string>,
    seconds: number,
  ): Promise<boolean> {
    const fresh = signers.map(({ verifierKey }) => verifierKey).filter((key) => !known.has(key));
    if (known.size > 0 && fresh.length === signers.length) {
      throw new CheckpointRefused(
        `This process signs with ${fresh.join(' and ')}, but the workspace's ledger is signed with ${[...known].join(' and ')}. Give it the same signing key and origin; to change the key, give it the new one and the old one together.`,
      );
    }
    if (fresh.length > 0) {
      await client.query(
        `INSERT INTO ledger_keys (workspace_id, verifier_key, announced_at) SELECT $1, unnest($2::text[]), to_timestamp($3)`,
        [workspaceId, fresh, seconds],
      );
    }
    return fresh.length > 0;
  }

  private async requireGrowth(
    client: PoolClient,
    workspaceId: string,
    last: Pick<Checkpoint, 'size' | 'root'>,
    now: Pick<Checkpoint, 'size' | 'root'>,
  ): Promise<void> {
    const fault = await growthFault(client, workspaceId, last, now);
    if (fault !== null) throw new CheckpointRefused(fault);
  }

  /**
   * The verifier keys of a workspace, the current one first; the others are earlier keys or also sign. This process's
   * keys are left out if signing with them would be refused: a client that trusted one would accept what the
   * ledger's keys never signed.
   */
  async verifierKeys(workspaceId: string): Promise<string[]> {
    const own = this.keys.signers(workspaceId).map(({ verifierKey }) => verifierKey);
    const { rows } = await this.pool.query<{ verifier_key: string }>(
      'SELECT verifier_key FROM ledger_keys WHERE workspace_id = $1 ORDER BY announced_at DESC, verifier_key',
      [workspaceId],
    );
    const known = rows.map((row) => row.verifier_key);
    const isStranger = known.length > 0 && !own.some((key) => known.includes(key));
    return isStranger ? known : [...new Set([...own, ...known])];
  }
}

/**
 * The first signature of a checkpoint is by its signer's current key. A process without that key was started
 * before the key was changed: an auditor who trusts only the new key could not check what it signs.
 */
function requireCurrentKey(
  lastNote: string,
  signers: readonly NoteSigner[],
  known: ReadonlySet<string>,
): void {
  const own = signers.map(({ verifierKey }) => verifierKey);
  const others = [...known].filter((key) => !own.includes(key));
  if (others.length === 0) return;
  const [current] = openNote(lastNote, [...others.map(noteVerifier), ...signers]).verifiedBy;
  if (signers.some(({ keyId }) => current?.keyId.equals(keyId))) return;
  throw new CheckpointRefused(
    `The last checkpoint's first signature is by the key ${current?.name}+${current?.keyId.toString('hex')}, which this process does not have: it has ${own.join(' and ')}, from before the key was changed. Restart it with the key of the other processes.`,
  );
}

/** Why the current ledger cannot be an extension of a signed one; `null`: it is. */
export async function growthFault(
  database: Pick<Pool, 'query'>,
  workspaceId: string,
  last: Pick<Checkpoint, 'size' | 'root'>,
  now: Pick<Checkpoint, 'size' | 'root'>,
): Promise<string | null> {
  if (now.size < last.size) {
    return `The ledger of ${workspaceId} has ${now.size} events, but ${last.size} were signed: it is older than what others have seen, as after restoring an old backup. docs/backup.md says how to continue.`;
  }
  const proof = await new TiledTree(now.size, new StoredTiles(database, workspaceId)).consistency(last.size);
  return provesConsistency(proof, last.size, last.root, now.size, now.root)
    ? null
    : `The ledger of ${workspaceId} does not extend the signed one of ${last.size} events: something below that was changed, or it was restored and continued differently. npx casebook verify finds the place; docs/backup.md says how to continue.`;
}
