import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Keys } from '../keys/keys.js';
import type { KeyName } from '../keys/table.js';
import css from './parts.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'primary' | 'quiet' | 'danger';
  /** Shows the key that does the same. */
  readonly keyName?: KeyName;
  readonly children: ReactNode;
}

export function Button({ look, keyName, children, className, type = 'button', ...rest }: ButtonProps) {
  const classes = [css['button'], look !== undefined && css[look], className].filter(Boolean).join(' ');
  return (
    <button type={type} className={classes} {...rest}>
      {children}
      {keyName !== undefined && <Keys name={keyName} />}
    </button>
  );
}
