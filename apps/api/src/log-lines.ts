import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Characters written at once, and the milliseconds after which fewer are written. */
const TOGETHER = 4096;
const WAITING_MS = 100;
/** Maximum characters buffered for a slow reader; further lines are lost. */
const KEPT = 1024 * 1024;

/**
 * The destination of log lines, which are buffered and written in batches; the last ones when the process ends, even
 * by an uncaught error. Logging never stops or delays the service: lines that cannot be written (a closed terminal, a
 * full disk) are lost.
 *
 * Not pino's own destination, which never ends while lines are left for a broken pipe (sonic-boom 4, flushSync).
 */
export class LogLines {
  private lines = '';
  private readonly timer: NodeJS.Timeout;
  private readonly atExit = (): void => this.flush();

  /** Human-readable lines on a terminal, plain JSON elsewhere. */
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
      // A full pipe takes them later.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') this.lines = bytes.toString();
    }
  }

  close(): void {
    clearInterval(this.timer);
    process.off('exit', this.atExit);
    this.flush();
  }
}
