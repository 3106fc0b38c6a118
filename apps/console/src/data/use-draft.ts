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

  useEffect(() => {
    let stale = false;
    dropped.current = false;
    const restore = async (): Promise<void> => {
      const draft = await draftOf(owner, id).catch(() => undefined);
      if (!stale) setState({ id, kept: draft?.value as T | undefined, restored: draft !== undefined });
    };
    void restore();
    return () => {
      stale = true;
    };
  }, [owner, id]);

  const set = useCallback(
    (value: T) => {
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
  const reset = useCallback(
    (value: T) => {
      dropped.current = false;
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
    reset,
    drop,
  };
}

/** Everything that the member has begun. */
export function useDrafts() {
  const owner = useOwner();
  return useQuery({ queryKey: ['drafts', owner], queryFn: () => draftsOf(owner), networkMode: 'always' });
}
