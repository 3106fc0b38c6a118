import type { StreamFold } from '@casebook/ledger';
import type { Projection } from '@casebook/projections';
import { incidentFold } from './incidents/incident-fold.js';
import { inlineViews } from './inline-views.js';
import { revisionFoldOf, revisionsView } from './past/revisions-view.js';
import { searchFoldOf, searchView } from './search/search-view.js';
import { documentFold, erasuresFold, membersFold, streamOf } from './streams.js';

/** The fold on which commands are decided and from which the inline views are projected. */
function stateFoldOf(streamId: string): StreamFold<unknown> {
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
      throw new Error(`the stream ${streamId} is of a kind unknown to this program`);
  }
}

/** Every view of this program. */
export const projections: readonly Projection[] = [
  ...inlineViews.map((view): Projection => ({ view, mode: 'inline', foldOf: stateFoldOf })),
  { view: revisionsView, mode: 'following', foldOf: revisionFoldOf },
  { view: searchView, mode: 'following', foldOf: searchFoldOf },
];
