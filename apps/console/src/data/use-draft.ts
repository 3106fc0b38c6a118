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
  /** It was started earlier and restored. */
  readonly restored: boolean;
  /** Changes the value and stores it on every keystroke. */
  readonly set: (value: T) => void;
  /** The same from the latest value, which may not be rendered yet: typing can be faster than rendering. */
  readonly update: (change: (value: T) => T) => void;
  /** Starts over with a value that is not stored until it is changed. */
  readonly reset: (value: T) => void;
  /** Deletes it after it was recorded or discarded. */
  readonly drop: () => Promise<void>;
}

/**
 * A value that is stored until it is recorded. `initial` is used if nothing was stored, and `title` is its line in
 * the list of drafts.
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
      // Something was typed before IndexedDB answered: that is the draft now.
      if (stale || latest.current !== undefined) return;
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

/** All drafts of the member. */
export function useDrafts() {
  const owner = useOwner();
  return useQuery({ queryKey: ['drafts', owner], queryFn: () => draftsOf(owner), networkMode: 'always' });
}
