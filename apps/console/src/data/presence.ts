import type { Present } from '@casebook/client';
import { useSyncExternalStore } from 'react';
import { useConnection } from './connection.js';
import { useMe } from './session.js';

/* Who else has the console open, as the live feed last said. */

export type { Present };

const NOBODY: readonly Present[] = [];
let present = NOBODY;
const listeners = new Set<() => void>();

export function reportPresent(next: readonly Present[]): void {
  present = next;
  for (const listener of listeners) listener();
}

const usePresent = (): readonly Present[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => present,
  );

/** The other members who are here, one entry for each place of each; nobody while there is no connection to know by. */
export function useCompany(): readonly Present[] {
  const { member } = useMe();
  const others = usePresent();
  const connection = useConnection();
  return connection === 'offline' ? NOBODY : others.filter((each) => each.member !== member.id);
}
