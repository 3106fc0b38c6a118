import type { TabProps } from '../tab.js';

export function SourcesTab(_: TabProps) {
  return null;
}
