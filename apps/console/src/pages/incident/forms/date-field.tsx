import { useEffect, useRef } from 'react';
import { TextField } from '../../../parts/field.js';
import { strings } from '../../../strings/incident.js';
import { faultPlace } from './form-fields.js';
import css from './forms.module.css';

export interface StatedDate {
  readonly edtf?: string;
  readonly asPrinted?: string;
}

interface DateFieldProps {
  readonly label: string;
  readonly value: StatedDate;
  readonly hint?: string | undefined;
  readonly fault: string | undefined;
  readonly onChange: (value: StatedDate) => void;
}

/** A date as interpreted by the analyst (EDTF) and as printed by the source; faults are shown at their character. */
export function DateField({ label, value, hint, fault, onChange }: DateFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const { edtf = '', asPrinted = '' } = value;
  const place = fault === undefined ? undefined : faultPlace(fault);
  useEffect(() => {
    if (place === undefined) return;
    input.current?.focus();
    input.current?.setSelectionRange(place, place + 1);
  }, [place, fault]);
  return (
    <div className={css['pair']}>
      <div>
        <TextField
          ref={input}
          label={strings.form.edtf(label)}
          hint={hint ?? strings.form.edtfHint}
          value={edtf}
          fault={fault}
          spellCheck={false}
          onChange={(event) => onChange({ ...value, edtf: event.target.value })}
        />
        {place !== undefined && (
          <p className={css['faultAt']} aria-hidden="true">
            {edtf.slice(0, place)}
            <mark>{edtf.slice(place, place + 1) || ' '}</mark>
            {edtf.slice(place + 1)} <span>{strings.form.faultHere}</span>
          </p>
        )}
      </div>
      <TextField
        label={strings.form.asPrinted(label)}
        value={asPrinted}
        onChange={(event) => onChange({ ...value, asPrinted: event.target.value })}
      />
    </div>
  );
}
