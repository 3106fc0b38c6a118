import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { strings } from '../strings/frame.js';
import { Button } from './button.js';
import css from './parts.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A modal dialog while mounted: the browser's own, which traps and restores the focus, and closes on Esc. */
export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A dialog must be closed before it is removed in order to restore the focus.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The browser would focus the close button; React's autoFocus runs before the dialog is shown.
    dialog?.querySelector<HTMLElement>('input, textarea, select')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`${css['dialog']} ${wide ? css['wide'] : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      onKeyDown={(event) => {
        // The page's keys are disabled while a dialog is open.
        event.stopPropagation();
      }}
    >
      <div className={css['dialogHead']}>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" onClick={onClose}>
          {strings.close}
        </Button>
      </div>
      <div className={css['dialogBody']}>{children}</div>
    </dialog>
  );
}
