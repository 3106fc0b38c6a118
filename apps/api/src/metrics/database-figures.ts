import type { ProjectionQueries } from '@casebook/projections';
import type { Pool } from 'pg';
import { Gauge, type Metric } from 'prom-client';

export interface MeasuredDatabase {
  readonly pool: Pool;
  readonly views: Pick<ProjectionQueries, 'lags'>;
}

/** How long a scrape waits for the database, in milliseconds. */
const PATIENCE_MS = 2_000;

interface Found {
  readonly lags: ReadonlyMap<string, number>;
  readonly unsignedSeconds: number;
}

/** Figures from the database, queried once per scrape. If it does not answer in time, there is only `casebook_database_up`. */
export function databaseFigures({ pool, views }: MeasuredDatabase): Metric[] {
  let asked: Promise<Found | null> | undefined;
  const found = (): Promise<Found | null> =>
    (asked ??= inTime(
      Promise.all([views.lags(), unsignedSeconds(pool)]).then(([lags, seconds]) => ({
        lags,
        unsignedSeconds: seconds,
      })),
    ).finally(() => (asked = undefined)));
  return [
    new Gauge({
      name: 'casebook_database_up',
      help: `1 if the database answered this scrape within ${PATIENCE_MS / 1000} s; 0 otherwise, and the figures from the database are missing.`,
      registers: [],
      async collect() {
        this.set((await found()) === null ? 0 : 1);
      },
    }),
    new Gauge({
      name: 'casebook_view_lag_events',
      help: 'How many events each view is behind its ledger, in the workspace where it is furthest behind.',
      labelNames: ['view'],
      registers: [],
      async collect() {
        const answer = await found();
        this.reset();
        for (const [view, events] of answer?.lags ?? []) this.set({ view }, events);
      },
    }),
    new Gauge({
      name: 'casebook_checkpoint_age_seconds',
      help: 'Age of the oldest event that no signed checkpoint covers, in the workspace where it is oldest; 0 if every ledger is signed.',
      registers: [],
      async collect() {
        const answer = await found();
        if (answer === null) this.remove();
        else this.set(answer.unsignedSeconds);
      },
    }),
  ];
}

async function unsignedSeconds(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>(
    `SELECT coalesce(greatest(0, extract(epoch FROM now() - min(e.recorded_at))), 0)::double precision AS seconds
     FROM ledger_heads h
     CROSS JOIN LATERAL (SELECT coalesce(max(p.size), 0) AS signed FROM ledger_checkpoints p
       WHERE p.workspace_id = h.workspace_id) c
     JOIN events e ON e.workspace_id = h.workspace_id AND e.position = c.signed + 1
     WHERE h.size > c.signed`,
  );
  return rows[0]!.seconds;
}

/** `null` if the database does not answer, or not in time. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
