import type { InlineView } from '@casebook/ledger';

/** The views that writers apply in the commit's own transaction: who reads after an answer finds the change in them. */
export const inlineViews: InlineView[] = [];
