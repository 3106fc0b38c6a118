import type { ReactNode } from 'react';
import { useAddress } from '../../address/address.js';
import { useMay, useWriting } from '../../data/session.js';
import { EmptyState } from '../../parts/states.js';
import { strings } from '../../strings/incident.js';
import css from './incident.module.css';

/** A thing by its title: pressed, it is selected, and the inspector shows it. `j` and `k` go from one to the next. */
export function Picked({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const { on, change } = useAddress();
  return (
    <button
      type="button"
      className={css['pick']}
      data-row=""
      dir="auto"
      aria-current={on === id ? 'true' : undefined}
      onClick={() => change({ on: id, edit: undefined, new: undefined })}
    >
      {children}
    </button>
  );
}

/** The rows that `j` and `k` go through on these pages. */
export const ROWS = '[data-row]';

/** Nothing is here: what to press, for who may press it now. */
export function Nothing({ children }: { readonly children: string }) {
  const { asOf } = useAddress();
  const writing = useWriting();
  const mayAnnotate = useMay('annotate');
  return (
    <EmptyState>
      {writing || (asOf === undefined && mayAnnotate)
        ? children
        : asOf === undefined
          ? strings.noneReader
          : strings.noneThen}
    </EmptyState>
  );
}
