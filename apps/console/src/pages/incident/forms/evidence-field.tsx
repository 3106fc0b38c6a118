import { useId, useState } from 'react';
import { stands } from '../../../data/annotations.js';
import { figureText, titleOf } from '../../../data/describe.js';
import type { Claim, Incident } from '../../../data/types.js';
import { TextField } from '../../../parts/field.js';
import { strings } from '../../../strings/incident.js';
import css from './forms.module.css';

/** Maximum claims offered at once; typing finds the others. */
const OFFERED = 30;

interface EvidenceFieldProps {
  readonly label: string;
  readonly incident: Incident;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Claims to tick as evidence: the chosen ones first, then those that match the typed words. */
export function EvidenceField({ label, incident, value, onChange }: EvidenceFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const claims = incident.claims.filter((claim) => stands(claim) || value.includes(claim.id));
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (claim: Claim): boolean => {
    const text = textOf(claim).toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const chosen = claims.filter((claim) => value.includes(claim.id));
  const others = claims.filter((claim) => !value.includes(claim.id) && fits(claim));
  const toggle = (claim: string): void =>
    onChange(value.includes(claim) ? value.filter((each) => each !== claim) : [...value, claim]);
  return (
    <details className={css['evidence']}>
      <summary>
        <span id={id}>{label}</span> <small>{strings.form.chosen(value.length)}</small>
      </summary>
      <fieldset aria-labelledby={id}>
        {claims.length > 8 && (
          <TextField
            label={strings.form.findClaim}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {claims.length === 0 && <p className={css['note']}>{strings.form.noClaimsAtAll}</p>}
        <ul>
          {[...chosen, ...others.slice(0, OFFERED)].map((claim) => (
            <li key={claim.id}>
              <label>
                <input type="checkbox" checked={value.includes(claim.id)} onChange={() => toggle(claim.id)} />
                <span dir="auto">{textOf(claim)}</span>
              </label>
            </li>
          ))}
        </ul>
        {others.length > OFFERED && (
          <p className={css['note']}>{strings.form.moreClaims(others.length - OFFERED)}</p>
        )}
        {claims.length > 0 && chosen.length + others.length === 0 && (
          <p className={css['note']}>{strings.form.noClaims}</p>
        )}
      </fieldset>
    </details>
  );
}

const textOf = (claim: Claim): string =>
  [
    titleOf({ ...claim, kind: 'claim' }),
    claim.figure === undefined ? undefined : `(${figureText(claim.figure)})`,
  ]
    .filter((each) => each !== undefined)
    .join(' ');
