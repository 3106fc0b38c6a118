import type { ReactNode } from 'react';
import css from './parts.module.css';

export type Status = 'settled' | 'hedged' | 'disputed' | 'yours';

/** A short fact. Its words state the status; the colour and the line only repeat it. */
export function Chip({
  status,
  children,
}: {
  readonly status?: Status | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span className={css['chip']} data-status={status} dir="auto">
      {children}
    </span>
  );
}
