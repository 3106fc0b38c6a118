import { type KeyboardEvent, useId, useState } from 'react';
import { explained, Labelled } from './field.js';
import css from './token-input.module.css';

interface TokenInputProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** Completions for the input. */
  readonly known: readonly string[];
  readonly removeLabel: (value: string) => string;
}

/** Words as tokens: Enter or a comma adds the typed word, Backspace returns the last one to the field. */
export function TokenInput({ label, hint, fault, values, onChange, known, removeLabel }: TokenInputProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const add = (): void => {
    const value = typed.trim();
    if (value !== '' && !values.includes(value)) onChange([...values, value]);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const last = values.at(-1);
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault();
      onChange(values.slice(0, -1));
      setTyped(last);
    }
  };
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <div className={css['box']}>
        {values.map((value) => (
          <span key={value} className={css['token']}>
            <span dir="auto">{value}</span>
            <RemoveToken
              label={removeLabel(value)}
              onRemove={() => onChange(values.filter((each) => each !== value))}
            />
          </span>
        ))}
        <input
          id={id}
          dir="auto"
          autoComplete="off"
          list={`${id}-known`}
          value={typed}
          {...explained(id, { hint, fault })}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
        <datalist id={`${id}-known`}>
          {known.map((value) => (
            <option key={value}>{value}</option>
          ))}
        </datalist>
      </div>
    </Labelled>
  );
}

export function RemoveToken({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <button type="button" className={css['remove']} aria-label={label} onClick={onRemove}>
      ✕
    </button>
  );
}
