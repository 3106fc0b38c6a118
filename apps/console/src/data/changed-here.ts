import { useAddress } from '../address/address.js';
import { useHistory } from './queries.js';
import type { Change } from './types.js';

/** The change of the incident that the moment of the address ends with; none now, or where another incident changed then. */
export function useChangedHere(incident: string | undefined): Change | undefined {
  const { asOf } = useAddress();
  const { data: history } = useHistory(incident);
  return asOf === undefined ? undefined : history?.find(({ position }) => String(position) === asOf);
}
