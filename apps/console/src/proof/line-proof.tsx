import { useMe } from '../data/session.js';
import { sentenceOf } from '../data/problems.js';
import type { Change } from '../data/types.js';
import { Button } from '../parts/button.js';
import { Chip } from '../parts/chip.js';
import { download } from '../parts/download.js';
import { useToasts } from '../parts/toast.js';
import { fetchProof } from './check.js';
import { strings } from '../strings/audit.js';
import css from './line-proof.module.css';
import type { LineProof } from './proofs.js';

interface LineProofProps {
  readonly change: Change;
  readonly proof: LineProof;
  readonly onProve: (change: Change) => void;
}

/** A check mark only if this browser has verified the proof; "not checked" until then. */
export function LineProofState({ change, proof, onProve }: LineProofProps) {
  if (proof === undefined || proof === 'checking')
    return (
      <Button
        look="quiet"
        className={css['unchecked']}
        disabled={proof === 'checking'}
        aria-label={proof === undefined ? strings.checkLabel(change.position) : strings.checking}
        onClick={() => onProve(change)}
      >
        {proof === undefined ? strings.notChecked : strings.checking}
      </Button>
    );
  return (
    <details className={css['proof']}>
      <summary>
        <Chip status={proof.proved ? 'settled' : 'disputed'}>
          {proof.proved ? `✓ ${strings.proved}` : `✕ ${strings.notProved}`}
        </Chip>
      </summary>
      <div className={css['proofBody']} role={proof.proved ? undefined : 'alert'}>
        <p>
          {proof.proved ? strings.provedMeans(proof.standing.checkpoint.size) : strings.fault[proof.fault]}
        </p>
        <DownloadProof position={change.position} />
      </div>
    </details>
  );
}

function DownloadProof({ position }: { readonly position: number }) {
  const { workspace } = useMe();
  const { failed } = useToasts();
  const get = (): void => {
    fetchProof(workspace, position).then(
      (text) => download(`${workspace}-${position}.tlog-proof`, text),
      (error: unknown) => failed(sentenceOf(error)),
    );
  };
  return <Button onClick={get}>{strings.downloadProof}</Button>;
}
