import { setImmediate } from 'node:timers/promises';

/** How long one piece of work may have the event loop at a time. */
const SLICE_MS = 10;

/** Work in many small steps, of which none waits for anything: it gives way between them, or nobody else would be served until its end. */
export class TimeSlice {
  private since = performance.now();

  async giveWay(): Promise<void> {
    if (performance.now() - this.since < SLICE_MS) return;
    await setImmediate();
    this.since = performance.now();
  }
}
