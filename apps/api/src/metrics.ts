import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '@casebook/ledger';
import type { ProjectionQueries } from '@casebook/projections';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Refusals } from './access/refusals.js';
import { bearerToken } from './access/tokens.js';
import { ProblemError } from './http/problem.js';
import { LiveFeed } from './live/live-feed.js';

/** How long a scrape waits for the database, in milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Serves the figures of this process in the text format of Prometheus to callers who send `token`. They
 * concern every workspace, so no member's token is accepted, not even an admin's.
 */
export function serveMetrics(
  app: NestFastifyApplication,
  views: Pick<ProjectionQueries, 'lags'>,
  token: string,
): void {
  const expected = sha256(token);
  const registry = figuresOf(app.get(Refusals), app.get(LiveFeed), views);
  app
    .getHttpAdapter()
    .getInstance()
    .get('/metrics', async ({ headers }, reply) => {
      const sent = bearerToken(headers.authorization);
      if (sent === undefined || !timingSafeEqual(sha256(sent), expected)) {
        throw new ProblemError(
          'unauthenticated',
          'Send the token of CASEBOOK_METRICS_TOKEN in the header Authorization: Bearer …. Tokens of members are not accepted here.',
          {},
          { 'www-authenticate': 'Bearer realm="casebook-metrics"' },
        );
      }
      void reply.header('cache-control', 'no-store').type(registry.contentType);
      return registry.metrics();
    });
}

/** The figures of the process, each read when it is scraped. */
function figuresOf(refusals: Refusals, feed: LiveFeed, views: Pick<ProjectionQueries, 'lags'>): Registry {
  const registry = new Registry();
  // Event loop delay, memory, garbage collection and processor time.
  collectDefaultMetrics({ register: registry });
  const refused = new Counter({
    name: 'casebook_refused_attempts_total',
    help: 'Refused attempts since the start: written to GET …/refusals, or lost on the way there.',
    labelNames: ['outcome'],
    registers: [],
    collect() {
      this.reset();
      this.inc({ outcome: 'recorded' }, refusals.tally.recorded);
      this.inc({ outcome: 'lost' }, refusals.tally.lost);
    },
  });
  const readers = new Gauge({
    name: 'casebook_live_readers',
    help: 'Live feeds that are open at this process.',
    registers: [],
    collect() {
      this.set(feed.seats.count);
    },
  });
  // Both of the next figures come of one answer to each scrape.
  let asked: ReturnType<typeof lags> | undefined;
  const lags = () => inTime(views.lags()).finally(() => (asked = undefined));
  const reachable = new Gauge({
    name: 'casebook_database_up',
    help: `1 if the database answered this scrape within ${PATIENCE_MS / 1000} s; 0 otherwise, and the lag of the views is missing.`,
    registers: [],
    async collect() {
      this.set((await (asked ??= lags())) === null ? 0 : 1);
    },
  });
  const lag = new Gauge({
    name: 'casebook_view_lag_events',
    help: 'By how many events each view is behind its ledger, in the workspace where it is furthest behind.',
    labelNames: ['view'],
    registers: [],
    async collect() {
      const found = await (asked ??= lags());
      this.reset();
      for (const [view, events] of found ?? []) this.set({ view }, events);
    },
  });
  registry.registerMetric(refused);
  registry.registerMetric(readers);
  registry.registerMetric(lag);
  registry.registerMetric(reachable);
  return registry;
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
