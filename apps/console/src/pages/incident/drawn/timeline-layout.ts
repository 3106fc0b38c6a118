import { scaleUtc } from 'd3-scale';
import type { Scorecard, Timeline } from '../../../data/analysis.js';

const DAY = 86_400_000;
export const ROW = 38;
const AXIS = 30;
const SLOPE = 64;
const EDGE = 14;
const TICK_WIDTH = 110;

export interface Bar {
  readonly id: string;
  readonly kind: 'warning' | 'attack';
  readonly summary: string;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly openStart: boolean;
  readonly openEnd: boolean;
  readonly approximate: boolean;
  readonly uncertain: boolean;
  /** The lead times of its links. */
  readonly leads: readonly Lead[];
  /** Its place on the axis of when we learned of it. */
  readonly learned: number | undefined;
}

/** Minimum and maximum days; null: unbounded. */
export type Lead = readonly [number | null, number | null];

export interface Arc {
  readonly id: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly lead: Lead | undefined;
}

export interface Layout {
  readonly height: number;
  readonly axis: number;
  readonly learnedAxis: number;
  readonly bars: readonly Bar[];
  readonly arcs: readonly Arc[];
  readonly happenedTicks: readonly Tick[];
  readonly learnedTicks: readonly Tick[];
}

export interface Tick {
  readonly x: number;
  readonly label: string;
}

type Entry = Timeline['entries'][number];

const timesOf = ({ bounds }: Entry): number[] =>
  [bounds?.earliest, bounds?.latest].flatMap((each) => (each == null ? [] : [Date.parse(each)]));

/** A scale over some times with room at both ends; over at least a day, so that events within a second are close together. */
function scaleOver(times: readonly number[], width: number) {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((last - first) * 0.06, (DAY - (last - first)) / 2);
  return scaleUtc()
    .domain([first - room, last + room])
    .range([EDGE, Math.max(EDGE + 1, width - EDGE)]);
}

function ticksOf(scale: ReturnType<typeof scaleOver>, width: number): Tick[] {
  const [from, to] = scale.domain().map(Number) as [number, number];
  const format = formatFor(to - from);
  return scale
    .ticks(Math.max(2, Math.floor(width / TICK_WIDTH)))
    .map((time) => ({ x: scale(time), label: format.format(time) }))
    .filter(({ x }) => x > TICK_WIDTH / 2 && x < width - TICK_WIDTH / 2);
}

/** A tick shows its day, and the hour if a day has several. */
function formatFor(span: number): Intl.DateTimeFormat {
  const day = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;
  if (span < 3 * DAY) return new Intl.DateTimeFormat('en-GB', { ...day, hour: '2-digit', minute: '2-digit' });
  if (span < 800 * DAY) return new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric' });
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' });
}

/** The layout of the timeline: warnings above the axis, attacks below, and underneath when each was learned of. */
export function layOutTimeline(
  entries: readonly Entry[],
  scorecard: Scorecard | undefined,
  learnedAt: ReadonlyMap<string, string>,
  width: number,
): Layout | undefined {
  const dated = entries.filter((entry) => timesOf(entry).length > 0);
  if (dated.length === 0 || width < 100) return undefined;
  const happened = scaleOver(dated.flatMap(timesOf), width);
  const learnedTimes = dated.flatMap(({ id }) => {
    const at = learnedAt.get(id);
    return at === undefined ? [] : [Date.parse(at)];
  });
  const learned = learnedTimes.length === 0 ? undefined : scaleOver(learnedTimes, width);
  const warnings = dated.filter(({ kind }) => kind === 'warning');
  const attacks = dated.filter(({ kind }) => kind === 'attack');
  const axis = warnings.length * ROW + 8;
  const bars = [
    ...warnings.map((entry, index) => ({ entry, y: index * ROW + ROW - 12 })),
    ...attacks.map((entry, index) => ({ entry, y: axis + AXIS + index * ROW + ROW - 12 })),
  ].map(({ entry, y }): Bar => {
    const bounds = entry.bounds!;
    const at = learnedAt.get(entry.id);
    const [x1, x2] = [
      bounds.earliest === null ? EDGE : happened(Date.parse(bounds.earliest)),
      bounds.latest === null ? width - EDGE : happened(Date.parse(bounds.latest)),
    ];
    return {
      id: entry.id,
      kind: entry.kind,
      summary: entry.summary,
      x1,
      x2: Math.max(x2, x1 + 6),
      y,
      openStart: bounds.earliest === null,
      openEnd: bounds.latest === null,
      approximate: bounds.approximate,
      uncertain: bounds.uncertain,
      leads: leadsOf(scorecard, entry.id),
      learned: at === undefined || learned === undefined ? undefined : learned(Date.parse(at)),
    };
  });
  const foot = axis + AXIS + attacks.length * ROW;
  return {
    height: foot + SLOPE + AXIS,
    axis,
    learnedAxis: foot + SLOPE,
    bars,
    arcs: arcsOf(scorecard, bars),
    happenedTicks: ticksOf(happened, width),
    learnedTicks: learned === undefined ? [] : ticksOf(learned, width),
  };
}

function leadsOf(scorecard: Scorecard | undefined, warning: string): Lead[] {
  const links = scorecard?.warnings.find(({ warningId }) => warningId === warning)?.links ?? [];
  return links.flatMap(({ leadTime }) =>
    leadTime === null ? [] : [[leadTime.minDays, leadTime.maxDays] as const],
  );
}

function arcsOf(scorecard: Scorecard | undefined, bars: readonly Bar[]): Arc[] {
  return (scorecard?.warnings ?? []).flatMap(({ warningId, links }) =>
    links.flatMap(({ linkId, attackId, leadTime }): Arc[] => {
      const from = bars.find(({ id }) => id === warningId);
      const to = bars.find(({ id }) => id === attackId);
      if (from === undefined || to === undefined) return [];
      const lead = leadTime === null ? undefined : ([leadTime.minDays, leadTime.maxDays] as const);
      const middle = ({ x1, x2, y }: Bar) => ({ x: (x1 + x2) / 2, y });
      return [{ id: linkId, from: middle(from), to: middle(to), lead }];
    }),
  );
}
