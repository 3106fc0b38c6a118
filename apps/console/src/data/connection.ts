import { useSyncExternalStore } from 'react';

/** Whether the service answered the last request. */
export type Connection = 'online' | 'offline';

let connection: Connection = 'online';
const listeners = new Set<() => void>();

export function reportConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

/** When the browser last reported that it is offline, by `performance.now()`. */
let lostAt = -Infinity;

/** Notes an answer to a request sent at this time; one sent before the network was lost is ignored. */
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
