import { useId } from 'react';
import { annotationIn } from '../../../data/annotations.js';
import { titleOf } from '../../../data/describe.js';
import type { Attack, Dispute, Incident } from '../../../data/types.js';
import { Button } from '../../../parts/button.js';
import { SelectField, TextArea, TextField } from '../../../parts/field.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import { EvidenceField } from './evidence-field.js';
import css from './forms.module.css';

const text = strings.form;

type Place = NonNullable<Attack['place']>;

/** A number being typed; invalid input is sent unchanged and refused with a message. */
const numeric = (typed: string): number | undefined => {
  if (typed.trim() === '') return undefined;
  const number = Number(typed.replace('−', '-'));
  return Number.isNaN(number) ? undefined : number;
};

export function PlaceField({
  value,
  fault,
  onChange,
}: {
  readonly value: Place;
  readonly fault: string | undefined;
  readonly onChange: (value: Place) => void;
}) {
  const set = (changes: { [F in keyof Place]?: Place[F] | undefined }): void =>
    onChange({ ...value, ...changes });
  const degrees = (name: 'latitude' | 'longitude', most: number) => (
    <TextField
      label={text[name]}
      type="number"
      step="any"
      min={-most}
      max={most}
      value={value[name] ?? ''}
      onChange={(event) => set({ [name]: numeric(event.target.value) })}
    />
  );
  return (
    <div className={css['grid']}>
      <TextField
        label={text.placeName}
        value={value.name ?? ''}
        fault={fault}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={text.country}
        value={value.country ?? ''}
        onChange={(event) => set({ country: event.target.value })}
      />
      {degrees('latitude', 90)}
      {degrees('longitude', 180)}
      <ChoiceField
        label={text.precision}
        choice={words.geoPrecision}
        value={value.geoPrecision}
        onChange={(geoPrecision) => set({ geoPrecision: geoPrecision as Place['geoPrecision'] })}
      />
    </div>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly choice: Readonly<Record<string, string>>;
  readonly value: string | undefined;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly none?: string;
  readonly onChange: (value: string | undefined) => void;
}

export function ChoiceField({ label, choice, value, hint, fault, none, onChange }: ChoiceFieldProps) {
  return (
    <SelectField
      label={label}
      hint={hint}
      fault={fault}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      <option value="">{none ?? text.unchosen}</option>
      {Object.entries(choice).map(([each, word]) => (
        <option key={each} value={each}>
          {word}
        </option>
      ))}
    </SelectField>
  );
}

type Casualties = NonNullable<Attack['casualties']>;
const TOLLS = ['killed', 'wounded'] as const;
const BOUNDS = ['low', 'best', 'high'] as const;

interface TollsFieldProps {
  readonly incident: Incident;
  readonly value: Casualties;
  readonly fault: string | undefined;
  readonly onChange: (value: Casualties) => void;
}

/** Killed and wounded: at least, best, at most, and the claims as evidence. */
export function TollsField({ incident, value, fault, onChange }: TollsFieldProps) {
  return (
    <>
      {TOLLS.map((toll) => {
        const figures = value[toll] ?? {};
        const set = (changes: object): void => onChange({ ...value, [toll]: { ...figures, ...changes } });
        return (
          <fieldset key={toll} className={css['set']}>
            <legend>{text.toll[toll]}</legend>
            <div className={css['thirds']}>
              {BOUNDS.map((bound) => (
                <TextField
                  key={bound}
                  label={text.bound[bound]}
                  aria-label={text.tollNumber(text.toll[toll], text.bound[bound])}
                  inputMode="numeric"
                  value={figures[bound] ?? ''}
                  fault={bound === 'low' ? fault : undefined}
                  onChange={(event) => set({ [bound]: numeric(event.target.value.replace(/\D/g, '')) })}
                />
              ))}
            </div>
            <EvidenceField
              label={text.tollEvidence(text.toll[toll])}
              incident={incident}
              value={figures.evidence ?? []}
              onChange={(evidence) => set({ evidence })}
            />
          </fieldset>
        );
      })}
    </>
  );
}

/** The targets of a dispute; at least one must remain. */
export function TargetsField({
  label,
  incident,
  value,
  onChange,
}: {
  readonly label: string;
  readonly incident: Incident;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h4 id={id} className={css['label']}>
        {label}
      </h4>
      <ul className={css['targets']}>
        {value.map((target) => {
          const found = annotationIn(incident, target);
          const title = found === undefined ? target : titleOf(found);
          return (
            <li key={target}>
              <span dir="auto">{title}</span>
              {value.length > 1 && (
                <Button
                  look="quiet"
                  aria-label={text.remove(title)}
                  onClick={() => onChange(value.filter((each) => each !== target))}
                >
                  ✕
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type Position = NonNullable<Dispute['positions']>[number];

interface PositionsFieldProps {
  readonly incident: Incident;
  readonly value: readonly Position[];
  readonly onChange: (value: readonly Position[]) => void;
}

/** The positions of a dispute, each with its holders and evidence. */
export function PositionsField({ incident, value, onChange }: PositionsFieldProps) {
  const set = (index: number, changes: Partial<Position>): void =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...changes } : each)));
  return (
    <div className={css['positions']}>
      {value.map((position, index) => (
        <fieldset key={index} className={css['set']}>
          <legend>
            {text.positionOf(index)}
            <Button
              look="quiet"
              aria-label={text.removePosition(index)}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              ✕
            </Button>
          </legend>
          <TextArea
            label={text.statement}
            value={position.statement}
            onChange={(event) => set(index, { statement: event.target.value })}
          />
          <TextField
            label={text.heldBy}
            value={position.heldBy ?? ''}
            onChange={(event) => set(index, { heldBy: event.target.value })}
          />
          <EvidenceField
            label={text.evidence}
            incident={incident}
            value={position.evidence ?? []}
            onChange={(evidence) => set(index, { evidence: [...evidence] })}
          />
        </fieldset>
      ))}
      <div>
        <Button onClick={() => onChange([...value, { statement: '' }])}>{text.addPosition}</Button>
      </div>
    </div>
  );
}
