import { answerOf, type components } from '@casebook/client';
import { useState } from 'react';
import { casebook } from '../../data/casebook.js';
import { faultsOf, sentenceOf } from '../../data/problems.js';
import type { Member } from '../../data/types.js';
import { newKey, useWrite } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField, TextField } from '../../parts/field.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';

type Schemas = components['schemas'];
type Role = Schemas['Role'];
type Tlp = Schemas['Tlp'];

interface MemberFormProps {
  /** Absent for a new member. */
  readonly member?: Member;
  readonly onClose: () => void;
}

interface Filled {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly clearance: Tlp;
  readonly identity: string;
}

function useSave(member: Member | undefined) {
  const [key] = useState(newKey);
  return useWrite<Filled, unknown>(
    (workspace, { id, name, role, clearance, identity }) => {
      const sub = identity.trim();
      if (member === undefined)
        return answerOf(
          casebook.api.POST('/v1/workspaces/{workspace}/members', {
            params: { path: { workspace }, header: { 'Idempotency-Key': key } },
            body: { id: id.trim(), name: name.trim(), role, clearance, ...(sub !== '' && { identity: sub }) },
          }),
        );
      return answerOf(
        casebook.api.PATCH('/v1/workspaces/{workspace}/members/{member}', {
          params: {
            path: { workspace, member: member.id },
            header: { 'Idempotency-Key': key, 'If-Match': `"${member.revision}"` },
          },
          body: {
            ...(name.trim() !== member.name && { name: name.trim() }),
            ...(role !== member.role && { role }),
            ...(clearance !== (member.clearance ?? 'red') && { clearance }),
            ...(sub !== (member.identity ?? '') && { identity: sub === '' ? null : sub }),
          },
        }),
      );
    },
    { quiet: true },
  );
}

export function MemberForm({ member, onClose }: MemberFormProps) {
  const [filled, setFilled] = useState<Filled>({
    id: member?.id ?? '',
    name: member?.name ?? '',
    role: member?.role ?? 'annotator',
    clearance: member?.clearance ?? 'red',
    identity: member?.identity ?? '',
  });
  const { mutate, error, isPending } = useSave(member);
  const faults = faultsOf(error);
  const field = (name: keyof Filled) => ({
    label: strings[name],
    value: filled[name],
    fault: faults.find((each) => each.field === name)?.detail,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setFilled({ ...filled, [name]: event.target.value }),
  });
  return (
    <Dialog
      title={member === undefined ? strings.addMember : strings.reviseLabel(member.name)}
      onClose={onClose}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(filled, { onSuccess: onClose });
        }}
      >
        {member === undefined && <TextField {...field('id')} hint={strings.idHint} required autoFocus />}
        <TextField {...field('name')} required />
        <SelectField {...field('role')}>
          {Object.entries(strings.roles).map(([role, word]) => (
            <option key={role} value={role}>
              {word}
            </option>
          ))}
        </SelectField>
        <SelectField {...field('clearance')} hint={strings.clearanceHint}>
          {Object.entries(strings.clearances).map(([clearance, word]) => (
            <option key={clearance} value={clearance}>
              {word}
            </option>
          ))}
        </SelectField>
        <TextField {...field('identity')} hint={strings.identityHint} />
        {error !== null && faults.length === 0 && (
          <p role="alert" className={css['fault']}>
            {sentenceOf(error)}
          </p>
        )}
        <Button type="submit" look="primary" disabled={isPending}>
          {isPending ? strings.saving : member === undefined ? strings.add : strings.save}
        </Button>
      </form>
    </Dialog>
  );
}
