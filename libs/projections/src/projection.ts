import { type InlineView, StoredTiles, TILES, TILE_WIDTH } from '@casebook/ledger';
import type { Database } from './reading/event-pages.js';
import type { FoldOf } from './folding/stream-folder.js';

/** A view and how it is kept up: by writers in the commit, or by runners behind it. The view itself does not know. */
export interface Projection {
  readonly view: InlineView;
  readonly mode: 'inline' | 'following';
  readonly foldOf: FoldOf;
}

/** Something else than rows that follows the ledger. Doing it twice must be the same as doing it once. */
export interface Follower {
  readonly name: string;
  readonly version: number;
  /** It has something to do once so many events are behind its position. */
  readonly stride: number;
  /** Makes it reflect the events up to `position`, a multiple of `stride`. */
  follow(database: Database, workspaceId: string, position: number): Promise<void>;
}

/** The full tiles of the Merkle tree, for auditors: stored ahead, so that proofs do not read the events. */
export const tiles: Follower = {
  ...TILES,
  stride: TILE_WIDTH,
  follow: (database, workspaceId, position) => new StoredTiles(database, workspaceId).build(position),
};
