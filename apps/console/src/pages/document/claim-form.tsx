import { type ReactNode, useEffect, useId, useRef } from 'react';
import { faultsOf } from '../../data/problems.js';
import type { Asserter } from '../../data/types.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { SelectField, TextArea, TextField } from '../../parts/field.js';
import { TokenInput } from '../../parts/token-input.js';
import { strings } from '../../strings/document.js';
import { help, words } from '../../strings/vocabulary.js';
import { ChainField } from './chain-field.js';
import type { ClaimFields, FigureFields } from './claim-fields.js';
import css from './claim-form.module.css';
import type { EdgeMove } from './document-text.js';
import { Edges } from './edges.js';

interface ClaimFormProps {
  readonly title: string;
  readonly fields: ClaimFields;
  readonly onChange: (fields: ClaimFields) => void;
  readonly known: { readonly names: readonly string[]; readonly tags: readonly string[] };
  readonly restored: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onMove: (move: EdgeMove) => void;
  readonly onRecord: () => void;
  /** Closes the form; the input stays as a draft. */
  readonly onClose: () => void;
  readonly onDiscard: () => void;
  /** Fields only for revisions, and errors that prevent recording. */
  readonly children?: ReactNode;
}

/** The card for entering a claim, at its span. */
export function ClaimForm(props: ClaimFormProps) {
  const { title, fields, onChange, known, restored, busy, error, children } = props;
  const form = useRef<HTMLElement>(null);
  const statement = useRef<HTMLTextAreaElement>(null);
  // Keep the cursor visible, above the buttons at the bottom.
  useEffect(() => statement.current?.scrollIntoView({ block: 'nearest' }), []);
  const set = (changes: Partial<ClaimFields>): void => onChange({ ...fields, ...changes });
  const faults = faultsOf(error);
  const faultOf = (field: string): string | undefined =>
    faults.find((fault) => fault.field === field)?.detail;
  useKey('record', () => {
    // A token that was typed but not entered yet counts as well: leaving its field enters it before recording.
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && form.current?.contains(activeElement) === true)
      activeElement.blur();
    if (!busy) queueMicrotask(() => props.onRecord());
  });
  useKey('back', props.onClose);
  return (
    <section className={css['card']} aria-label={title} ref={form}>
      <header className={css['head']}>
        <h2>{title}</h2>
        {restored && <span className={css['restored']}>{strings.restored}</span>}
        <Edges onMove={props.onMove} />
      </header>
      <ChainField
        asserters={fields.asserters}
        onChange={(asserters: readonly Asserter[]) => set({ asserters })}
        known={known.names}
        fault={faultOf('asserters')}
      />
      <TextArea
        ref={statement}
        label={strings.statement}
        hint={strings.statementHint}
        value={fields.statement}
        fault={faultOf('statement')}
        autoFocus
        onChange={(event) => set({ statement: event.target.value })}
      />
      <Modality fields={fields} set={set} />
      <FigureField figure={fields.figure} set={set} fault={faultOf('figure')} />
      <TokenInput
        label={strings.tags}
        values={fields.tags}
        onChange={(tags) => set({ tags })}
        known={known.tags}
        fault={faultOf('tags')}
        removeLabel={strings.remove}
      />
      <Judgement fields={fields} set={set} />
      {children}
      <footer className={css['foot']}>
        <Button look="primary" onClick={props.onRecord} disabled={busy} keyName="record">
          {busy ? strings.recording : strings.record}
        </Button>
        <Button onClick={props.onClose} keyName="back">
          {strings.later}
        </Button>
        <Button look="quiet" className={css['last']} onClick={props.onDiscard}>
          {strings.discard}
        </Button>
      </footer>
    </section>
  );
}

interface PartProps {
  readonly fields: ClaimFields;
  readonly set: (changes: Partial<ClaimFields>) => void;
}

function Modality({ fields: { modality }, set }: PartProps) {
  const id = useId();
  return (
    <fieldset className={css['radios']} aria-describedby={id}>
      <legend>{strings.modality}</legend>
      {(Object.keys(words.modality) as ClaimFields['modality'][]).map((each) => (
        <label key={each} className={css['radio']}>
          <input
            type="radio"
            name={id}
            checked={modality === each}
            onChange={() => set({ modality: each })}
          />
          {words.modality[each]}
        </label>
      ))}
      <p className={css['help']} id={id}>
        {help.modality[modality]}
      </p>
    </fieldset>
  );
}

interface FigureFieldProps {
  readonly figure: FigureFields | null;
  readonly set: PartProps['set'];
  readonly fault: string | undefined;
}

function FigureField({ figure, set, fault }: FigureFieldProps) {
  if (figure === null) {
    return (
      <div>
        <Button
          look="quiet"
          onClick={() => set({ figure: { counts: 'killed', min: '', max: '', asPrinted: '' } })}
        >
          {strings.addFigure}
        </Button>
      </div>
    );
  }
  const change = (changes: Partial<FigureFields>): void => set({ figure: { ...figure, ...changes } });
  const bound = (name: 'min' | 'max', label: string) => (
    <TextField
      label={label}
      inputMode="numeric"
      pattern="[0-9]*"
      placeholder={strings.open}
      value={figure[name]}
      onChange={(event) => change({ [name]: event.target.value.replace(/\D/g, '') })}
    />
  );
  return (
    <fieldset className={css['figure']}>
      <legend>
        {strings.figure}
        <Button look="quiet" onClick={() => set({ figure: null })}>
          {strings.removeFigure}
        </Button>
      </legend>
      <TextField
        label={strings.counts}
        value={figure.counts}
        fault={fault}
        onChange={(event) => change({ counts: event.target.value })}
      />
      {bound('min', strings.least)}
      {bound('max', strings.most)}
      <TextField
        label={strings.asPrinted}
        value={figure.asPrinted}
        onChange={(event) => change({ asPrinted: event.target.value })}
      />
    </fieldset>
  );
}

function Judgement({ fields: { quotation, estimative, credibility }, set }: PartProps) {
  return (
    <div className={css['pair']}>
      <SelectField
        label={strings.quotation}
        value={quotation}
        hint={help.quotation[quotation]}
        onChange={(event) => set({ quotation: event.target.value as ClaimFields['quotation'] })}
      >
        {Object.entries(words.quotation).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={strings.credibility}
        value={credibility ?? ''}
        hint={credibility === null ? undefined : help.credibility[credibility]}
        onChange={({ target }) =>
          set({
            credibility: target.value === '' ? null : (Number(target.value) as ClaimFields['credibility']),
          })
        }
      >
        <option value="">{strings.unjudged}</option>
        {Object.entries(words.credibility).map(([value, word]) => (
          <option key={value} value={value}>
            {value}: {word}
          </option>
        ))}
      </SelectField>
      <TextField
        label={strings.estimative}
        hint={strings.estimativeHint}
        value={estimative}
        onChange={(event) => set({ estimative: event.target.value })}
      />
    </div>
  );
}
