import type { InlineView } from '@casebook/ledger';
import { incidentsView } from './incidents/incidents-view.js';
import { libraryView } from './library/library-view.js';
import { membersView } from './members/members-view.js';

/**
 * The views that writers apply in the commit's own transaction: a read after the answer includes the change.
 */
export const inlineViews: InlineView[] = [incidentsView, libraryView, membersView];
