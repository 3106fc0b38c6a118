import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { pathTo, subjectOf, useAddress } from '../address/address.js';
import { casebook, wasReadBefore } from './casebook.js';
import { reportPresent } from './presence.js';
import { refresh } from './queries.js';
import { useMe } from './session.js';

/** Events that arrive together cause one refetch. */
const GATHER_MS = 60;

/** The page's place in the form of the feed; empty if no incident is open. */
function useHere(): string {
  const { incident, document } = subjectOf(useAddress().path);
  if (incident === undefined) return '';
  const path = document === undefined ? pathTo.incident(incident) : pathTo.document(incident, document);
  return decodeURIComponent(path.slice(1));
}

/**
 * Follows the ledger while the frame is shown, and refetches what others change. The client reconnects after the last
 * event. A change of place opens a new connection, which continues where the previous one ended.
 */
export function useLiveFeed(): void {
  const { workspace } = useMe();
  const queries = useQueryClient();
  const here = useHere();
  const after = useRef<{ readonly workspace: string; readonly position: number }>(undefined);
  useEffect(() => {
    const stop = new AbortController();
    const touched = new Set<string | undefined>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      for (const incident of touched) refresh(queries, incident);
      touched.clear();
    };
    const seen = after.current?.workspace === workspace ? { after: after.current.position } : {};
    void (async () => {
      const events = casebook.follow(workspace, {
        ...seen,
        here,
        signal: stop.signal,
        onPresent: reportPresent,
        onPosition: (position) => {
          const isStart = after.current?.workspace !== workspace;
          after.current = { workspace, position };
          if (!isStart || !wasReadBefore(workspace, position)) return;
          // What was recorded after the page was read and before the feed began comes in no event.
          refresh(queries, subjectOf(`/${here}`).incident);
        },
      });
      for await (const { event } of events) {
        const { stream } = event;
        touched.add(typeof stream === 'string' ? /^incident:(.+)$/.exec(stream)?.[1] : undefined);
        timer ??= setTimeout(flush, GATHER_MS);
      }
    })().catch(() => undefined);
    return () => {
      stop.abort();
      clearTimeout(timer);
      flush();
    };
  }, [workspace, queries, here]);
}
