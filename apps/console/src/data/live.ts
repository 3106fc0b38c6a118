import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { casebook } from './casebook.js';
import { refresh } from './queries.js';
import { useMe } from './session.js';

/** Events that arrive together are answered by asking once. */
const GATHER_MS = 60;

/** Follows the ledger while the frame is shown, and asks again for what others change. The client comes back behind the last event. */
export function useLiveFeed(): void {
  const { workspace } = useMe();
  const queries = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    const touched = new Set<string | undefined>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      for (const incident of touched) refresh(queries, incident);
      touched.clear();
    };
    void (async () => {
      for await (const { event } of casebook.follow(workspace, { signal: stop.signal })) {
        const { stream } = event;
        touched.add(typeof stream === 'string' ? /^incident:(.+)$/.exec(stream)?.[1] : undefined);
        timer ??= setTimeout(flush, GATHER_MS);
      }
    })().catch(() => undefined);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [workspace, queries]);
}
