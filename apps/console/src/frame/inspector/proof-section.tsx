import { useHistory } from '../../data/queries.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { LineProofState } from '../../proof/line-proof.js';
import { useProofs } from '../../proof/proofs.js';
import { strings as audit } from '../../strings/audit.js';
import { strings } from '../../strings/inspector.js';
import css from './inspector.module.css';

/** The changes of the annotation, each "not checked" until this browser has checked its proof. */
export function ProofSection({
  incident,
  annotation,
}: {
  readonly incident: string;
  readonly annotation: string;
}) {
  const { data: history = [] } = useHistory(incident);
  const changes = history.filter(({ annotationId }) => annotationId === annotation).reverse();
  const proofs = useProofs();
  const { running } = proofs;
  const checkAll = (): void => proofs.prove(changes);
  useKey('prove', checkAll);
  if (changes.length === 0) return null;
  return (
    <section className={css['section']}>
      <h3>{strings.proof}</h3>
      <p className={css['meta']}>
        {running === undefined
          ? strings.proofLead(changes.length)
          : strings.checking(running.done, running.all)}
      </p>
      <div>
        <Button keyName="prove" disabled={running !== undefined} onClick={checkAll}>
          {strings.checkAll}
        </Button>
      </div>
      <ul className={css['proofs']}>
        {changes.map((change) => (
          <li key={change.position}>
            <span>{audit.position(change.position)}</span>
            <LineProofState
              change={change}
              proof={proofs.of(change.position)}
              onProve={(each) => proofs.prove([each])}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
