import { type SubmitEvent, useState } from 'react';
import { sentenceOf } from '../../data/problems.js';
import { goToProvider } from '../../data/provider.js';
import { useSession } from '../../data/session.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { strings as frame } from '../../strings/frame.js';
import { strings } from '../../strings/sign-in.js';
import css from './sign-in.module.css';

export function SignInPage() {
  const { enter, ended, provider } = useSession();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get('token');
    if (typeof token !== 'string') return;
    setBusy(true);
    enter({ token: token.trim() }).catch((error: unknown) => {
      setFault(sentenceOf(error));
      setBusy(false);
    });
  };
  return (
    <main className={css['page']}>
      <form className={css['card']} onSubmit={submit}>
        <h1>{strings.title}</h1>
        <p className={css['lead']}>{strings.lead}</p>
        {ended && <output className={css['ended']}>{frame.ended}</output>}
        {provider !== null && (
          <>
            <Button look="primary" onClick={() => void goToProvider(provider)}>
              {strings.byProvider}
            </Button>
            <p className={css['or']}>{strings.or}</p>
          </>
        )}
        <TextField
          label={strings.token}
          name="token"
          type="password"
          required
          autoFocus={provider === null}
          hint={strings.tokenHint}
          fault={fault}
          onChange={() => setFault(undefined)}
        />
        <Button type="submit" look={provider === null ? 'primary' : undefined} disabled={busy}>
          {busy ? strings.signingIn : strings.signIn}
        </Button>
      </form>
    </main>
  );
}
