import { serve } from './serve.js';
import { InvalidSettings, readSettings } from './settings.js';

/** Serves until SIGINT or SIGTERM, then stops in order. A second signal does not wait. */
export async function run(variables: NodeJS.ProcessEnv): Promise<void> {
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  let interrupted = false;
  let stop = (): void => {
    interrupted = true;
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (interrupted) process.exit(130);
    report(`\n${signal}: stopping …`);
    interrupted = true;
    stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const service = await serve(readSettings(variables), report);
    stop = () => {
      service.stop().then(
        () => {
          report('Stopped.');
          process.exit(0);
        },
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    };
    if (interrupted) stop();
  } catch (error) {
    const text =
      error instanceof InvalidSettings
        ? `Wrong settings:\n${error.message}`
        : error instanceof Error
          ? error.message
          : String(error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}
