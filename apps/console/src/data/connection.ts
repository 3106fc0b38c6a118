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

/** When the browser last said that the network is gone, by `performance.now()`. */
let lostAt = -Infinity;

/** An answer to a request that was sent at this time; one from before the network went says nothing. */
export function reportAnswer(sentAt: number): void {
  if (sentAt >= lostAt) reportConnection('online');
}

window.addEventListener('offline', () => {
  lostAt = performance.now();
  reportConnection('offline');
});
window.addEventListener('online', () => reportConnection('online'));

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
