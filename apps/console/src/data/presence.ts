import type { Present } from '@casebook/client';
import { useSyncExternalStore } from 'react';
import { useConnection } from './connection.js';
import { useMe } from './session.js';

/* Who else has the console open, according to the live feed. */

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

/** The other members present, one entry per member and place; nobody while disconnected. */
export function useCompany(): readonly Present[] {
  const { member } = useMe();
  const others = usePresent();
  const connection = useConnection();
  return connection === 'offline' ? NOBODY : others.filter((each) => each.member !== member.id);
}
