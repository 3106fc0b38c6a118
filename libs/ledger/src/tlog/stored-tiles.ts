import type { Pool, PoolClient } from 'pg';
import { envelopeText } from '../hashing/envelope.js';
import { AS_TEXT, ENVELOPE_COLUMNS, eventOfRow } from '../reading/event-rows.js';
import { HASH_BYTES } from '../hashing/merkle.js';
import { hashesOf, perfectRoot, TILE_WIDTH, type TileAddress, type TileSource } from './tiles.js';

/** The name of the tiles in `view_progress`, which records how far they are built. */
export const TILES = { name: 'tiles', version: 1 } as const;

type Queryable = Pick<Pool | PoolClient, 'query'>;

/**
 * A workspace's tiles in the database: full tiles as stored; partial tiles, and full ones not stored yet, from the
 * level below or, at level 0, from the events. So answers never depend on the progress of the builder.
 */
export class StoredTiles implements TileSource {
  constructor(
    private readonly database: Queryable,
    private readonly workspaceId: string,
  ) {}

  async tile({ level, index, width }: TileAddress): Promise<Buffer> {
    if (width === TILE_WIDTH) {
      const stored = await this.database.query<{ hashes: Buffer }>({
        name: 'ledger-tile',
        text: 'SELECT hashes FROM ledger_tiles WHERE workspace_id = $1 AND level = $2 AND index = $3',
        values: [this.workspaceId, level, index],
      });
      if (stored.rows[0] !== undefined) return stored.rows[0].hashes;
    }
    const first = index * TILE_WIDTH;
    const hashes = level === 0 ? await this.leaves(first, width) : await this.roots(level - 1, first, width);
    return Buffer.concat(hashes);
  }

  /** The leaf hashes of positions `first + 1` to `first + count`. */
  private async leaves(first: number, count: number): Promise<Buffer[]> {
    const { rows } = await this.database.query<{ leaf_hash: Buffer }>({
      name: 'ledger-leaves',
      text: `SELECT leaf_hash FROM events WHERE workspace_id = $1 AND position > $2 AND position <= $3 ORDER BY position`,
      values: [this.workspaceId, first, first + count],
    });
    if (rows.length !== count) throw this.tooFew(rows.length, first, count);
    return rows.map((row) => row.leaf_hash);
  }

  /** The roots of the full tiles `first` to `first + count - 1` of `level`. */
  private async roots(level: number, first: number, count: number): Promise<Buffer[]> {
    const { rows } = await this.database.query<{ index: string | number; root: Buffer }>({
      name: 'ledger-tile-roots',
      text: `SELECT index, root FROM ledger_tiles WHERE workspace_id = $1 AND level = $2 AND index >= $3 AND index < $4`,
      values: [this.workspaceId, level, first, first + count],
    });
    const known = new Map(rows.map((row) => [Number(row.index), row.root]));
    const roots: Buffer[] = [];
    for (let index = first; index < first + count; index += 1) {
      const root =
        known.get(index) ?? perfectRoot(hashesOf(await this.tile({ level, index, width: TILE_WIDTH })));
      roots.push(root);
    }
    return roots;
  }

  /**
   * The entry bundle beside level-0 tile `index`: each event's envelope after its length in two bytes, big-endian (tlog-tiles).
   * @throws RangeError if the ledger has fewer events
   */
  async entries(index: number, width: number): Promise<Buffer> {
    const envelopes = await this.envelopes(index * TILE_WIDTH, width);
    return Buffer.concat(
      envelopes.flatMap((entry) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(entry.length);
        return [length, entry];
      }),
    );
  }

  /** The envelopes of positions `first + 1` to `first + count`: the entries whose hashes are the leaves. */
  async envelopes(first: number, count: number): Promise<Buffer[]> {
    const { rows } = await this.database.query<string[]>({
      ...AS_TEXT,
      text: `SELECT ${ENVELOPE_COLUMNS} FROM events e
             WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $3 ORDER BY e.position`,
      values: [this.workspaceId, first, first + count],
    });
    if (rows.length !== count) throw this.tooFew(rows.length, first, count);
    return rows.map((row) => Buffer.from(envelopeText(eventOfRow(this.workspaceId, row)), 'utf8'));
  }

  /** The envelopes of these positions, which must be in ascending order. */
  async envelopesAt(positions: readonly number[]): Promise<Buffer[]> {
    const { rows } = await this.database.query<string[]>({
      ...AS_TEXT,
      text: `SELECT ${ENVELOPE_COLUMNS} FROM events e
             WHERE e.workspace_id = $1 AND e.position = ANY ($2::bigint[]) ORDER BY e.position`,
      values: [this.workspaceId, positions],
    });
    if (rows.length !== positions.length)
      throw this.tooFew(rows.length, (positions[0] ?? 1) - 1, positions.length);
    return rows.map((row) => Buffer.from(envelopeText(eventOfRow(this.workspaceId, row)), 'utf8'));
  }

  /**
   * Stores the full tiles of a tree of `size` leaves that are not stored yet. They depend only on the events, so two
   * builders at once write the same, and existing tiles are left alone.
   */
  async build(size: number): Promise<void> {
    for (let level = 0; TILE_WIDTH ** (level + 1) <= size; level += 1) {
      const full = Math.floor(size / TILE_WIDTH ** (level + 1));
      const { rows } = await this.database.query<{ next: string | number }>(
        'SELECT coalesce(max(index) + 1, 0) AS next FROM ledger_tiles WHERE workspace_id = $1 AND level = $2',
        [this.workspaceId, level],
      );
      for (let index = Number(rows[0]?.next ?? 0); index < full; index += 1) {
        const hashes = await this.tile({ level, index, width: TILE_WIDTH });
        if (hashes.length !== TILE_WIDTH * HASH_BYTES)
          throw new RangeError(`tile ${level}/${index} is not full`);
        await this.database.query({
          name: 'ledger-tile-insert',
          text: `INSERT INTO ledger_tiles (workspace_id, level, index, root, hashes) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING`,
          values: [this.workspaceId, level, index, perfectRoot(hashesOf(hashes)), hashes],
        });
      }
    }
  }

  private tooFew(found: number, first: number, count: number): RangeError {
    return new RangeError(
      `the ledger of ${this.workspaceId} has ${found} of the ${count} events from position ${first + 1}`,
    );
  }
}
