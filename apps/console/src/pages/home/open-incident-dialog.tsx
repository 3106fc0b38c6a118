import { useState } from 'react';
import { pathTo, useAddress } from '../../address/address.js';
import { useOpenIncident } from '../../data/library.js';
import { faultsOf } from '../../data/problems.js';
import { newKey } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea, TextField } from '../../parts/field.js';
import { strings } from '../../strings/home.js';
import css from './home.module.css';

export function OpenIncidentDialog({ onClose }: { readonly onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [summary, setSummary] = useState('');
  const [key] = useState(newKey);
  const open = useOpenIncident();
  const { go } = useAddress();
  const faultOf = (field: string): string | undefined =>
    faultsOf(open.error).find((fault) => fault.field === field)?.detail;
  return (
    <Dialog title={strings.openTitle} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate(
            { title: title.trim(), ...(summary.trim() !== '' && { summary: summary.trim() }), key },
            { onSuccess: ({ id }) => go(pathTo.incident(id)) },
          );
        }}
      >
        <TextField
          label={strings.incidentTitle}
          required
          autoFocus
          value={title}
          fault={faultOf('title')}
          onChange={({ target }) => setTitle(target.value)}
        />
        <TextArea
          label={strings.summary}
          hint={strings.summaryHint}
          value={summary}
          fault={faultOf('summary')}
          onChange={({ target }) => setSummary(target.value)}
        />
        <Button type="submit" look="primary" disabled={title.trim() === '' || open.isPending}>
          {strings.create}
        </Button>
      </form>
    </Dialog>
  );
}
