import { useAddress } from '../../address/address.js';
import { useMay } from '../../data/session.js';
import { EmptyState } from '../../parts/states.js';
import { strings } from '../../strings/admin.js';

/** Whether the member may administer and the page shows now, so that changes are offered. */
export function useAdministering(): boolean {
  const { asOf } = useAddress();
  return useMay('administer') && asOf === undefined;
}

/** Why nothing can be changed here. */
export function WhyNot() {
  const administers = useMay('administer');
  return <EmptyState>{administers ? strings.onlyNow : strings.notYours}</EmptyState>;
}
