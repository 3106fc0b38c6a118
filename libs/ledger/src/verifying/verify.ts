import type { Pool, PoolClient } from 'pg';
import { canonicalJson } from '../hashing/canonical-json.js';
import {
  AS_TEXT,
  eventOfRow,
  pageOfBytes,
  payloadOf,
  positionOf,
  withoutPayload,
} from '../reading/event-rows.js';
import { storedHeadOf } from '../reading/head.js';
import { LedgerCheck } from './ledger-check.js';
import { parseCheckpoint } from '../tlog/checkpoint.js';
import {
  BadNote,
  cosignedTime,
  cosignerVerifier,
  type OpenedNote,
  noteVerifier,
  type NoteVerifier,
  openNote,
  splitNote,
} from '../tlog/signed-note.js';
import { TILES } from '../tlog/stored-tiles.js';
import { perfectRoot, TILE_WIDTH } from '../tlog/tiles.js';

/** Something in the database that differs from the events, or an event that contradicts itself or its neighbours. */
export interface Lie {
  /** The row: `event 42`, `head`, `tile 0/3`, `checkpoint of 100 events`, `key …`. */
  readonly where: string;
  /** The position of the event concerned, if any. */
  readonly position: number | null;
  readonly detail: string;
}

export interface Verified {
  /** The number of events read, and the Merkle root of their envelopes. */
  readonly size: number;
  readonly root: Buffer;
  readonly tiles: number;
  readonly checkpoints: number;
  /** The first lies, in the order in which they were found; empty: the ledger is sound. */
  readonly lies: readonly Lie[];
}

export interface VerifyOptions {
  readonly onProgress?: (progress: { readonly events: number; readonly total: number }) => void;
  /** Stop after this many lies; 100 by default. */
  readonly maxLies?: number;
}

/** Maximum events read at once, and the payload bytes that end a page: documents take megabytes each. */
const PAGE = 1_000;
const PAGE_BYTES = 4 * 1024 * 1024;
const PAGE_BEHIND = pageOfBytes('e.workspace_id = $1 AND e.position > $2', { limit: '$3', maxBytes: '$4' });

/**
 * Recomputes a workspace's ledger from its rows: every event by itself and against its neighbours, the head, every
 * stored tile, every checkpoint and its signatures, every key and its signatures. Rows of workspaces that do not
 * exist are reported whichever workspace is verified. Reads one snapshot, changes nothing, and needs no more than the
 * reading role. Memory holds a page of events, one tile per level, and the versions of the streams.
 */
export async function verifyLedger(
  pool: Pool,
  workspaceId: string,
  options: VerifyOptions = {},
): Promise<Verified | null> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await new Verification(client, workspaceId, options).run();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

class Verification {
  private readonly check: LedgerCheck;
  private readonly lies: Lie[] = [];
  private readonly maxLies: number;
  private readonly tiles: TileCheck;
  private checkpoints = 0;
  private keys: AnnouncedKey[] = [];

  constructor(
    private readonly client: PoolClient,
    private readonly workspaceId: string,
    private readonly options: VerifyOptions,
  ) {
    this.check = new LedgerCheck({ workspaceId });
    this.maxLies = options.maxLies ?? 100;
    this.tiles = new TileCheck(client, workspaceId, (where, detail) => this.lie(where, null, detail));
  }

  async run(): Promise<Verified | null> {
    const head = await storedHeadOf(this.client, this.workspaceId);
    if (head === null) return null;
    await this.strays();
    this.keys = await this.announcedKeys();
    this.tiles.builtTo = await this.tilesBuiltTo(head.size);
    await this.checkpointsUpTo(-1, 0);
    const last = await this.events(head.size);
    if (!this.full) {
      for (const { position, detail } of this.check.finish()) this.lie(`event ${position}`, position, detail);
      for (const position of this.check.outlived) {
        this.lie(`event ${position}`, position, 'an erasure names it, but its payload is there');
      }
      this.compareHead(head, last);
      await this.checkpointsUpTo(this.check.size, Number.MAX_SAFE_INTEGER);
      await this.tiles.nothingBeyond();
      await this.cosignaturesOfNothing();
      for (const { verifierKey, firstSigned } of this.keys) {
        if (firstSigned === undefined) this.lie(`key ${verifierKey}`, null, 'it signed no checkpoint');
      }
    }
    return {
      size: this.check.size,
      root: this.check.frontier.root(),
      tiles: this.tiles.compared,
      checkpoints: this.checkpoints,
      lies: this.lies,
    };
  }

  private get full(): boolean {
    return this.lies.length >= this.maxLies;
  }

