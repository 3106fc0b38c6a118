import type { ReactNode } from 'react';
import { subjectOf, useAddress } from '../../address/address.js';
import { useChangedHere } from '../../data/changed-here.js';
import { useMay, useWriting } from '../../data/session.js';
import { Chip } from '../../parts/chip.js';
import { EmptyState } from '../../parts/states.js';
import { strings } from '../../strings/incident.js';
import css from './incident.module.css';

/** An annotation by its title: pressing it selects it in the inspector. `j` and `k` move between them. */
export function Picked({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const { on, path, change } = useAddress();
  const changed = useChangedHere(subjectOf(path).incident)?.annotationId === id;
  return (
    <button
      type="button"
      className={css['pick']}
      data-row=""
      dir="auto"
      data-changed={changed || undefined}
      aria-current={on === id ? 'true' : undefined}
      onClick={() => change({ on: id, edit: undefined, new: undefined })}
    >
      {children}
      {changed && <Chip status="hedged">{strings.changedHere}</Chip>}
    </button>
  );
}

/** The rows that `j` and `k` move through on these pages. */
export const ROWS = '[data-row]';

/** The empty state: which key to press, if the member may use it now. */
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
