import type { TabProps } from '../tab.js';

export function ScorecardTab(_: TabProps) {
  return null;
}