  private lie(where: string, position: number | null, detail: string): void {
    if (!this.full) this.lies.push({ where, position, detail });
  }

  /** Reads all events, page by page; returns the time of the last. */
  private async events(total: number): Promise<string | null> {
    let after = 0;
    let last: string | null = null;
    for (;;) {
      const { rows } = await this.client.query<string[]>({
        ...AS_TEXT,
        text: PAGE_BEHIND,
        values: [this.workspaceId, after, PAGE, PAGE_BYTES],
      });
      if (rows.length === 0) return last;
      for (const row of rows) {
        last = await this.event(row);
        if (this.full) return last;
      }
      this.options.onProgress?.({ events: this.check.size, total });
      after = positionOf(rows.at(-1)!);
    }
  }

  private async event(row: string[]): Promise<string> {
    const position = positionOf(row);
    let event;
    try {
      event = eventOfRow(this.workspaceId, row);
      if (event.payload !== null && canonicalJson('The payload', event.payload) !== payloadOf(row)) {
        this.lie(
          `event ${position}`,
          position,
          'its payload is not written in the canonical form that was stored',
        );
      }
    } catch {
      this.lie(`event ${position}`, position, 'its payload is not JSON');
      event = eventOfRow(this.workspaceId, withoutPayload(row));
    }
    for (const finding of this.check.add(event)) {
      this.lie(`event ${finding.position}`, finding.position, finding.detail);
    }
    await this.tiles.leaf(event.leafHash);
    await this.checkpointsUpTo(this.check.size - 1, this.check.size);
    return event.recordedAt;
  }

  private compareHead(
    head: { size: number; frontier: Buffer; recordedAt: string | null },
    last: string | null,
  ): void {
    const { size, frontier } = this.check;
    if (head.size !== size)
      this.lie('head', null, `the head says ${head.size} events, but there are ${size}`);
    if (!head.frontier.equals(frontier.toBytes()))
      this.lie('head', null, 'the frontier is not that of the events');
    if (head.recordedAt !== last) {
      this.lie(
        'head',
        null,
        `the head says that the last event was recorded at ${head.recordedAt}, but it was at ${last}`,
      );
    }
  }

  /** Rows that were moved to a workspace that does not exist, and rows of a workspace whose head is gone. */
  private async strays(): Promise<void> {
    for (const table of [
      'events',
      'ledger_tiles',
      'ledger_checkpoints',
      'ledger_cosignatures',
      'ledger_keys',
      'view_progress',
    ]) {
      const { rows } = await this.client.query<{ workspace_id: string }>(
        // Skips from one workspace to the next by the index, however many rows each has.
        `WITH RECURSIVE found AS (
           (SELECT workspace_id FROM ${table} ORDER BY workspace_id LIMIT 1)
           UNION ALL
           SELECT (SELECT t.workspace_id FROM ${table} t WHERE t.workspace_id > found.workspace_id ORDER BY t.workspace_id LIMIT 1)
           FROM found WHERE found.workspace_id IS NOT NULL)
         SELECT workspace_id FROM found
         WHERE workspace_id IS NOT NULL AND NOT EXISTS (SELECT FROM ledger_heads h WHERE h.workspace_id = found.workspace_id)`,
      );
      for (const { workspace_id } of rows) {
        this.lie(
          `${table} of ${workspace_id}`,
          null,
          'there is no such workspace: its head is gone, or rows of another were moved there',
        );
      }
    }
  }

  /** The recorded progress of the tiles. */
  private async tilesBuiltTo(size: number): Promise<number> {
    const { rows } = await this.client.query<{ position: string | number; status: string }>(
      'SELECT position, status FROM view_progress WHERE workspace_id = $1 AND view = $2 AND version = $3',
      [this.workspaceId, TILES.name, TILES.version],
    );
    const position = Number(rows[0]?.position ?? 0);
    if (position < 0 || position > size) {
      this.lie(
        'progress of the tiles',
        null,
        `it says that ${position} events are in them, but there are ${size}`,
      );
    }
    if (rows[0] !== undefined && !['following', 'failed'].includes(rows[0].status)) {
      this.lie('progress of the tiles', null, `they cannot be ${JSON.stringify(rows[0].status)}`);
    }
    return Math.min(position, size);
  }

