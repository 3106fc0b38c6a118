import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { subjectOf, useAddress } from '../../address/address.js';
import { endScrubbing, scrubTo } from '../../address/scrubbing.js';
import { incidentQuery, useHistory, useWorkspaceHistory } from '../../data/queries.js';
import { useMe } from '../../data/session.js';
import type { Change } from '../../data/types.js';
import { indexOf, momentAt } from './moments.js';

/** The range of the time bar: the changes of the open incident, or else of the workspace. */
export function useTravelled(): readonly Change[] | undefined {
  const { path } = useAddress();
  const { incident } = subjectOf(path);
  const own = useHistory(incident);
  const all = useWorkspaceHistory(incident === undefined);
  return incident === undefined ? all.data : own.data;
}

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

interface Travel {
  /** The number of changes up to the moment shown. */
  readonly index: number;
  /** Shows a moment without changing the address yet, as during a drag. */
  readonly glance: (index: number) => void;
  /** Goes to a moment. */
  readonly goTo: (index: number) => void;
}

/**
 * Moves the page through the history. During a drag, the page shows the latest loaded moment, then the latest one
 * requested meanwhile: it never waits for a moment that has already been passed.
 */
export function useTravel(history: readonly Change[]): Travel {
  const { path, asOf, change } = useAddress();
  const { workspace } = useMe();
  const queries = useQueryClient();
  const [glanced, setGlanced] = useState<number>();
  const wanted = useRef<number>(undefined);
  const busy = useRef(false);
  const { incident } = subjectOf(path);

  const follow = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    while (wanted.current !== undefined) {
      const moment = momentAt(history, wanted.current);
      wanted.current = undefined;
      if (incident !== undefined)
        await queries
          .query({ ...incidentQuery(workspace, incident, moment), staleTime: 'static' })
          .catch(() => undefined);
      scrubTo(moment);
      await nextFrame();
    }
    busy.current = false;
  }, [history, incident, queries, workspace]);

  const glance = useCallback(
    (index: number) => {
      wanted.current = index;
      setGlanced(index);
      void follow();
    },
    [follow],
  );
  const goTo = useCallback(
    (index: number) => {
      wanted.current = undefined;
      setGlanced(undefined);
      change({ asOf: momentAt(history, Math.max(0, Math.min(history.length, index))) });
      endScrubbing();
    },
    [change, history],
  );
  useEffect(() => endScrubbing, [path]);
  return { index: glanced ?? indexOf(history, asOf), glance, goTo };
}
