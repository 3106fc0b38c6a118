import type { Incident } from '../../data/types.js';

/** Each tab is given the incident as of the moment of the address. */
export interface TabProps {
  readonly incident: Incident;
}
