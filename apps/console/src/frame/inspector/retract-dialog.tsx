import { useState } from 'react';
import type { Annotation } from '../../data/types.js';
import { titleOf } from '../../data/describe.js';
import { newKey, useRetract } from '../../data/writes.js';
import { sentenceOf } from '../../data/problems.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea } from '../../parts/field.js';
import { strings } from '../../strings/inspector.js';

interface RetractDialogProps {
  readonly incident: string;
  readonly annotation: Annotation;
  readonly onClose: () => void;
}

/** Asks for the reason, which a retraction keeps. */
export function RetractDialog({ incident, annotation, onClose }: RetractDialogProps) {
  const [reason, setReason] = useState('');
  const [key] = useState(newKey);
  const retract = useRetract(annotation.kind, incident, { quiet: true });
  const submit = (): void => {
    const { id, revision } = annotation;
    retract.mutate({ annotation: id, revision, reason: reason.trim(), key }, { onSuccess: onClose });
  };
  return (
    <Dialog title={`${strings.retractTitle}: ${titleOf(annotation)}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{strings.retractLead}</p>
        <TextArea
          label={strings.reason}
          required
          autoFocus
          value={reason}
          fault={retract.error === null ? undefined : sentenceOf(retract.error)}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="danger" disabled={reason.trim() === '' || retract.isPending}>
          {strings.confirmRetract}
        </Button>
      </form>
    </Dialog>
  );
}
