import type { Result } from './rounds.js';

/** What a figure should be at least (or at most, where `most`): the bar, and what we aim at. */
interface Goal {
  readonly says: string;
  readonly bar: number;
  readonly aim: number;
  readonly most?: true;
  /** NaN where it was not measured. */
  readonly figure: (of: Figures) => number;
}

type Figures = (measure: string, clients: number, contender: string) => Result['median'];

const UNMEASURED: Result['median'] = {
  perSecond: NaN,
  p50Ms: NaN,
  p99Ms: NaN,
  nodeMicros: NaN,
  postgresMicros: NaN,
  memoryMb: NaN,
};

const cpu = ({ nodeMicros, postgresMicros }: Result['median']): number => nodeMicros + postgresMicros;

/** How often one contender does what the other does once. */
const times = (measure: string, clients: number, ours: string, theirs: string) => (of: Figures) =>
  of(measure, clients, ours).perSecond / of(measure, clients, theirs).perSecond;

const GOALS: readonly Goal[] = [
  {
    says: 'appends at 64 writers beside Emmett, times',
    bar: 8,
    aim: 12,
    figure: times('append', 64, 'casebook', 'emmett'),
  },
  {
    says: 'the same beside raw single-row INSERTs, times',
    bar: 2,
    aim: 2.5,
    figure: times('append', 64, 'casebook', 'raw'),
  },
  {
    says: 'at 256 writers beside Emmett, times',
    bar: 12,
    aim: 16,
    figure: times('append', 256, 'casebook', 'emmett'),
  },
  {
    says: '1 writer beside raw INSERT, times',
    bar: 0.6,
    aim: 0.75,
    figure: times('append', 1, 'casebook', 'raw'),
  },
  {
    says: 'with the inline incident view, 64 writers, beside Emmett with an inline projection, times',
    bar: 10,
    aim: 13,
    figure: times('view', 64, 'casebook', 'emmett'),
  },
  {
    says: 'beside message-db, 64 writers, times',
    bar: 8,
    aim: 12,
    figure: times('message-db', 64, 'casebook', 'message-db'),
  },
  {
    says: 'p99 at 64 writers, parts of Emmett’s',
    bar: 1 / 3,
    aim: 1 / 8,
    most: true,
    figure: (of) => of('append', 64, 'casebook').p99Ms / of('append', 64, 'emmett').p99Ms,
  },
  {
    says: 'two service processes on one workspace beside one, times',
    bar: 0.8,
    aim: 1,
    figure: times('processes', 64, 'two processes', 'one process'),
  },
  {
    says: 'one hot incident with 64 writers beside spread load, times',
    bar: 0.8,
    aim: 1,
    figure: times('hot', 64, 'one hot incident', 'casebook'),
  },
  {
    says: '10,000,000 events stored beside 10,000, times',
    bar: 0.9,
    aim: 0.98,
    figure: times('stored', 64, '10,000,000 stored', '10,000 stored'),
  },
  {
    says: 'CPU an event at 64 writers, PostgreSQL and Node together, parts of a raw INSERT’s',
    bar: 0.25,
    aim: 0.2,
    most: true,
    figure: (of) => cpu(of('append', 64, 'casebook')) / cpu(of('append', 64, 'raw')),
  },
  {
    says: 'resident memory of a writing process at 64 writers, MB',
    bar: 250,
    aim: 180,
    most: true,
    figure: (of) => of('processes', 64, 'one process').memoryMb,
  },
  {
    says: 'resident memory of the service at 64 connections, MB',
    bar: 250,
    aim: 180,
    most: true,
    figure: (of) => of('peers', 64, 'casebook over HTTP').memoryMb,
  },
  {
    says: 'proofs, p99 at 1,000,000 events beside 10,000, times',
    bar: 3,
    aim: 2,
    most: true,
    figure: (of) => of('proofs', 1, '1,000,000 events').p99Ms / of('proofs', 1, '10,000 events').p99Ms,
  },
  {
    says: 'whole commands over HTTP at 64 connections beside Emmett over Express with an inline projection, times',
    bar: 6.5,
    aim: 8,
    figure: times('peers', 64, 'casebook over HTTP', 'emmett with view'),
  },
  {
    says: 'the same at 1 connection beside Emmett over Express without a projection, times',
    bar: 1,
    aim: 1.5,
    figure: times('peers', 1, 'casebook over HTTP', 'emmett without view'),
  },
  {
    says: 'their p99 at 64 connections, parts of that of Emmett with a projection',
    bar: 1 / 3,
    aim: 1 / 4,
    most: true,
    figure: (of) => of('peers', 64, 'casebook over HTTP').p99Ms / of('peers', 64, 'emmett with view').p99Ms,
  },
  {
    says: 'processor time of Node a command at 64 connections, µs',
    bar: 240,
    aim: 180,
    most: true,
    figure: (of) => of('peers', 64, 'casebook over HTTP').nodeMicros,
  },
  {
    says: 'a view rebuilt beside Emmett’s own rebuild of the same, times',
    bar: 10,
    aim: 20,
    figure: times('rebuild', 1, 'rebuild', 'emmett’s rebuild'),
  },
  ...[1, 16].flatMap((clients): Goal[] => [
    {
      says: `a stream of 100 events read, ${clients} at a time, beside readStream of Emmett, times`,
      bar: 2,
      aim: 4,
      figure: times('read', clients, 'casebook', 'emmett'),
    },
    {
      says: `the same, folded, beside aggregateStream of Emmett, times`,
      bar: 2,
      aim: 4,
      figure: times('fold', clients, 'casebook', 'emmett'),
    },
  ]),
  {
    says: 'a view rebuilt from 1,000,000 events beside a cursor scan of them with JSON.parse, times',
    bar: 0.6,
    aim: 1,
    figure: times('rebuild', 1, 'rebuild', 'cursor scan'),
  },
  {
    says: 'resident memory of the rebuild at most, MB',
    bar: 300,
    aim: 200,
    most: true,
    figure: (of) => of('rebuild', 1, 'rebuild').memoryMb,
  },
  ...[100, 1000, 20_000].map((events): Goal => ({
    says: `an incident of ${events.toLocaleString('en')} events as of any position, p99 beside now, times`,
    bar: 3,
    aim: 1,
    most: true,
    figure: (of) => of('past', events, 'as of').p99Ms / of('past', events, 'now').p99Ms,
  })),
  ...[
    'any word',
    'every row',
    'phrase',
    'no such phrase',
    'prefix',
    'filters',
    'as of',
    'every row then',
    'list',
  ].map((contender): Goal => ({
    says: `100,000 annotations, ${contender === 'list' ? 'a page of a list' : `a search (${contender})`}, p99, ms`,
    bar: 100,
    aim: 50,
    most: true,
    figure: (of) => of('search', 100_000, contender).p99Ms,
  })),
];

/** A Markdown table of the goals that these results tell something about. */
export function goalsTable(results: readonly Result[]): string {
  const figures: Figures = (measure, clients, contender) =>
    results.find(
      (each) => each.measure === measure && each.clients === clients && each.contender === contender,
    )?.median ?? UNMEASURED;
  const lines = GOALS.flatMap(({ says, bar, aim, most, figure }) => {
    const value = figure(figures);
    if (Number.isNaN(value)) return [];
    const meets = (goal: number): boolean => (most ? value <= goal : value >= goal);
    const verdict = meets(aim) ? 'aim met' : meets(bar) ? 'bar met' : 'missed';
    return [`| ${says} | ${short(value)} | ${most ? '≤ ' : ''}${short(bar)} | ${short(aim)} | ${verdict} |`];
  });
  return ['| measure | figure | bar | aim | |', '| --- | ---: | ---: | ---: | --- |', ...lines].join('\n');
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
