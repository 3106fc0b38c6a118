/** Maximum time that one piece of work may hold the event loop. */
const SLICE_MS = 10;

/** Work waiting for its next slice, in order of arrival. */
const waiting: (() => void)[] = [];

/** One slice per turn of the event loop: ten heavy requests at once must not hold it ten times as long. */
function nextSlice(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(nextSlice);
}

/** Splits long CPU work into slices, between which the event loop serves other requests. */
export class TimeSlice {
  private since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.since >= SLICE_MS;
  }

  async giveWay(): Promise<void> {
    if (!this.isOver) return;
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(nextSlice);
    });
    this.since = performance.now();
  }
}
