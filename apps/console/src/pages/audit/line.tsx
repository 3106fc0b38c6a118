import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { sentenceOfChange } from '../../data/describe.js';
import type { Change } from '../../data/types.js';
import { Button } from '../../parts/button.js';
import { Value } from '../../parts/value.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/audit.js';
import { strings as inspector } from '../../strings/inspector.js';
import css from './audit.module.css';
import { LineProofState } from '../../proof/line-proof.js';
import type { LineProof } from '../../proof/proofs.js';

interface LineProps {
  readonly change: Change;
  readonly nameOf: (member: string) => string;
  readonly proof: LineProof;
  readonly onProve: (change: Change) => void;
  /** Undefined if nothing can be written. */
  readonly onSelect: ((position: number) => void) | undefined;
  readonly onUndo: ((position: number) => void) | undefined;
  readonly selected: boolean;
}

/** The target of a line: the incident as it was then with the annotation selected, or else this page as it was. */
export const momentOf = ({
  incidentId,
  annotationId,
  position,
}: Change): [string, Record<string, string>] => [
  incidentId === null ? pathTo.audit : pathTo.incident(incidentId),
  { asOf: String(position), ...(annotationId !== null && { on: annotationId }) },
];

/** One change: who, when, what, before and after, why; whether this browser has proved it. */
export const Line = memo(function Line({
  change,
  nameOf,
  proof,
  onProve,
  onSelect,
  onUndo,
  selected,
}: LineProps) {
  const { to, change: go } = useAddress();
  const { position, at, reason, annotationId } = change;
  return (
    <li className={css['line']} data-position={position} tabIndex={-1}>
      {onSelect !== undefined && (
        <input
          type="checkbox"
          className={css['pick']}
          checked={selected}
          aria-label={strings.select(position)}
          onChange={() => onSelect(position)}
        />
      )}
      <div className={css['what']}>
        <p className={css['sentence']} dir="auto">
          {sentenceOfChange(change, nameOf)}
        </p>
        <p className={css['meta']}>
          <span>{strings.position(position)}</span>
          <time dateTime={at}>{atMinute(at)}</time>
          {reason !== undefined && <q dir="auto">{reason}</q>}
        </p>
        <Changed change={change} />
      </div>
      <div className={css['doing']}>
        <LineProofState change={change} proof={proof} onProve={onProve} />
        <Link className={css['link']} href={to(...momentOf(change))}>
          {strings.moment}
        </Link>
        {annotationId !== null && (
          <Button look="quiet" onClick={() => go({ annotation: annotationId })}>
            {strings.onlyThis}
          </Button>
        )}
        {onUndo !== undefined && (
          <Button look="quiet" aria-label={strings.undoThis(position)} onClick={() => onUndo(position)}>
            {strings.undo}
          </Button>
        )}
      </div>
    </li>
  );
});

/** Maximum fields shown; more are collapsed. */
const OPEN = 3;

function Changed({ change: { changes } }: { readonly change: Change }): ReactNode {
  if (changes.length === 0) return null;
  const isNew = changes.every(({ before }) => before === null || before === undefined);
  const table = (
    <dl className={css['fields']}>
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{inspector.field[field] ?? field}</dt>
          <dd>
            {!isNew && (
              <del>
                <span className="visually-hidden">{strings.before} </span>
                <Value value={before} />
              </del>
            )}
            <ins>
              <span className="visually-hidden">{strings.after} </span>
              <Value value={after} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
  if (!isNew && changes.length <= OPEN) return table;
  return (
    <details>
      <summary>{strings.fields(changes.length)}</summary>
      {table}
    </details>
  );
}
