import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { pathTo, subjectOf, useAddress } from '../../address/address.js';
import { sentenceOfChange } from '../../data/describe.js';
import { useNames } from '../../data/queries.js';
import type { Change } from '../../data/types.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/time.js';
import { CompareBar } from './compare-bar.js';
import { Ticks } from './ticks.js';
import css from './time-bar.module.css';
import { useTravel, useTravelled } from './travel.js';

/** The bar at the bottom with the whole history: one tick per change. Dragging, stepping or playing shows the page as it was. */
export function TimeBar() {
  const { path } = useAddress();
  return path === pathTo.compare ? <CompareBar /> : <Travelling />;
}

function Travelling() {
  const history = useTravelled();
  // Nothing is shown until it is known.
  if (history === undefined) return null;
  if (history.length === 0) return <p className={css['empty']}>{strings.none}</p>;
  return <Bar history={history} />;
}

function Bar({ history }: { readonly history: readonly Change[] }) {
  const travel = useTravel(history);
  const { index, goTo } = travel;
  const { asOf, path, go } = useAddress();
  const [playing, setPlaying] = usePlaying(history.length, index, goTo);
  // The workspace may have changed after the last change of an incident, whose moment is then still in the past.
  const isPast = index < history.length || asOf !== undefined;
  useKey('stepBack', () => goTo(index - 1));
  useKey('stepForth', () => goTo(index + 1));
  useKey('play', () => setPlaying(!playing));
  const compare = (): void => {
    const { incident } = subjectOf(path);
    go(pathTo.compare, { incident, from: asOf, asOf: undefined });
  };
  useKey('compareNow', compare, asOf !== undefined);
  return (
    <div className={css['bar']}>
      <div className={css['steps']}>
        <Button
          look="quiet"
          aria-label={strings.stepBack}
          disabled={index === 0}
          onClick={() => goTo(index - 1)}
        >
          ‹
        </Button>
        <Button
          look="quiet"
          aria-label={playing ? strings.stop : strings.play}
          onClick={() => setPlaying(!playing)}
        >
          {playing ? '❚❚' : '▶'}
        </Button>
        <Button
          look="quiet"
          aria-label={strings.stepForth}
          disabled={index >= history.length}
          onClick={() => goTo(index + 1)}
        >
          ›
        </Button>
      </div>
      <Track history={history} {...travel} />
      <div className={css['moment']}>
        <Told history={history} index={index} isPast={isPast} />
        {isPast && (
          <>
            <Button onClick={compare} keyName="compareNow">
              {strings.compare}
            </Button>
            <Button onClick={() => goTo(history.length)} keyName="back">
              {strings.returnToNow}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

interface ToldProps {
  readonly history: readonly Change[];
  readonly index: number;
  readonly isPast: boolean;
}

/** The last change shown by the page, in words. */
function Told({ history, index, isPast }: ToldProps) {
  const nameOf = useNames();
  const change = history[index - 1];
  if (!isPast) return <span>{strings.now(history.length)}</span>;
  return (
    <span className={css['told']} title={change?.sentence}>
      <strong>
        {change === undefined
          ? strings.beforeFirst
          : strings.asOf(atMinute(change.at), index, history.length)}
      </strong>
      <span dir="auto">{change !== undefined && sentenceOfChange(change, nameOf)}</span>
    </span>
  );
}

interface TrackProps {
  readonly history: readonly Change[];
  readonly index: number;
  readonly glance: (index: number) => void;
  readonly goTo: (index: number) => void;
}

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

function Track({ history, index, glance, goTo }: TrackProps) {
  const track = useRef<HTMLDivElement>(null);
  const dragged = useRef<number>(undefined);
  const { length } = history;
  const at = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    const share = box === undefined ? 1 : (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(length, Math.round(share * length)));
  };
  const drag = (event: PointerEvent): void => {
    dragged.current = at(event);
    glance(dragged.current);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = KEY_STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    goTo(Math.max(0, Math.min(length, index + step)));
  };
  const change = history[index - 1];
  return (
    <div
      ref={track}
      className={css['track']}
      // A range input has no ticks of its own and takes no canvas.
      role="slider" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
      tabIndex={0}
      aria-label={strings.moment}
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={index}
      aria-valuetext={
        index >= length
          ? strings.now(length)
          : change === undefined
            ? strings.beforeFirst
            : strings.asOf(atMinute(change.at), index, length)
      }
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => dragged.current !== undefined && drag(event)}
      onPointerUp={() => {
        if (dragged.current !== undefined) goTo(dragged.current);
        dragged.current = undefined;
      }}
      onPointerCancel={() => {
        dragged.current = undefined;
      }}
    >
      <Ticks history={history} />
      <div className={css['handle']} style={{ left: `${(index / Math.max(1, length)) * 100}%` }} />
    </div>
  );
}

/** Maximum time for a whole history, and minimum time for a step. */
const PLAY_MS = 40_000;
const STEP_MS = 400;

/** Plays the history from the moment shown, or from the beginning if that is now. */
function usePlaying(length: number, index: number, goTo: (index: number) => void) {
  const [playing, setPlaying] = useState(false);
  const steps = Math.max(1, Math.ceil((length * STEP_MS) / PLAY_MS));
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (index >= length) setPlaying(false);
      else goTo(Math.min(length, index + steps));
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, index, length, steps, goTo]);
  const play = useCallback(
    (on: boolean) => {
      if (on && index >= length) goTo(0);
      setPlaying(on);
    },
    [index, length, goTo],
  );
  return [playing, play] as const;
}
