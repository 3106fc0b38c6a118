/** How much a new measurement counts beside all before it. */
const WEIGHT = 0.1;

/**
 * Whether it pays to have half of the commands decided while the other half is committed. It does where deciding takes about as
 * long as the database does; where the disk is slow, two commits in a row take longer than one.
 *
 * With D(n) = a + bn the time of the database for n commands and N(n) = c + dn that of deciding them, one batch of n takes
 * N(n) + D(n), two halves by turns about 2 D(n/2) = 2a + bn: less where a < N(n). D itself stands for a here, with a discount.
 */
export class Pace {
  private deciding = 0;
  private committing = Infinity;

  /** @param milliseconds that it took to decide so many commands and to write their statement. */
  prepared(milliseconds: number, commands: number): void {
    this.deciding += WEIGHT * (milliseconds / commands - this.deciding);
  }

  /** @param milliseconds from sending a batch to its answer. */
  committed(milliseconds: number): void {
    this.committing =
      this.committing === Infinity
        ? milliseconds
        : this.committing + WEIGHT * (milliseconds - this.committing);
  }

  /** How many of this many commands are best sent together. */
  share(commands: number): number {
    return this.deciding * commands > 0.75 * this.committing ? Math.ceil(commands / 2) : commands;
  }
}
