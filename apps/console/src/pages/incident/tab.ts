import type { Incident } from '../../data/types.js';

/** The props of each tab: the incident as of the moment of the address. */
export interface TabProps {
  readonly incident: Incident;
}
