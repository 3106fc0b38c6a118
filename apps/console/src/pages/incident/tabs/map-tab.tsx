import type { TabProps } from '../tab.js';

export function MapTab(_: TabProps) {
  return null;
}
