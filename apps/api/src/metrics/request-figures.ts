import { Counter, Gauge, type Metric } from 'prom-client';
import type { Refusals } from '../access/refusals.js';
import type { LiveFeed } from '../live/live-feed.js';

/** Refused attempts and live feeds. */
export function requestFigures(refusals: Refusals, feed: LiveFeed): Metric[] {
  return [
    new Counter({
      name: 'casebook_refused_attempts_total',
      help: 'Refused attempts since the start: written to GET …/refusals, or lost before they were written.',
      labelNames: ['outcome'],
      registers: [],
      collect() {
        this.reset();
        this.inc({ outcome: 'recorded' }, refusals.tally.recorded);
        this.inc({ outcome: 'lost' }, refusals.tally.lost);
      },
    }),
    new Gauge({
      name: 'casebook_live_readers',
      help: 'Live feeds open on this process.',
      registers: [],
      collect() {
        this.set(feed.seats.count);
      },
    }),
  ];
}
