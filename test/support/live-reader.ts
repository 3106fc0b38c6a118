import { request as httpRequest, type IncomingMessage } from 'node:http';

interface LiveEvent {
  readonly id: number;
  readonly event: string;
  readonly data: { specversion: string; type: string; sequence: string; data: unknown };
}

/** A reader of the live feed over a real socket. */
export class LiveReader {
  readonly events: LiveEvent[] = [];
  /** What it would come back with. */
  lastEventId: string | undefined;
  private buffer = '';
  private waiting: (() => void)[] = [];
  private constructor(private readonly answer: IncomingMessage) {
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => this.take(chunk));
    answer.on('close', () => this.announce());
  }

  static open(
    url: string,
    token: string,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<LiveReader> {
    return new Promise((resolve, reject) => {
      httpRequest(
        new URL(`/v1/workspaces/default/${path}`, url),
        {
          headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
          agent: false,
        },
        (answer) => resolve(new LiveReader(answer)),
      )
        .on('error', reject)
        .end();
    });
  }

  get status(): number | undefined {
    return this.answer.statusCode;
  }
  get ended(): boolean {
    return this.answer.closed || this.answer.readableEnded;
  }

  private take(chunk: string): void {
    this.buffer += chunk;
    const frames = this.buffer.split('\n\n');
    this.buffer = frames.pop() ?? '';
    for (const frame of frames) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
      const id = field('id');
      if (id !== undefined) this.lastEventId = id;
      const data = field('data');
      if (data !== undefined)
        this.events.push({
          id: Number(id),
          event: field('event')!,
          data: JSON.parse(data) as LiveEvent['data'],
        });
    }
    this.announce();
  }

  private announce(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  pause(): void {
    this.answer.pause();
  }
  resume(): void {
    this.answer.resume();
  }
  close(): void {
    this.answer.destroy();
  }
}
