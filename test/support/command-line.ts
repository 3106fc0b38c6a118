import type { ChildProcess } from 'node:child_process';
import { isCompiled, startProgram, temporaryHome } from '@casebook/testing';
import { join } from 'node:path';

/** The sources, or the compiled program where somebody has compiled it for this run: it starts in a tenth of the time. */
const MAIN = new URL(
  isCompiled ? '../../dist/casebook/main.js' : '../../apps/cli/src/main.ts',
  import.meta.url,
);

export interface EndedCommand {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One `casebook …` in a process of its own. */
export interface StartedCommand {
  readonly program: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  readonly ended: Promise<EndedCommand>;
  /** Waits until it has said this, on either stream. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<EndedCommand>;
  /** As Ctrl-C does. */
  interrupt(): void;
}

/** The command line as its users have it: processes that share a folder, and none of the settings of the test run. */
export class CommandLine {
  private readonly folder = temporaryHome();
  private readonly running = new Set<ChildProcess>();

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @param input what it reads from standard input; nothing by default */
  start(
    args: readonly string[],
    env: Record<string, string> = {},
    input?: string | Uint8Array,
  ): StartedCommand {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(CASEBOOK_|DATABASE_URL|PORT|HOST|NODE_OPTIONS|LOG_LEVEL)/.test(name),
    );
    const program = startProgram(MAIN, args, {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: {
        ...Object.fromEntries(inherited),
        CASEBOOK_HOME: this.path('home'),
        PORT: '0',
        LOG_LEVEL: 'warn',
        ...env,
      },
      cwd: this.folder,
    });
    this.running.add(program);
    program.stdin?.end(input);
    const said = { stdout: '', stderr: '' };
    program.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    program.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const ended = new Promise<EndedCommand>((resolve) => {
      program.once('close', (code) => {
        this.running.delete(program);
        resolve({ code, ...said });
      });
    });
    return {
      program,
      said,
      ended,
      says: (pattern) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            const found = pattern.exec(`${said.stdout}\n${said.stderr}`);
            if (found !== null) resolve(found);
          };
          program.stdout?.on('data', look);
          program.stderr?.on('data', look);
          look();
          void ended.then(({ code }) =>
            reject(
              new Error(`ended with ${code} before it said ${pattern}:\n${said.stdout}\n${said.stderr}`),
            ),
          );
        }),
      stop: () => {
        program.kill('SIGTERM');
        return ended;
      },
      interrupt: () => void program.kill('SIGINT'),
    };
  }

  /** Stops what still runs. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.running].map(
        (program) =>
          new Promise((resolve) => {
            program.once('close', resolve);
            program.kill('SIGTERM');
          }),
      ),
    );
  }
}
