import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on standard error, if it is a terminal. */
export interface Progress {
  update(value: number, total: number): void;
  stop(): void;
}

export function progressBar(doing: string, unit: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: `${doing} {bar} {value}/{total} ${unit}, {eta} s left`, stream: process.stderr },
    Presets.shades_classic,
  );
  return {
    update(value, total) {
      if (!bar.isActive) bar.start(total, value);
      bar.setTotal(total);
      bar.update(value);
    },
    stop: () => bar.stop(),
  };
}
