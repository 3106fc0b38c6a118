import { useSyncExternalStore } from 'react';

/** Whether the service answers, as far as the last request knows. */
export type Connection = 'online' | 'offline';

let connection: Connection = 'online';
const listeners = new Set<() => void>();

export function reportConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

window.addEventListener('offline', () => reportConnection('offline'));
window.addEventListener('online', () => reportConnection('online'));

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
