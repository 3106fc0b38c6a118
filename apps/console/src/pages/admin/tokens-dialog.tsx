import { answerOf, type components } from '@casebook/client';
import { useState } from 'react';
import { type Token, useTokens } from '../../data/admin.js';
import { casebook } from '../../data/casebook.js';
import type { Member } from '../../data/types.js';
import { newKey, useWrite } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { Loaded } from '../../parts/states.js';
import { onDay } from '../../parts/when.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';
import { useAdministering } from './permitted.js';

const DAY_MS = 86_400_000;

/** A member's tokens, without secrets except that of a token just issued. */
export function TokensDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const administering = useAdministering();
  return (
    <Dialog title={strings.tokensOf(member.name)} onClose={onClose} wide>
      <Loaded query={useTokens(member.id)}>
        {(tokens) =>
          tokens.length === 0 ? (
            <p>{strings.noTokens}</p>
          ) : (
            <ul className={css['rows']}>
              {tokens.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {administering && member.status === 'active' && <IssueToken member={member.id} />}
    </Dialog>
  );
}

function TokenRow({
  token: { id, label, permissions, issuedAt, expiresAt, revokedAt },
}: {
  readonly token: Token;
}) {
  const administering = useAdministering();
  const [key] = useState(newKey);
  const name = label ?? strings.unlabelled;
  const { mutate, isPending } = useWrite<undefined, unknown>((workspace) =>
    answerOf(
      casebook.api.POST('/v1/workspaces/{workspace}/tokens/{token}/revocation', {
        params: { path: { workspace, token: id }, header: { 'Idempotency-Key': key } },
        body: {},
      }),
    ),
  );
  return (
    <li className={css['row']}>
      <div>
        <p className={css['name']}>
          <strong dir="auto">{name}</strong>
        </p>
        <p className={css['meta']}>
          <span>{strings.issued(onDay(issuedAt))}</span>
          {expiresAt !== undefined && <span>{strings.expires(onDay(expiresAt))}</span>}
          {permissions !== undefined && <span>{permissions.join(', ')}</span>}
          {revokedAt !== undefined && <span>{strings.revoked(onDay(revokedAt))}</span>}
        </p>
      </div>
      {administering && revokedAt === undefined && (
        <Button
          look="danger"
          disabled={isPending}
          aria-label={strings.revokeLabel(name)}
          onClick={() => mutate(undefined)}
        >
          {strings.revoke}
        </Button>
      )}
    </li>
  );
}

function IssueToken({ member }: { readonly member: string }) {
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('90');
  const [readOnly, setReadOnly] = useState(false);
  const { mutate, data, reset, isPending } = useWrite<string, components['schemas']['IssuedToken']>(
    (workspace, key) =>
      answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/members/{member}/tokens', {
          params: { path: { workspace, member }, header: { 'Idempotency-Key': key } },
          body: {
            ...(label.trim() !== '' && { label: label.trim() }),
            ...(Number(days) > 0 && {
              expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
            }),
            ...(readOnly && { permissions: ['read' as const] }),
          },
        }),
      ),
  );
  if (data?.token !== undefined) return <Secret token={data.token} onDone={reset} />;
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate(newKey());
      }}
    >
      <h3>{strings.issue}</h3>
      <TextField
        label={strings.label}
        hint={strings.labelHint}
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <TextField
        label={strings.days}
        hint={strings.daysHint}
        type="number"
        min={1}
        max={3650}
        value={days}
        onChange={(event) => setDays(event.target.value)}
      />
      <label className={css['check']}>
        <input type="checkbox" checked={readOnly} onChange={() => setReadOnly(!readOnly)} />
        {strings.readOnly}
      </label>
      <Button type="submit" look="primary" disabled={isPending}>
        {strings.issue}
      </Button>
    </form>
  );
}

function Secret({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <section className={css['secret']} role="alert">
      <p>{strings.once}</p>
      <code>{token}</code>
      <div className={css['actions']}>
        <Button
          look="primary"
          onClick={() => void navigator.clipboard.writeText(token).then(() => setCopied(true))}
        >
          {copied ? strings.copied : strings.copy}
        </Button>
        <Button onClick={onDone}>{strings.issue}</Button>
      </div>
    </section>
  );
}
