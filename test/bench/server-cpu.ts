import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts processor time in, on every Linux that Node runs on. */
const TICK_MICROS = 10_000;

/** The processor time that a server's processes have used, from /proc; NaN on other systems. */
export class ServerCpu {
  /** @param postmaster the server's main process. */
  constructor(private readonly postmaster: number) {}

  /** Microseconds of all processes of the server since it started, those that have ended included. */
  micros(): number {
    let ticks = 0;
    try {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        const stat = statOf(pid);
        if (!stat) continue;
        if (Number(pid) === this.postmaster) ticks += stat.own + stat.reaped;
        else if (stat.parent === this.postmaster) ticks += stat.own;
      }
    } catch {
      return NaN;
    }
    return ticks * TICK_MICROS;
  }
}

function statOf(pid: string): { parent: number; own: number; reaped: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // It ended since the folder was read.
    return null;
  }
  // proc(5): the name in parentheses may hold anything, so the fields are counted from its end; the first there is field 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  return { parent: field(4), own: field(14) + field(15), reaped: field(16) + field(17) };
}
