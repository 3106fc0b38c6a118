/*
 * The session is a cookie that all windows of a browser share, so each tells the others when it changes: who signs out in one is signed out
 * in all at once, and signed in again likewise.
 */

const CHANGED = 'changed';
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('casebook-session') : undefined;

/** Tells the other windows of this browser that the session has changed. */
export function tellOthers(): void {
  // A channel reaches windows of its own origin alone, and takes no target.
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
