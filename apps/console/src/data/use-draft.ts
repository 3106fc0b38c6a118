import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Draft, draftOf, draftsOf, dropDraft, keepDraft } from './drafts.js';
import { useMe } from './session.js';

const useOwner = (): string => {
  const { workspace, member } = useMe();
  return `${workspace}/${member.id}`;
};

interface Drafted<T> {
  /** `undefined` until IndexedDB has answered. */
  readonly value: T | undefined;
  /** It was begun before and is gone on with. */
  readonly restored: boolean;
  /** Changes the value and keeps it, keystroke by keystroke. */
  readonly set: (value: T) => void;
  /** The same from the latest value, which may not be shown yet: keys may be pressed faster than the page is rendered. */
  readonly update: (change: (value: T) => T) => void;
  /** Begins again with a value that is not kept until it is changed. */
  readonly reset: (value: T) => void;
  /** Forgets it: it was recorded, or given up. */
  readonly drop: () => Promise<void>;
}

/**
 * A value that is kept while it is not recorded. `initial` is what it begins with where nothing was kept, and `title` the line that
 * shows it among the drafts.
 */
export function useDraft<T>(id: string, initial: T, title: (value: T) => string): Drafted<T> {
  const owner = useOwner();
  const queries = useQueryClient();
  const [state, setState] = useState<{ id: string; kept: T | undefined; restored: boolean }>();
  const dropped = useRef(false);
  const latest = useRef<T>(undefined);

  useEffect(() => {
    let stale = false;
    dropped.current = false;
    latest.current = undefined;
    const restore = async (): Promise<void> => {
      const draft = await draftOf(owner, id).catch(() => undefined);
      if (stale) return;
      latest.current = draft?.value as T | undefined;
      setState({ id, kept: latest.current, restored: draft !== undefined });
    };
    void restore();
    return () => {
      stale = true;
    };
  }, [owner, id]);

  const set = useCallback(
    (value: T) => {
      latest.current = value;
      setState((current) => ({ id, kept: value, restored: current?.restored ?? false }));
      if (dropped.current) return;
      const address = window.location.pathname + window.location.search;
      const draft: Draft = { id, owner, address, title: title(value), savedAt: Date.now(), value };
      keepDraft(draft)
        .then(() => queries.invalidateQueries({ queryKey: ['drafts'] }))
        .catch(() => undefined);
    },
    [id, owner, queries, title],
  );
  const update = (change: (value: T) => T): void => set(change(latest.current ?? initial));
  const reset = useCallback(
    (value: T) => {
      dropped.current = false;
      latest.current = value;
      setState({ id, kept: value, restored: false });
    },
    [id],
  );
  const drop = useCallback(async () => {
    dropped.current = true;
    await dropDraft(owner, id);
    await queries.invalidateQueries({ queryKey: ['drafts'] });
  }, [id, owner, queries]);

  return {
    value: state?.id === id ? (state.kept ?? initial) : undefined,
    restored: state?.restored ?? false,
    set,
    update,
    reset,
    drop,
  };
}

/** Everything that the member has begun. */
export function useDrafts() {
  const owner = useOwner();
  return useQuery({ queryKey: ['drafts', owner], queryFn: () => draftsOf(owner), networkMode: 'always' });
}
