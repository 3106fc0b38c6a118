import { setTimeout as delay } from 'node:timers/promises';
import { LiveReader } from '../support/live-reader.js';

/** A reader of the live feed that comes back with `Last-Event-ID` whenever its connection ends. */
export class FeedReader {
  /** The positions of all events that it was sent, in the order in which they came. */
  readonly positions: number[] = [];
  private stopping = false;
  private reader: LiveReader | null = null;
  private readonly reading: Promise<void>;

  constructor(
    private readonly url: () => string,
    private readonly token: string,
  ) {
    this.reading = this.read();
  }

  /** How many events it was sent so far. */
  get received(): number {
    return this.positions.length + (this.reader === null ? 0 : positionsIn(this.reader).length);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.reader?.close();
    await this.reading;
  }

  private async read(): Promise<void> {
    let last: string | undefined;
    while (!this.stopping) {
      try {
        const reader = await LiveReader.open(
          this.url(),
          this.token,
          'events?after=0',
          last === undefined ? {} : { 'last-event-id': last },
        );
        this.reader = reader;
        while (!reader.ended) await delay(50);
        reader.close();
        last = reader.lastEventId ?? last;
        this.reader = null;
        this.positions.push(...positionsIn(reader));
      } catch {
        // Its process is being killed, or is not there yet.
      }
      await delay(100);
    }
  }
}

const positionsIn = ({ events }: LiveReader): number[] => events.map(({ id }) => id).filter(Number.isInteger);
