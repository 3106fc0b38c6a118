/** The weight of a new measurement in the moving average. */
const WEIGHT = 0.1;

/**
 * Decides whether to decide half of the commands while the other half commits. That pays if deciding takes
 * about as long as the database does; on a slow disk, two commits in a row take longer than one.
 *
 * Let D(n) = a + bn be the database's time for n commands and N(n) = c + dn the time to decide them. One
 * batch of n takes N(n) + D(n); two alternating halves take about 2 D(n/2) = 2a + bn, which is less if a <
 * N(n). D itself stands for a here, with a discount.
 *
 * This assumes a thread with nothing else to do. One that also answers requests is not idle during a commit,
 * so twice as many batches only cost it more.
 */
export class BatchSizing {
  private deciding = 0;
  private committing = Infinity;
  private elsewhere = 0;

  /** @param milliseconds spent deciding this many commands and writing their statement. */
  prepared(milliseconds: number, commands: number): void {
    this.deciding += WEIGHT * (milliseconds / commands - this.deciding);
  }

  /**
   * @param milliseconds from sending a batch to its answer.
   * @param elsewhere how many of those the thread spent on other work than deciding.
   */
  committed(milliseconds: number, elsewhere: number): void {
    this.elsewhere += WEIGHT * (elsewhere - this.elsewhere);
    this.committing =
      this.committing === Infinity
        ? milliseconds
        : this.committing + WEIGHT * (milliseconds - this.committing);
  }

  /** How many of this many commands to send in one batch. */
  share(commands: number): number {
    const paysTwice =
      this.deciding * commands > 0.75 * this.committing && this.elsewhere < this.committing / 2;
    return paysTwice ? Math.ceil(commands / 2) : commands;
  }
}
