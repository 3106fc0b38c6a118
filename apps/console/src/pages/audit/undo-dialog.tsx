import { answerOf, type components } from '@casebook/client';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { casebook } from '../../data/casebook.js';
import { sentenceOfChange } from '../../data/describe.js';
import { useNames } from '../../data/queries.js';
import { useMe } from '../../data/session.js';
import { newKey, useWrite } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { Failure } from '../../parts/states.js';
import { useToasts } from '../../parts/toast.js';
import { Value } from '../../parts/value.js';
import { strings } from '../../strings/audit.js';
import { strings as frame } from '../../strings/frame.js';
import { strings as inspector } from '../../strings/inspector.js';
import css from './audit.module.css';

type Schemas = components['schemas'];
type UndoRequest = Schemas['UndoRequest'];
export type Undone = Pick<UndoRequest, 'positions' | 'member' | 'from' | 'to' | 'incidentId'>;

const UNDO = '/v1/workspaces/{workspace}/undo';

interface UndoDialogProps {
  readonly what: Undone;
  readonly onClose: () => void;
  readonly onUndone: () => void;
}

/** First a preview from the service's dry run; then, with a reason, the actual undo. */
export function UndoDialog({ what, onClose, onUndone }: UndoDialogProps) {
  const { workspace } = useMe();
  const { mutate, data, error } = useMutation({
    mutationFn: () =>
      answerOf(
        casebook.api.POST(UNDO, {
          params: { path: { workspace } },
          body: { ...what, reason: frame.undoReason, dryRun: true, skipConflicts: true },
        }),
      ),
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog title={strings.undoTitle} onClose={onClose} wide>
      {error !== null && <Failure error={error} retry={mutate} />}
      {data === undefined && error === null && <p aria-busy="true">{strings.previewing}</p>}
      {data !== undefined && <Previewed what={what} preview={data} onClose={onClose} onUndone={onUndone} />}
    </Dialog>
  );
}

interface PreviewedProps extends UndoDialogProps {
  readonly preview: Schemas['UndoAnswer'];
}

function Previewed({ what, preview, onClose, onUndone }: PreviewedProps) {
  const { undone, already, conflicts } = preview;
  const nameOf = useNames();
  return (
    <div className={css['preview']}>
      <p>{strings.undoLead}</p>
      <section aria-label={strings.would(undone.length)}>
        <h3>{strings.would(undone.length)}</h3>
        <ul>
          {undone.map(({ undoes, change }, index) => (
            <li key={`${undoes} ${index}`} dir="auto">
              {sentenceOfChange(change, nameOf)}
            </li>
          ))}
        </ul>
      </section>
      {already.length > 0 && <p>{strings.already(already.join(', '))}</p>}
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
      {undone.length > 0 && (
        <Confirm
          what={what}
          count={undone.length}
          needsLeave={conflicts.length > 0}
          onDone={() => {
            onUndone();
            onClose();
          }}
        />
      )}
    </div>
  );
}

function Conflicts({ conflicts }: { readonly conflicts: readonly Schemas['UndoConflict'][] }) {
  return (
    <section className={css['conflicts']}>
      <h3>{strings.conflicts(conflicts.length)}</h3>
      <ul>
        {conflicts.map(({ position, detail, fields = [] }) => (
          <li key={position}>
            <span dir="auto">{strings.conflict(position, detail)}</span>
            {fields.map(({ field, left, now }) => (
              <div key={field} className={css['conflictField']}>
                {inspector.field[field] ?? field}: <Value value={left} /> → <Value value={now} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ConfirmProps {
  readonly what: Undone;
  readonly count: number;
  readonly needsLeave: boolean;
  readonly onDone: () => void;
}

function Confirm({ what, count, needsLeave, onDone }: ConfirmProps) {
  const [reason, setReason] = useState('');
  const [leaveOut, setLeaveOut] = useState(false);
  const [key] = useState(newKey);
  const { told } = useToasts();
  const { mutate, isPending } = useWrite<undefined, Schemas['UndoAnswer']>((workspace) =>
    answerOf(
      casebook.api.POST(UNDO, {
        params: { path: { workspace }, header: { 'Idempotency-Key': key } },
        body: { ...what, reason: reason.trim(), ...(leaveOut && { skipConflicts: true }) },
      }),
    ),
  );
  const ready = reason.trim() !== '' && (!needsLeave || leaveOut) && !isPending;
  const send = (): void => {
    if (ready)
      mutate(undefined, {
        onSuccess: ({ undone }) => {
          told(strings.undone(undone.length));
          onDone();
        },
      });
  };
  return (
    <form
      className={css['confirm']}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {needsLeave && (
        <label className={css['check']}>
          <input type="checkbox" checked={leaveOut} onChange={() => setLeaveOut(!leaveOut)} />
          {strings.leaveOut}
        </label>
      )}
      <TextField
        label={strings.reason}
        hint={strings.reasonHint}
        required
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button look="primary" type="submit" disabled={!ready}>
        {isPending ? strings.undoing : strings.confirmUndo(count)}
      </Button>
    </form>
  );
}
