import type { TabProps } from '../tab.js';

export function TimelineTab(_: TabProps) {
  return null;
}
