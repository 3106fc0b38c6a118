import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Service, type Usage } from './http.js';
import type { Bench } from './rounds.js';

/** So many lines from one look at the service's memory to the next. */
const STEPS = 10;
const LINES_A_PART = 100;

/** Claims, and attacks of which each has the claim before it as evidence. */
function lineOf(n: number, claim: unknown): string {
  return `${JSON.stringify(
    n % 2 === 0
      ? { key: `line-${n}`, command: 'tag-claim', body: claim }
      : {
          key: `line-${n}`,
          command: 'record-attack',
          body: { summary: `Attack ${n} of a long list`, evidence: [`$line-${n - 1}`] },
        },
  )}\n`;
}

/**
 * One import of so many annotations into one incident, to its end, and what memory the service has on the way; at the end also after all
 * garbage was collected, which tells what is held from what was merely not collected yet.
 */
export async function importOf(bench: Bench, lines: number): Promise<void> {
  const service = await Service.start(bench.url);
  try {
    const [path = ''] = await service.openIncidents(1);
    const claim: unknown = JSON.parse(service.claim);
    const { micros: before } = await service.usage();
    const postgresBefore = bench.cpu.micros();
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    console.log(
      '| lines | s | resident MB | most so far | heap in use |\n| ---: | ---: | ---: | ---: | ---: |',
    );
    const tell = (done: number | string, { memoryMb, mostMb, heapMb }: Usage): void =>
      console.log(`| ${[done, seconds(), memoryMb, mostMb, heapMb].map(rounded).join(' | ')} |`);
    tell(0, await service.usage());

    const outgoing = request(new URL(path.replace(/claims$/, 'import'), service.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/x-ndjson' },
    });
    const sent = send(outgoing, lines, claim);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    let end: unknown;
    for await (const text of createInterface({ input: answer })) {
      const report = JSON.parse(text) as { type: string; lines: number; recorded: number };
      if (report.type === 'refused') throw new Error(text);
      if (report.type === 'end') end = report;
      else if (report.lines % (lines / STEPS) === 0) tell(report.lines, await service.usage());
    }
    await sent;
    if ((end as { recorded?: number } | undefined)?.recorded !== lines)
      throw new Error(`The import ended with ${JSON.stringify(end)}`);
    const took = seconds();
    const { micros, mostMb } = await service.usage();
    tell('all garbage collected', await service.usageCollected());
    bench.report([
      {
        measure: 'import',
        clients: 1,
        contender: `${lines.toLocaleString('en')} lines`,
        median: {
          perSecond: lines / took,
          p50Ms: NaN,
          p99Ms: NaN,
          nodeMicros: (micros - before) / lines,
          postgresMicros: (bench.cpu.micros() - postgresBefore) / lines,
          memoryMb: mostMb,
        },
      },
    ]);
  } finally {
    await service.stop();
  }
}

const rounded = (value: number | string): string => (typeof value === 'number' ? value.toFixed(0) : value);

async function send(outgoing: ClientRequest, lines: number, claim: unknown): Promise<void> {
  for (let n = 0; n < lines; n += LINES_A_PART) {
    const part = Array.from({ length: LINES_A_PART }, (_, i) => lineOf(n + i, claim)).join('');
    if (!outgoing.write(part)) await once(outgoing, 'drain');
  }
  outgoing.end();
}
