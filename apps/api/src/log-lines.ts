import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** So many characters are written at once, and fewer after so many milliseconds. */
const TOGETHER = 4096;
const WAITING_MS = 100;
/** What a reader who has fallen behind may still get, in characters; lines on top of it are lost. */
const KEPT = 1024 * 1024;

/**
 * Where log lines go: gathered, and written some at a time; the last ones when the process ends, also by an error that nobody caught. A
 * log is no reason to stop or to wait: what cannot be written (a terminal that is gone, a full disk) is lost.
 *
 * Not pino's own destination, which does not end while lines are left for a pipe that broke (sonic-boom 4, flushSync).
 */
export class LogLines {
  private lines = '';
  private readonly timer: NodeJS.Timeout;
  private readonly atExit = (): void => this.flush();

  /** On a terminal lines that a person can read, elsewhere the JSON as it is. */
  static async on(fd: number): Promise<LogLines> {
    if (!isatty(fd)) return new LogLines(fd);
    const { prettyFactory } = await import('pino-pretty');
    return new LogLines(
      fd,
      prettyFactory({
        colorize: process.env['NO_COLOR'] === undefined,
        ignore: 'requestId',
        translateTime: 'SYS:HH:MM:ss',
        singleLine: true,
      }),
    );
  }

  constructor(
    private readonly fd: number,
    private readonly written: (line: string) => string = (line) => line,
  ) {
    this.timer = setInterval(() => this.flush(), WAITING_MS);
    this.timer.unref();
    process.on('exit', this.atExit);
  }

  write(line: string): void {
    if (this.lines.length < KEPT) this.lines += this.written(line);
    if (this.lines.length >= TOGETHER) this.flush();
  }

  flush(): void {
    let bytes = Buffer.from(this.lines);
    this.lines = '';
    try {
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.fd, bytes));
    } catch (error) {
      // A pipe that is full takes them later.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') this.lines = bytes.toString();
    }
  }

  close(): void {
    clearInterval(this.timer);
    process.off('exit', this.atExit);
    this.flush();
  }
}
