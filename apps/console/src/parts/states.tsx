import type { ReactNode } from 'react';
import { sentenceOf } from '../data/problems.js';
import { strings } from '../strings/frame.js';
import { Button } from './button.js';
import css from './parts.module.css';

/** An empty state that says what to press. */
export function EmptyState({
  children,
  action,
}: {
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={css['empty']}>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** A failed read: what happened, and a button to try again. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  return (
    <div className={css['failure']} role="alert">
      <p>{sentenceOf(error)}</p>
      {retry !== undefined && <Button onClick={() => void retry()}>{strings.retry}</Button>}
    </div>
  );
}

interface Answered<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** The result of a query, its loading state, or its error. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: Answered<T>;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failure error={query.error} retry={() => query.refetch()} />;
  return <p aria-busy="true">{strings.loading}</p>;
}