  private async announcedKeys(): Promise<AnnouncedKey[]> {
    const { rows } = await this.client.query<{ verifier_key: string; announced_at: Date }>(
      'SELECT verifier_key, announced_at FROM ledger_keys WHERE workspace_id = $1',
      [this.workspaceId],
    );
    return rows.flatMap(({ verifier_key, announced_at }) => {
      try {
        const verifier = noteVerifier(verifier_key);
        if (!verifier.name.endsWith(`/${this.workspaceId}`)) {
          this.lie(`key ${verifier_key}`, null, 'it is the key of another workspace');
        }
        return [{ verifierKey: verifier_key, verifier, announcedAt: announced_at, firstSigned: undefined }];
      } catch (error) {
        this.lie(`key ${verifier_key}`, null, (error as Error).message);
        return [];
      }
    });
  }

  private pendingCheckpoints: StoredCheckpoint[] = [];
  /** How many times the latest size has been signed so far. */
  private signed = { size: -1, times: 0 };
  private checkpointsReadTo = -1;
  private lastSignedAt = 0;

  /** Compares the checkpoints of more than `above` and up to `to` events with the tree as it is now. */
  private async checkpointsUpTo(above: number, to: number): Promise<void> {
    if (to > this.checkpointsReadTo) {
      const until = Math.max(to, this.check.size + PAGE);
      const { rows } = await this.client.query<StoredCheckpoint>(
        `SELECT size, attempt, root, note, signed_at,
           (SELECT json_agg(json_build_object('key', c.witness_key, 'line', c.line)) FROM ledger_cosignatures c
            WHERE c.workspace_id = p.workspace_id AND c.size = p.size AND c.attempt = p.attempt) AS cosignatures
         FROM ledger_checkpoints p
         WHERE workspace_id = $1 AND size > $2 AND size <= $3 ORDER BY size, attempt`,
        [this.workspaceId, this.checkpointsReadTo, until],
      );
      this.pendingCheckpoints.push(...rows.map((row) => ({ ...row, size: Number(row.size) })));
      this.checkpointsReadTo = until;
    }
    for (
      let next = this.pendingCheckpoints[0];
      next !== undefined && next.size <= to;
      next = this.pendingCheckpoints[0]
    ) {
      this.pendingCheckpoints.shift();
      if (next.size > above) this.checkpoint(next);
    }
  }

  private async cosignaturesOfNothing(): Promise<void> {
    const { rows } = await this.client.query<{ size: string | number; witness_key: string }>(
      `SELECT c.size, c.witness_key FROM ledger_cosignatures c
       WHERE c.workspace_id = $1 AND NOT EXISTS (SELECT FROM ledger_checkpoints p
         WHERE p.workspace_id = c.workspace_id AND p.size = c.size AND p.attempt = c.attempt)`,
      [this.workspaceId],
    );
    for (const { size, witness_key: key } of rows)
      this.lie(`cosignature of ${size} events by ${key}`, null, 'there is no such checkpoint');
  }

  private checkpoint({
    size,
    attempt,
    root,
    note,
    signed_at: signedAt,
    cosignatures,
  }: StoredCheckpoint): void {
    this.checkpoints += 1;
    const where = `checkpoint of ${size} events`;
    const times = this.signed.size === size ? this.signed.times : 0;
    if (attempt !== times)
      this.lie(where, null, `it says that the size was signed ${attempt} times before, not ${times}`);
    this.signed = { size, times: times + 1 };
    if (signedAt.getTime() < this.lastSignedAt)
      this.lie(where, null, 'it says that it was signed before one of fewer events');
    this.lastSignedAt = Math.max(this.lastSignedAt, signedAt.getTime());
    if (size !== this.check.size) {
      this.lie(
        where,
        null,
        `there are ${this.check.size} events: some that were signed are gone, or the size was changed`,
      );
      return;
    }
    const expected = this.check.frontier.root();
    if (!root.equals(expected)) this.lie(where, null, 'its root is not that of the events');
    try {
      const opened = openNote(
        note,
        this.keys.map(({ verifier }) => verifier),
      );
      const { text, verifiedBy, unknown } = opened;
      for (const { key, line } of cosignatures ?? []) {
        if (!cosigns(text, key, line))
          this.lie(where, null, `the stored cosignature of ${key} does not fit it`);
      }
      this.signingTime(where, signedAt, opened);
      if (unknown > 0) this.lie(where, null, 'a key signed it that is not among those of the workspace');
      for (const key of this.keys) {
        if (key.firstSigned !== undefined || !verifiedBy.includes(key.verifier)) continue;
        key.firstSigned = signedAt;
        if (key.announcedAt.getTime() !== signedAt.getTime()) {
          this.lie(
            `key ${key.verifierKey}`,
            null,
            `it says that it was announced at ${key.announcedAt.toISOString()}, and first signed at ${signedAt.toISOString()}`,
          );
        }
      }
      const signed = parseCheckpoint(text);
      if (signed.size !== size || !signed.root.equals(expected)) {
        this.lie(where, null, 'the signed root is not that of the events');
      }
    } catch (error) {
      this.lie(where, null, (error as Error).message);
    }
  }

