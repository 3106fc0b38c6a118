import { useState } from 'react';
import { useAddress } from '../../address/address.js';
import { useIncidents, useMembers } from '../../data/queries.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField, TextField } from '../../parts/field.js';
import { strings } from '../../strings/audit.js';
import css from './audit.module.css';
import { asLocal, fromLocal } from './filter.js';
import type { Undone } from './undo-dialog.js';

interface UndoMemberProps {
  readonly onClose: () => void;
  readonly onChosen: (what: Undone) => void;
}

/** Chooses the member and the period to undo; starts with the page's filters. */
export function UndoMember({ onClose, onChosen }: UndoMemberProps) {
  const { parameter } = useAddress();
  const { data: members = [] } = useMembers();
  const { data: incidents = [] } = useIncidents();
  const [member, setMember] = useState(parameter('member') ?? '');
  const [incident, setIncident] = useState(parameter('incident') ?? '');
  const [from, setFrom] = useState(asLocal(parameter('from')));
  const [to, setTo] = useState(asLocal(parameter('to')));
  const choose = (): void => {
    const [since, until] = [fromLocal(from), fromLocal(to)];
    onChosen({
      member,
      ...(incident !== '' && { incidentId: incident }),
      ...(since !== undefined && { from: since }),
      ...(until !== undefined && { to: until }),
    });
  };
  return (
    <Dialog title={strings.undoMember} onClose={onClose}>
      <form
        className={css['confirm']}
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
      >
        <SelectField
          label={strings.whose}
          value={member}
          required
          onChange={(event) => setMember(event.target.value)}
        >
          <option value="">{strings.choose}</option>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={strings.incident}
          value={incident}
          onChange={(event) => setIncident(event.target.value)}
        >
          <option value="">{strings.anyIncident}</option>
          {incidents.map(({ id, title }) => (
            <option key={id} value={id}>
              {title ?? id}
            </option>
          ))}
        </SelectField>
        <TextField
          label={strings.from}
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label={strings.to}
          type="datetime-local"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <Button look="primary" type="submit" disabled={member === ''}>
          {strings.preview}
        </Button>
      </form>
    </Dialog>
  );
}
