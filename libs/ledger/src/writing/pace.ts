/** How much a new measurement counts beside all before it. */
const WEIGHT = 0.1;

/**
 * Whether it pays to have half of the commands decided while the other half is committed. It does where deciding takes about as
 * long as the database does; where the disk is slow, two commits in a row take longer than one.
 *
 * With D(n) = a + bn the time of the database for n commands and N(n) = c + dn that of deciding them, one batch of n takes
 * N(n) + D(n), two halves by turns about 2 D(n/2) = 2a + bn: less where a < N(n). D itself stands for a here, with a discount.
 *
 * All of that holds for a thread that has nothing else to do meanwhile. One that answers requests is not idle while a batch is committed, and
 * twice as many batches only cost it more.
 */
export class Pace {
  private deciding = 0;
  private committing = Infinity;
  private elsewhere = 0;

  /** @param milliseconds that it took to decide so many commands and to write their statement. */
  prepared(milliseconds: number, commands: number): void {
    this.deciding += WEIGHT * (milliseconds / commands - this.deciding);
  }

  /**
   * @param milliseconds from sending a batch to its answer.
   * @param elsewhere how many of them the thread was busy with something else than deciding.
   */
  committed(milliseconds: number, elsewhere: number): void {
    this.elsewhere += WEIGHT * (elsewhere - this.elsewhere);
    this.committing =
      this.committing === Infinity
        ? milliseconds
        : this.committing + WEIGHT * (milliseconds - this.committing);
  }

  /** How many of this many commands are best sent together. */
  share(commands: number): number {
    const paysTwice =
      this.deciding * commands > 0.75 * this.committing && this.elsewhere < this.committing / 2;
    return paysTwice ? Math.ceil(commands / 2) : commands;
  }
}