  /** The row's time must be the time that each key signed. A key that signed no time is reported, because a superuser could have forged any evidence that it never did. */
  private signingTime(where: string, signedAt: Date, { times, verifiedBy }: OpenedNote): void {
    const other = times.find((time) => Number(time) * 1000 !== signedAt.getTime());
    if (other !== undefined)
      this.lie(
        where,
        null,
        `it claims to be signed at ${signedAt.toISOString()}, but the signed time is ${other} (POSIX)`,
      );
    if (times.length < verifiedBy.length)
      this.lie(where, null, 'a key that signed its note did not sign the time: a cosignature is missing');
  }
}

interface StoredCheckpoint {
  readonly size: number;
  readonly attempt: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signed_at: Date;
  readonly cosignatures: readonly { readonly key: string; readonly line: string }[] | null;
}

/** Whether the line is a valid cosignature of the text by this verifier key. */
function cosigns(text: string, key: string, line: string): boolean {
  try {
    const verifier = cosignerVerifier(key);
    const [only, ...more] = splitNote(`${text}\n${line}`).signatures;
    return (
      more.length === 0 &&
      only?.name === verifier.name &&
      only.id.equals(verifier.cosignatureId) &&
      cosignedTime(text, only.signature, verifier.verify) !== null
    );
  } catch (error) {
    if (error instanceof BadNote) return false;
    throw error;
  }
}

/** A key is announced in the transaction that first signs with it, so both have the same time. */
interface AnnouncedKey {
  readonly verifierKey: string;
  readonly verifier: NoteVerifier;
  readonly announcedAt: Date;
  firstSigned: Date | undefined;
}

/** Compares stored tiles with the leaves, as they come. */
class TileCheck {
  compared = 0;
  /** Checks that every full tile of this many events exists, and no other. */
  builtTo = 0;
  /** The hashes of each level that do not fill a tile yet. */
  private readonly levels: Buffer[][] = [];
  private readonly counts: number[] = [];

  constructor(
    private readonly client: PoolClient,
    private readonly workspaceId: string,
    private readonly lie: (where: string, detail: string) => void,
  ) {}

  async leaf(hash: Buffer, level = 0): Promise<void> {
    const hashes = (this.levels[level] ??= []);
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return;
    this.levels[level] = [];
    const index = this.counts[level] ?? 0;
    this.counts[level] = index + 1;
    const root = perfectRoot(hashes);
    const { rows } = await this.client.query<{ root: Buffer; hashes: Buffer }>({
      name: 'verify-tile',
      text: 'SELECT root, hashes FROM ledger_tiles WHERE workspace_id = $1 AND level = $2 AND index = $3',
      values: [this.workspaceId, level, index],
    });
    const stored = rows[0];
    const isBuilt = (index + 1) * TILE_WIDTH ** (level + 1) <= this.builtTo;
    if (isBuilt !== (stored !== undefined)) {
      this.lie(
        `tile ${level}/${index}`,
        `it is ${isBuilt ? 'missing' : 'there'}, and the progress of the tiles says that ${this.builtTo} events are in them`,
      );
    }
    if (stored !== undefined) {
      this.compared += 1;
      if (!stored.hashes.equals(Buffer.concat(hashes)) || !stored.root.equals(root)) {
        this.lie(`tile ${level}/${index}`, 'its hashes are not those of the events');
      }
    }
    await this.leaf(root, level + 1);
  }

  /** A tile without any basis in the ledger is one whose key was changed. */
  async nothingBeyond(): Promise<void> {
    const { rows } = await this.client.query<{ level: number; index: string | number }>(
      'SELECT level, index FROM ledger_tiles WHERE workspace_id = $1 ORDER BY level, index',
      [this.workspaceId],
    );
    const next = new Map<number, number>();
    for (const row of rows) {
      const index = Number(row.index);
      if (index >= (this.counts[row.level] ?? 0)) {
        this.lie(`tile ${row.level}/${index}`, 'the ledger has no events for it');
      } else if (index !== (next.get(row.level) ?? 0)) {
        this.lie(
          `tile ${row.level}/${next.get(row.level) ?? 0}`,
          'it is missing, and tiles behind it are there',
        );
      }
      next.set(row.level, index + 1);
    }
  }
}
