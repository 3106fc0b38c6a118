import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../data/session.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Chip } from '../../parts/chip.js';
import { download } from '../../parts/download.js';
import { Failure } from '../../parts/states.js';
import { atMinute } from '../../parts/when.js';
import {
  canCheck,
  fetchCheckpoint,
  forgetStandings,
  isSound,
  type Standing,
  standingOf,
} from '../../proof/check.js';
import { forgetCheckpoint } from '../../proof/kept.js';
import { witnessesOf } from '../../proof/note.js';
import { strings } from '../../strings/audit.js';
import css from './audit.module.css';

/** The ledger as checked by this browser: its size, root and signer, and whether it is the one known before. */
export function LedgerLine({ onTrust }: { readonly onTrust?: () => void }) {
  const { workspace } = useMe();
  const { data, error, isFetching, refetch } = useQuery({
    // Not refetched for every event, since each answer makes the service sign.
    queryKey: ['ledger', 'standing', 'text'],
    queryFn: async () => standingOf(workspace, await fetchCheckpoint(workspace)),
    enabled: canCheck(),
    staleTime: 0,
  });
  return (
    <section className={css['ledger']} aria-label={strings.ledger}>
      {!canCheck() && <p>{strings.fault.insecure}</p>}
      {error !== null && <Failure error={error} retry={refetch} />}
      {canCheck() && data === undefined && error === null && <p>{strings.ledgerUnchecked}</p>}
      {data !== undefined && <Told standing={data} />}
      {data !== undefined && (
        <div className={css['ledgerActions']}>
          <Button disabled={isFetching} onClick={() => void refetch()}>
            {strings.checkLedger}
          </Button>
          <Button onClick={() => download(`${workspace}-${data.checkpoint.size}.checkpoint`, data.note)}>
            {strings.downloadCheckpoint}
          </Button>
          {!isSound(data) && <Unsound standing={data} onTrust={() => (onTrust?.(), refetch())} />}
        </div>
      )}
    </section>
  );
}

function Told({ standing }: { readonly standing: Standing }) {
  const { checkpoint, signature, growth, signedAt, note } = standing;
  const witnesses = witnessesOf(checkpoint);
  return (
    <div>
      <p className={css['ledgerHead']}>
        <Chip status={isSound(standing) ? 'settled' : 'disputed'}>
          {isSound(standing) ? `✓ ${strings.proved}` : `✕ ${strings.notProved}`}
        </Chip>
        <strong>{strings.ledgerSize(checkpoint.size)}</strong>
        <code>{note.split('\n')[2]}</code>
      </p>
      <p role={isSound(standing) ? undefined : 'alert'}>
        {strings.growth[growth]} {strings.signature[signature]}{' '}
        {signedAt !== undefined && strings.signedAt(atMinute(new Date(signedAt).toISOString()))}{' '}
        {witnesses.length > 0 ? strings.witnesses(witnesses.join(', ')) : strings.noWitness}
      </p>
    </div>
  );
}

/** The two differing checkpoints as evidence, and a way to continue once the operator has explained them. */
function Unsound({ standing, onTrust }: { readonly standing: Standing; readonly onTrust: () => unknown }) {
  const { workspace } = useMe();
  const [asking, setAsking] = useState(false);
  const { kept } = standing;
  if (kept === undefined) return null;
  const trust = async (): Promise<void> => {
    await forgetCheckpoint(workspace);
    forgetStandings();
    setAsking(false);
    await onTrust();
  };
  return (
    <>
      <Button onClick={() => download(`${workspace}-kept.checkpoint`, kept.note)}>
        {strings.downloadKept}
      </Button>
      <Button look="danger" onClick={() => setAsking(true)}>
        {strings.trust}
      </Button>
      {asking && (
        <Dialog title={strings.trust} onClose={() => setAsking(false)}>
          <p>{strings.trustLead}</p>
          <Button look="danger" onClick={() => void trust()}>
            {strings.trust}
          </Button>
        </Dialog>
      )}
    </>
  );
}
