import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on standard error, where somebody watches it. */
export interface Progress {
  update(value: number): void;
  stop(): void;
}

export function progressBar(doing: string, total: number, unit: string): Progress {
  if (!process.stderr.isTTY || total === 0) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: `${doing} {bar} {value}/{total} ${unit}, {eta} s left`, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return bar;
}
