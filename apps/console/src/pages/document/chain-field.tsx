import { type KeyboardEvent, useId, useState } from 'react';
import type { Asserter } from '../../data/types.js';
import { explained, Labelled } from '../../parts/field.js';
import { RemoveToken } from '../../parts/token-input.js';
import css from '../../parts/token-input.module.css';
import { strings } from '../../strings/document.js';
import { words } from '../../strings/vocabulary.js';

interface ChainFieldProps {
  readonly asserters: readonly Asserter[];
  readonly onChange: (asserters: readonly Asserter[]) => void;
  readonly known: readonly string[];
  readonly fault: string | undefined;
}

type AsserterKind = NonNullable<Asserter['kind']>;
const KINDS = Object.keys(words.asserterKind) as AsserterKind[];
/** A description in place of a name: "senior officers", "a witness". */
const guessKind = (name: string): AsserterKind =>
  /^(?:an?|the|two|several|senior|unnamed)\b|\b(?:officials?|officers?|sources?|witness(?:es)?|residents?)$/i.test(
    name,
  )
    ? 'anonymous'
    : 'named';

/** The chain from speaker to publisher: tokens separated by ›. New ones are inserted before the publisher. */
export function ChainField({ asserters, onChange, known, fault }: ChainFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const set = (at: number, changed: Asserter): void =>
    onChange(asserters.map((each, index) => (index === at ? changed : each)));
  const remove = (at: number): void => onChange(asserters.filter((_, index) => index !== at));
  const insertAt = Math.max(0, asserters.length - 1);
  const add = (): void => {
    const name = typed.trim();
    if (name !== '')
      onChange([
        ...asserters.slice(0, insertAt),
        { name, kind: guessKind(name) },
        ...asserters.slice(insertAt),
      ]);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const last = asserters[insertAt - 1];
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === '>') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault();
      remove(insertAt - 1);
      setTyped(last.name);
    }
  };
  const token = (asserter: Asserter, at: number) => (
    <span key={`${at} ${asserter.name}`} className={css['token']}>
      <span dir="auto">{asserter.name}</span>
      <select
        aria-label={strings.kindOf(asserter.name)}
        value={asserter.kind ?? 'named'}
        onChange={(event) => set(at, { ...asserter, kind: event.target.value as AsserterKind })}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {words.asserterKind[kind]}
          </option>
        ))}
      </select>
      <RemoveToken label={strings.remove(asserter.name)} onRemove={() => remove(at)} />
    </span>
  );
  return (
    <Labelled id={id} label={strings.chain} hint={strings.chainHint} fault={fault}>
      <div className={css['box']}>
        {asserters.slice(0, insertAt).map((asserter, at) => [
          token(asserter, at),
          <span key={`arrow ${at}`} className={css['arrow']} aria-hidden="true">
            ›
          </span>,
        ])}
        <input
          id={id}
          dir="auto"
          autoComplete="off"
          placeholder={strings.addAsserter}
          list={`${id}-known`}
          value={typed}
          {...explained(id, { hint: strings.chainHint, fault })}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
        {asserters.slice(insertAt).map((asserter, at) => token(asserter, insertAt + at))}
        <datalist id={`${id}-known`}>
          {known.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
      </div>
    </Labelled>
  );
}
