import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const REGISTER = new URL('./register-typescript.mjs', import.meta.url).href;

/** Whether tests start the compiled program. `.ci/run` compiles it before it sets the variable. */
export const isCompiled = process.env['CASEBOOK_TEST_COMPILED'] === '1';

/**
 * Starts a file of this repository in a Node process of its own, TypeScript uncompiled, with an IPC channel (`send`, `message`) and its
 * standard error passed on. Whoever starts it ends it.
 */
export function startProgram(
  file: string | URL,
  args: readonly string[] = [],
  options: SpawnOptions = {},
): ChildProcess {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  // Compiled, it starts in half the time without the loader.
  const loader = isCompiled && !path.endsWith('.ts') ? [] : ['--import', REGISTER];
  return spawn(process.execPath, [...loader, path, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    ...options,
  });
}

export const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

/** Ends a program, unless it has ended, and waits until it has. SIGKILL ends one that is frozen, too. */
export async function endProgram(program: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(program)) return;
  const ended = once(program, 'exit');
  program.kill(signal);
  await ended;
}

/** The next message of a program, or an error when it ends without one. */
export function nextMessage<T>(program: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      program.off('exit', onExit);
      resolve(message as T);
    };
    const onExit = (code: number | null, signal: string | null): void => {
      program.off('message', onMessage);
      reject(new Error(`The program ended (${signal ?? code}) before it said anything.`));
    };
    program.once('message', onMessage);
    program.once('exit', onExit);
  });
}
