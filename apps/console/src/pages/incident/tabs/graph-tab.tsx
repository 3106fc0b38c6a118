import type { TabProps } from '../tab.js';

export function GraphTab(_: TabProps) {
  return null;
}
