/*
 * The session is a cookie that all windows of a browser share, so each informs the others when it changes: signing
 * out or in takes effect in all of them at once.
 */

const CHANGED = 'changed';
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('casebook-session') : undefined;

/** Informs the other windows of this browser that the session has changed. */
export function tellOthers(): void {
  // A channel reaches only windows of its own origin, and takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage(CHANGED);
}

/** @returns stops listening */
export function onSessionNews(listener: () => void): () => void {
  const heard = ({ data }: MessageEvent): void => {
    if (data === CHANGED) listener();
  };
  channel?.addEventListener('message', heard);
  return () => channel?.removeEventListener('message', heard);
}
