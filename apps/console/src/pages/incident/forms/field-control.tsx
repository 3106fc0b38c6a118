import type { ReactNode } from 'react';
import { useMembers } from '../../../data/queries.js';
import type { FieldFault } from '../../../data/problems.js';
import type { Dispute, Incident } from '../../../data/types.js';
import { Fault, TextArea, TextField } from '../../../parts/field.js';
import { TokenInput } from '../../../parts/token-input.js';
import { strings } from '../../../strings/incident.js';
import { strings as names } from '../../../strings/inspector.js';
import { DateField, type StatedDate } from './date-field.js';
import { EvidenceField } from './evidence-field.js';
import type { FormField } from './form-fields.js';
import css from './forms.module.css';
import { ChoiceField, PlaceField, PositionsField, TargetsField, TollsField } from './part-fields.js';
import { Squares } from './specificity.js';

interface ControlProps {
  readonly incident: Incident;
  readonly field: FormField;
  readonly value: unknown;
  readonly faults: readonly FieldFault[];
  readonly focused: boolean;
  readonly onChange: (value: unknown) => void;
}

/** The control of a field, by its kind. */
export function FieldControl({ incident, field, value, faults, focused, onChange }: ControlProps) {
  const { name, kind, hint } = field;
  const label = names.field[name] ?? name;
  const fault = faults.find((each) => each.field === name)?.detail;
  const list = (value ?? []) as readonly string[];
  const common = { label, hint, fault };
  if (typeof kind === 'object')
    return (
      <ChoiceField {...common} choice={kind.choice} value={value as string | undefined} onChange={onChange} />
    );
  switch (kind) {
    case 'prose':
      return (
        <TextArea
          {...common}
          value={(value as string | undefined) ?? ''}
          autoFocus={focused}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'text':
      return (
        <TextField
          {...common}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'list':
      return (
        <TokenInput
          {...common}
          values={list}
          known={[]}
          onChange={onChange}
          removeLabel={strings.form.remove}
        />
      );
    case 'date':
      return <DateField {...common} value={(value as StatedDate | undefined) ?? {}} onChange={onChange} />;
    case 'member':
      return <MemberField {...common} value={value as string | undefined} onChange={onChange} />;
    case 'evidence':
      return (
        <Faulted fault={fault}>
          <EvidenceField label={label} incident={incident} value={list} onChange={onChange} />
        </Faulted>
      );
    case 'targets':
      return (
        <Faulted fault={fault}>
          <TargetsField label={label} incident={incident} value={list} onChange={onChange} />
        </Faulted>
      );
    case 'specificity':
      return (
        <fieldset className={css['plain']}>
          <legend className={css['label']}>{label}</legend>
          <Squares value={value ?? {}} onChange={onChange} />
          <p className={css['note']}>{strings.form.specificityHelp}</p>
          {fault !== undefined && <Fault>{fault}</Fault>}
        </fieldset>
      );
    case 'place':
      return <PlaceField value={value ?? {}} fault={fault} onChange={onChange} />;
    case 'tolls':
      return <TollsField incident={incident} value={value ?? {}} fault={fault} onChange={onChange} />;
    case 'positions':
      return (
        <Faulted fault={fault}>
          <PositionsField
            incident={incident}
            value={(value ?? []) as NonNullable<Dispute['positions']>}
            onChange={onChange}
          />
        </Faulted>
      );
  }
}

interface FaultedProps {
  readonly fault: string | undefined;
  readonly children: ReactNode;
}

/** A field of several controls, with what is wrong below them. */
const Faulted = ({ fault, children }: FaultedProps) => (
  <>
    {children}
    {fault !== undefined && <Fault>{fault}</Fault>}
  </>
);

interface MemberFieldProps {
  readonly label: string;
  readonly fault: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function MemberField(props: MemberFieldProps) {
  const { data: members = [] } = useMembers();
  const choice = Object.fromEntries(members.map(({ id, name }) => [id, name]));
  return <ChoiceField {...props} choice={choice} none={strings.form.nobody} />;
}
