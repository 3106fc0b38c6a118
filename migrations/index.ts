import { Roles1764000000000 } from './1764000000000-roles.js';
import { Ledger1764000001000 } from './1764000001000-ledger.js';
import { AppendedEvent1764000001100 } from './1764000001100-appended-event.js';
import { IncidentViews1764000002000 } from './1764000002000-incident-views.js';
import { Transparency1764000003000 } from './1764000003000-transparency.js';
import { DisputeBoard1764000010000 } from './1764000010000-dispute-board.js';
import { Visibility1764000020000 } from './1764000020000-visibility.js';
import { HiddenByFunction1764000020100 } from './1764000020100-hidden-by-function.js';
import { FollowingViews1764000030000 } from './1764000030000-following-views.js';
import { Erasure1764000050000 } from './1764000050000-erasure.js';
import { MigrationsTold1764000050100 } from './1764000050100-migrations-told.js';
import { Refusals1764000070000 } from './1764000070000-refusals.js';
import { HiddenWhileDetached1795610600000 } from './1795610600000-hidden-while-detached.js';
import { Search1795611300000 } from './1795611300000-search.js';
import { RebuildChecksumsTold1795625100000 } from './1795625100000-rebuild-checksums-told.js';
import { SearchByStretches1795625200000 } from './1795625200000-search-by-stretches.js';
import { SearchByWalking1795878000000 } from './1795878000000-search-by-walking.js';
import { Cosignatures1796090000000 } from './1796090000000-cosignatures.js';
import { SearchFoldsMore1796091000000 } from './1796091000000-search-folds-more.js';
import { IndexComments1796100000000 } from './1796100000000-index-comments.js';
import { Items1796120000000 } from './1796120000000-items.js';
import { Webhooks1796130000000 } from './1796130000000-webhooks.js';

/** Every migration, in the order in which they run. A migration that landed is never edited. */
export const migrations = [
  Roles1764000000000,
  Ledger1764000001000,
  AppendedEvent1764000001100,
  IncidentViews1764000002000,
  Transparency1764000003000,
  DisputeBoard1764000010000,
  Visibility1764000020000,
  HiddenByFunction1764000020100,
  FollowingViews1764000030000,
  Erasure1764000050000,
  MigrationsTold1764000050100,
  Refusals1764000070000,
  HiddenWhileDetached1795610600000,
  Search1795611300000,
  RebuildChecksumsTold1795625100000,
  SearchByStretches1795625200000,
  SearchByWalking1795878000000,
  Cosignatures1796090000000,
  SearchFoldsMore1796091000000,
  IndexComments1796100000000,
  Items1796120000000,
  Webhooks1796130000000,
];
