import type { TabProps } from '../tab.js';

export function DisputesTab(_: TabProps) {
  return null;
}
