import { answerOf } from '@casebook/client';
import { useState } from 'react';
import { useMemberList } from '../../data/admin.js';
import { casebook } from '../../data/casebook.js';
import { sentenceOf } from '../../data/problems.js';
import { useMay } from '../../data/session.js';
import type { Member } from '../../data/types.js';
import { newKey, useWrite } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Chip } from '../../parts/chip.js';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { Loaded } from '../../parts/states.js';
import { onDay } from '../../parts/when.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';
import { MemberForm } from './member-form.js';
import { useAdministering } from './permitted.js';
import { TokensDialog } from './tokens-dialog.js';

type Open =
  { readonly what: 'add' } | { readonly what: 'revise' | 'remove' | 'tokens'; readonly member: Member };

/** The members and their roles; adding, changing and removing members, and their tokens. */
export function MembersTab() {
  const members = useMemberList();
  const administering = useAdministering();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      {administering && (
        <div className={css['actions']}>
          <Button look="primary" onClick={() => setOpen({ what: 'add' })}>
            {strings.addMember}
          </Button>
        </div>
      )}
      <Loaded query={members}>
        {({ pages }) => (
          <ul className={css['rows']} aria-label={strings.memberList}>
            {pages
              .flatMap(({ items }) => items)
              .map((member) => (
                <MemberRow key={member.id} member={member} onOpen={setOpen} />
              ))}
          </ul>
        )}
      </Loaded>
      {open?.what === 'add' && <MemberForm onClose={close} />}
      {open?.what === 'revise' && <MemberForm member={open.member} onClose={close} />}
      {open?.what === 'remove' && <RemoveMember member={open.member} onClose={close} />}
      {open?.what === 'tokens' && <TokensDialog member={open.member} onClose={close} />}
    </>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly onOpen: (open: Open) => void;
}

function MemberRow({ member, onOpen }: MemberRowProps) {
  const { id, name, role, clearance = 'red', status, addedAt, identity } = member;
  const administering = useAdministering();
  const administers = useMay('administer');
  const isActive = status === 'active';
  return (
    <li className={css['row']}>
      <div>
        <p className={css['name']}>
          <strong dir="auto">{name}</strong> <code>{id}</code>
          {!isActive && <Chip>{strings.removed}</Chip>}
        </p>
        <p className={css['meta']}>
          <span>{strings.roles[role]}</span>
          <span>
            {strings.clearance}: {strings.clearances[clearance]}
          </span>
          <span>{strings.since(onDay(addedAt))}</span>
          {identity !== undefined && <code>{identity}</code>}
        </p>
      </div>
      <div className={css['doing']}>
        {administering && isActive && (
          <Button aria-label={strings.reviseLabel(name)} onClick={() => onOpen({ what: 'revise', member })}>
            {strings.revise}
          </Button>
        )}
        {administers && (
          <Button aria-label={strings.tokensOf(name)} onClick={() => onOpen({ what: 'tokens', member })}>
            {strings.tokens}
          </Button>
        )}
        {administering && isActive && (
          <Button
            look="danger"
            aria-label={strings.removeTitle(name)}
            onClick={() => onOpen({ what: 'remove', member })}
          >
            {strings.remove}
          </Button>
        )}
      </div>
    </li>
  );
}

function RemoveMember({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [key] = useState(newKey);
  const { mutate, error, isPending } = useWrite<undefined, unknown>(
    (workspace) =>
      answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/members/{member}/removal', {
          params: {
            path: { workspace, member: member.id },
            header: { 'Idempotency-Key': key, 'If-Match': `"${member.revision}"` },
          },
          body: { ...(reason.trim() !== '' && { reason: reason.trim() }) },
        }),
      ),
    { quiet: true },
  );
  return (
    <Dialog title={strings.removeTitle(member.name)} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(undefined, { onSuccess: onClose });
        }}
      >
        <p>{strings.removeLead}</p>
        <TextField
          label={strings.reason}
          autoFocus
          value={reason}
          fault={error === null ? undefined : sentenceOf(error)}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="danger" disabled={isPending}>
          {strings.remove}
        </Button>
      </form>
    </Dialog>
  );
}
