import type { Ledger } from '@casebook/ledger';
import { Counter, Gauge, Histogram, type Metric } from 'prom-client';

/** Upper bounds in seconds: from a commit on a local disk to the longest wait of a command. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COMMANDS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The appends of this process. An erasure counts as a batch of one command. */
export function ledgerFigures(ledger: Ledger): Metric[] {
  const latency = new Histogram({
    name: 'casebook_append_seconds',
    help: 'From the arrival of the oldest command of each batch until the batch is durable.',
    buckets: SECONDS,
    registers: [],
  });
  const batches = new Histogram({
    name: 'casebook_batch_commands',
    help: 'Commands appended together in one transaction.',
    buckets: COMMANDS,
    registers: [],
  });
  const appended = new Counter({
    name: 'casebook_appended_events_total',
    help: 'Events appended by this process since its start.',
    registers: [],
  });
  ledger.onCommitted((_workspaceId, events, { commands, waited }) => {
    latency.observe(waited / 1000);
    batches.observe(commands);
    appended.inc(events.length);
  });
  const trouble = new Gauge({
    name: 'casebook_commands_failing',
    help: '1 if this process cannot record commands at the moment (see GET /health/ready); 0 otherwise.',
    registers: [],
    collect() {
      this.set(ledger.trouble === null ? 0 : 1);
    },
  });
  return [latency, batches, appended, trouble];
}
