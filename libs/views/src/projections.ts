import { type InlineView, type StreamFold, StoredTiles, TILES, TILE_WIDTH } from '@casebook/ledger';
import { type Database } from './following/event-pages.js';
import { incidentFold } from './incidents/incident-fold.js';
import { inlineViews } from './inline-views.js';
import { revisionFoldOf, revisionsView } from './past/revisions-view.js';
import { searchFoldOf, searchView } from './search/search-view.js';
import type { FoldOf } from './following/stream-folder.js';
import { documentFold, erasuresFold, membersFold, streamOf } from './streams.js';

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

/** What commands are decided on, and what the inline views are projected from. */
export function stateFoldOf(streamId: string): StreamFold<unknown> {
  switch (streamOf(streamId)?.kind) {
    case 'incident':
      return incidentFold;
    case 'document':
      return documentFold;
    case 'members':
      return membersFold;
    case 'erasures':
      return erasuresFold;
    case undefined:
      throw new Error(`the stream ${streamId} is of no kind that this program knows`);
  }
}

/** Every view of this program. */
export const projections: readonly Projection[] = [
  ...inlineViews.map((view): Projection => ({ view, mode: 'inline', foldOf: stateFoldOf })),
  { view: revisionsView, mode: 'following', foldOf: revisionFoldOf },
  { view: searchView, mode: 'following', foldOf: searchFoldOf },
];

/** The full tiles of the Merkle tree, for auditors: stored ahead, so that proofs do not read the events. */
export const tiles: Follower = {
  ...TILES,
  stride: TILE_WIDTH,
  follow: (database, workspaceId, position) => new StoredTiles(database, workspaceId).build(position),
};
