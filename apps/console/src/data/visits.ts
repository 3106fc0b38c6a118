import { useEffect, useState } from 'react';
import { useAddress } from '../address/address.js';
import { useIncident } from './queries.js';
import { useMe } from './session.js';

/*
 * The position up to which this browser has shown each incident to the member, so that the home page can show later
 * changes. It is the reader's own bookmark; the ledger does not record who read what.
 */

const keyOf = (workspace: string, member: string): string => `casebook-visits ${workspace}/${member}`;

function visitsOf(key: string): Readonly<Record<string, number>> {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '{}') ?? {}) as Record<string, number>;
  } catch {
    return {};
  }
}

/** The position that each incident had at the last visit. */
export function useVisits(): Readonly<Record<string, number>> {
  const { workspace, member } = useMe();
  const [visits] = useState(() => visitsOf(keyOf(workspace, member.id)));
  return visits;
}

/** Remembers the latest change that the member has seen of the open incident; looking at the past does not count. */
export function useVisit(incident: string | undefined): void {
  const { asOf } = useAddress();
  const { data } = useIncident(incident);
  const position = asOf === undefined ? data?.position : undefined;
  const { workspace, member } = useMe();
  const key = keyOf(workspace, member.id);
  useEffect(() => {
    if (position === undefined || incident === undefined) return;
    localStorage.setItem(key, JSON.stringify({ ...visitsOf(key), [incident]: position }));
  }, [key, incident, position]);
}
