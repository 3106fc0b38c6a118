import { useMemo } from 'react';
import { useAddress } from '../../../address/address.js';
import type { Scorecard, Timeline } from '../../../data/analysis.js';
import { strings } from '../../../strings/incident.js';
import { type Arc, type Bar, layOutTimeline, type Tick } from './timeline-layout.js';
import css from './drawn.module.css';
import { cut, useWidth } from './use-width.js';

const text = strings.timeline;

interface DrawingProps {
  readonly timeline: Timeline;
  readonly scorecard: Scorecard | undefined;
  readonly learnedAt: ReadonlyMap<string, string>;
}

/** Two axes: when things happened, with warnings above and attacks below; and when we learned of them. The table beside has the same data. */
export function TimelineDrawing({ timeline, scorecard, learnedAt }: DrawingProps) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { on, change } = useAddress();
  const layout = useMemo(
    () => layOutTimeline(timeline.entries, scorecard, learnedAt, width),
    [timeline.entries, scorecard, learnedAt, width],
  );
  const pick = (id: string): void => change({ on: id, edit: undefined, new: undefined });
  return (
    <div ref={ref} className={css['drawing']}>
      {layout !== undefined && (
        <svg
          width={width}
          height={layout.height}
          role="img" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
          aria-label={text.drawing}
        >
          <defs>
            <pattern
              id="hatch"
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="3" height="6" className={css['hatch']} />
            </pattern>
          </defs>
          {layout.bars.map((bar) => (
            <Slope key={bar.id} bar={bar} axis={layout.learnedAxis} chosen={bar.id === on} />
          ))}
          {layout.arcs.map((arc) => (
            <LinkArc key={arc.id} arc={arc} chosen={arc.id === on} onPick={() => pick(arc.id)} />
          ))}
          <Axis y={layout.axis} width={width} ticks={layout.happenedTicks} label={text.happened} />
          <Axis y={layout.learnedAxis} width={width} ticks={layout.learnedTicks} label={text.learned} />
          {layout.bars.map((bar) => (
            <DrawnBar
              key={bar.id}
              bar={bar}
              width={width}
              chosen={bar.id === on}
              onPick={() => pick(bar.id)}
            />
          ))}
        </svg>
      )}
    </div>
  );
}

function Axis({
  y,
  width,
  ticks,
  label,
}: {
  readonly y: number;
  readonly width: number;
  readonly ticks: readonly Tick[];
  readonly label: string;
}) {
  return (
    <g className={css['axis']}>
      <line x1={0} x2={width} y1={y} y2={y} />
      {ticks.map(({ x, label: tick }) => (
        <g key={x}>
          <line x1={x} x2={x} y1={y} y2={y + 4} />
          <text x={x} y={y + 15} textAnchor="middle">
            {tick}
          </text>
        </g>
      ))}
      <text x={0} y={y + 28} className={css['axisName']}>
        {label}
      </text>
    </g>
  );
}

/** The curve from the event to when it was learned of. */
function Slope({
  bar,
  axis,
  chosen,
}: {
  readonly bar: Bar;
  readonly axis: number;
  readonly chosen: boolean;
}) {
  if (bar.learned === undefined) return null;
  const from = (bar.x1 + bar.x2) / 2;
  return (
    <g className={css['slope']} data-chosen={chosen ? '' : undefined}>
      <path
        d={`M${from} ${bar.y} C${from} ${axis - 30} ${bar.learned} ${axis - 50} ${bar.learned} ${axis}`}
      />
      <circle cx={bar.learned} cy={axis} r={chosen ? 5 : 3.5} />
    </g>
  );
}

interface PickedProps {
  readonly chosen: boolean;
  readonly onPick: () => void;
}

function LinkArc({ arc: { from, to, lead }, chosen, onPick }: PickedProps & { readonly arc: Arc }) {
  const bend = Math.max(24, Math.abs(to.x - from.x) * 0.25);
  const y = (from.y + to.y) / 2;
  return (
    <g className={css['arc']} data-chosen={chosen ? '' : undefined} onClick={onPick}>
      <path d={`M${from.x} ${from.y + 6} C${from.x + bend} ${y} ${to.x - bend} ${y} ${to.x} ${to.y - 6}`} />
      {lead !== undefined && <title>{strings.lead.short(...lead)}</title>}
    </g>
  );
}

function DrawnBar({
  bar,
  width,
  chosen,
  onPick,
}: PickedProps & { readonly bar: Bar; readonly width: number }) {
  const { kind, summary, x1, x2, y, openStart, openEnd, approximate, uncertain, leads } = bar;
  const atEnd = x1 > width / 2;
  return (
    <g
      className={css['bar']}
      data-kind={kind}
      data-chosen={chosen ? '' : undefined}
      data-uncertain={uncertain ? '' : undefined}
      onClick={onPick}
    >
      <title>{summary}</title>
      <rect x={x1} y={y - 6} width={x2 - x1} height={12} rx={2} />
      {approximate && <rect x={x1} y={y - 6} width={x2 - x1} height={12} fill="url(#hatch)" stroke="none" />}
      {openStart && <line x1={0} x2={x1} y1={y} y2={y} className={css['openEnd']} />}
      {openEnd && <line x1={x2} x2={width} y1={y} y2={y} className={css['openEnd']} />}
      {leads.length > 0 && (
        <text
          x={atEnd ? x1 - 6 : x2 + 6}
          y={y + 4}
          textAnchor={atEnd ? 'end' : 'start'}
          className={css['leadOf']}
        >
          {leads.map((lead) => strings.lead.short(...lead)).join(' · ')}
        </text>
      )}
      <text x={atEnd ? x2 : x1} y={y - 11} textAnchor={atEnd ? 'end' : 'start'}>
        {cut(summary, atEnd ? x2 : width - x1)}
      </text>
    </g>
  );
}
