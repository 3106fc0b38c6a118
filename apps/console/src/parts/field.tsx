import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import css from './parts.module.css';

interface Described {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The fault of the input, and how to correct it. */
  readonly fault?: string | undefined;
}

/** The fault of the field above. */
export const Fault = ({ id, children }: { readonly id?: string; readonly children: ReactNode }) => (
  <div className={css['fault']} id={id} role="alert">
    {children}
  </div>
);

/** A label with its control, a hint, and the fault. */
export function Labelled({
  id,
  label,
  hint,
  fault,
  children,
}: Described & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <div className={css['hint']} id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {fault !== undefined && <Fault id={`${id}-fault`}>{fault}</Fault>}
    </div>
  );
}

/** What says of a control that it has a hint, and a fault. */
export const explained = (id: string, { hint, fault }: Pick<Described, 'hint' | 'fault'>) => ({
  'aria-describedby':
    [hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`].filter(Boolean).join(' ') ||
    undefined,
  'aria-invalid': fault !== undefined || undefined,
});

const described = (id: string, what: Described) => ({
  id,
  className: css['control'],
  ...explained(id, what),
});

type InputProps = Described & InputHTMLAttributes<HTMLInputElement> & { ref?: React.Ref<HTMLInputElement> };
export function TextField({ label, hint, fault, ...rest }: InputProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <input type="text" dir="auto" autoComplete="off" {...described(id, { label, hint, fault })} {...rest} />
    </Labelled>
  );
}

type AreaProps = Described &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: React.Ref<HTMLTextAreaElement> };
export function TextArea({ label, hint, fault, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <textarea rows={2} dir="auto" {...described(id, { label, hint, fault })} {...rest} />
    </Labelled>
  );
}

type SelectProps = Described & SelectHTMLAttributes<HTMLSelectElement>;
export function SelectField({ label, hint, fault, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <select {...described(id, { label, hint, fault })} {...rest}>
        {children}
      </select>
    </Labelled>
  );
}
