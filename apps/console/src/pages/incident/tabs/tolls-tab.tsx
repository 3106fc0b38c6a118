import type { TabProps } from '../tab.js';

export function TollsTab(_: TabProps) {
  return null;
}
