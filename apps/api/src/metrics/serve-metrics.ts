import { timingSafeEqual } from 'node:crypto';
import { Ledger, sha256 } from '@casebook/ledger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Refusals } from '../access/refusals.js';
import { bearerToken } from '../access/tokens.js';
import { ProblemError } from '../http/problem.js';
import { LiveFeed } from '../live/live-feed.js';
import { databaseFigures, type MeasuredDatabase } from './database-figures.js';
import { ledgerFigures } from './ledger-figures.js';
import { requestFigures } from './request-figures.js';

/**
 * Serves the figures of this process in the text format of Prometheus to callers who send `token`. They
 * concern every workspace, so no member's token is accepted, not even an admin's.
 */
export function serveMetrics(app: NestFastifyApplication, database: MeasuredDatabase, token: string): void {
  const expected = sha256(token);
  const registry = new Registry();
  // Event loop delay, memory, garbage collection and processor time.
  collectDefaultMetrics({ register: registry });
  for (const metric of [
    ...ledgerFigures(app.get(Ledger)),
    ...requestFigures(app.get(Refusals), app.get(LiveFeed)),
    ...databaseFigures(database),
  ])
    registry.registerMetric(metric);
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
