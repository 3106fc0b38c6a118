/** How long one piece of work may hold the event loop at a time. */
const SLICE_MS = 10;

/** Work that waits for its next slice, the longest waiting first. */
const waiting: (() => void)[] = [];

/** One slice for each turn of the event loop: ten heavy requests at once must not hold it ten times as long. */
function nextSlice(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(nextSlice);
}

/** Divides long work that waits for nothing: between two slices the event loop serves everybody else. */
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
