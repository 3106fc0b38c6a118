import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useAddress } from '../../address/address.js';
import { useHistory, useWorkspaceHistory } from '../../data/queries.js';
import type { Change } from '../../data/types.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/time.js';
import { indexOf, momentAt } from './moments.js';
import { Ticks } from './ticks.js';
import css from './time-bar.module.css';

type Edge = 'from' | 'to';

/** The bar with two handles, on the page that compares two moments. */
export function CompareBar() {
  const { parameter, change } = useAddress();
  const incident = parameter('incident');
  const own = useHistory(incident);
  const all = useWorkspaceHistory(incident === undefined);
  const history = (incident === undefined ? all.data : own.data) ?? [];
  const [dragged, setDragged] = useState<{ edge: Edge; index: number }>();
  if (history.length === 0) return <p className={css['empty']}>{strings.none}</p>;
  const at: Record<Edge, number> = {
    from: indexOf(history, parameter('from') ?? '0'),
    to: indexOf(history, parameter('to')),
  };
  if (dragged !== undefined) at[dragged.edge] = dragged.index;
  const commit = (edge: Edge, index: number): void => {
    setDragged(undefined);
    // A handle that was pulled past the other one has become the other one.
    const other = edge === 'from' ? at.to : at.from;
    const [from, to] = [Math.min(index, other), Math.max(index, other)];
    change({
      from: momentAt(history, from) ?? String(history.at(-1)?.position ?? 0),
      to: momentAt(history, to),
    });
  };
  return (
    <div className={`${css['bar']} ${css['compared']}`}>
      <TwoHandles history={history} at={at} drag={setDragged} commit={commit} />
      <p className={css['moment']}>
        {strings.between(
          nameOf(history, Math.min(at.from, at.to)),
          nameOf(history, Math.max(at.from, at.to)),
        )}
      </p>
    </div>
  );
}

function nameOf(history: readonly Change[], index: number): string {
  const change = history[index - 1];
  if (change === undefined) return strings.beforeFirst;
  return index >= history.length ? strings.now(history.length) : atMinute(change.at);
}

interface TwoHandlesProps {
  readonly history: readonly Change[];
  readonly at: Readonly<Record<Edge, number>>;
  readonly drag: (dragged: { edge: Edge; index: number }) => void;
  readonly commit: (edge: Edge, index: number) => void;
}

function TwoHandles({ history, at, drag, commit }: TwoHandlesProps) {
  const track = useRef<HTMLDivElement>(null);
  const held = useRef<Edge>(undefined);
  const { length } = history;
  const indexUnder = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    const share = box === undefined ? 1 : (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(length, Math.round(share * length)));
  };
  const step = (edge: Edge) => (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? length : at[edge] + by;
    if (to === at[edge]) return;
    event.preventDefault();
    commit(edge, Math.max(0, Math.min(length, to)));
  };
  return (
    <div
      ref={track}
      className={css['track']}
      onPointerDown={(event) => {
        const index = indexUnder(event);
        held.current = Math.abs(index - at.from) <= Math.abs(index - at.to) ? 'from' : 'to';
        event.currentTarget.setPointerCapture(event.pointerId);
        drag({ edge: held.current, index });
      }}
      onPointerMove={(event) => {
        if (held.current !== undefined) drag({ edge: held.current, index: indexUnder(event) });
      }}
      onPointerUp={(event) => {
        if (held.current !== undefined) commit(held.current, indexUnder(event));
        held.current = undefined;
      }}
    >
      <Ticks history={history} />
      <div
        className={css['range']}
        style={{
          left: `${(Math.min(at.from, at.to) / length) * 100}%`,
          width: `${(Math.abs(at.to - at.from) / length) * 100}%`,
        }}
      />
      {(['from', 'to'] as const).map((edge) => (
        <div
          key={edge}
          className={css['handle']}
          style={{ left: `${(at[edge] / length) * 100}%` }}
          role="slider" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
          tabIndex={0}
          aria-label={strings[edge]}
          aria-valuemin={0}
          aria-valuemax={length}
          aria-valuenow={at[edge]}
          aria-valuetext={nameOf(history, at[edge])}
          onKeyDown={step(edge)}
        />
      ))}
    </div>
  );
}
