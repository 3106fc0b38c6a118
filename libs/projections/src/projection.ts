import { type InlineView, StoredTiles, TILES, TILE_WIDTH } from '@casebook/ledger';
import type { Database } from './reading/event-pages.js';
import type { FoldOf } from './folding/stream-folder.js';

/**
 * A view and how it is maintained: inline by writers, or by runners that follow. The view itself does not
 * know which.
 */
export interface Projection {
  readonly view: InlineView;
  readonly mode: 'inline' | 'following';
  readonly foldOf: FoldOf;
}

/** Anything other than rows that follows the ledger. Following must be idempotent. */
export interface Follower {
  readonly name: string;
  readonly version: number;
  /** It runs once this many events are beyond its position. */
  readonly stride: number;
  /** Updates it to the events up to `position`, a multiple of `stride`. */
  follow(database: Database, workspaceId: string, position: number): Promise<void>;
}

/**
 * The full tiles of the Merkle tree, for auditors: stored in advance, so that proofs do not read the events.
 */
export const tiles: Follower = {
  ...TILES,
  stride: TILE_WIDTH,
  follow: (database, workspaceId, position) => new StoredTiles(database, workspaceId).build(position),
};
