import { useAddress } from '../address/address.js';
import { useHistory } from './queries.js';
import type { Change } from './types.js';

/** The incident's change at the moment of the address; none for now, or if another incident changed then. */
export function useChangedHere(incident: string | undefined): Change | undefined {
  const { asOf } = useAddress();
  const { data: history } = useHistory(incident);
  return asOf === undefined ? undefined : history?.find(({ position }) => String(position) === asOf);
}
