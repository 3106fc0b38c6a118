import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { strings } from '../strings/frame.js';
import { Button } from './button.js';
import css from './parts.module.css';

interface Toast {
  readonly id: number;
  readonly tone: 'recorded' | 'failed' | 'told';
  readonly text: string;
}

interface Toasts {
  /** The positions of the page's last change, while it can be undone from here. */
  readonly lastRecorded: readonly number[] | undefined;
  readonly recorded: (positions: readonly number[]) => void;
  readonly failed: (sentence: string) => void;
  readonly told: (sentence: string) => void;
}

const Context = createContext<Toasts | null>(null);
const SHOWN_MS = 8_000;
let nextId = 1;

interface ProviderProps {
  readonly children: ReactNode;
}

export function ToastProvider({ children }: ProviderProps) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [lastRecorded, setLastRecorded] = useState<readonly number[]>();
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((each) => each.id !== id)), []);
  const show = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      const id = nextId++;
      setToasts((all) => [...all.slice(-2), { ...toast, id }]);
      // Failures stay until dismissed.
      if (toast.tone !== 'failed') setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  const value = useMemo<Toasts>(
    () => ({
      lastRecorded,
      recorded: (positions) => {
        setLastRecorded(positions);
        show({ tone: 'recorded', text: strings.recorded(Math.max(...positions)) });
      },
      failed: (text) => show({ tone: 'failed', text }),
      told: (text) => show({ tone: 'told', text }),
    }),
    [lastRecorded, show],
  );
  return (
    <Context value={value}>
      {children}
      <output className={css['toasts']}>
        {toasts.map(({ id, tone, text }) => (
          <div key={id} className={css['toast']} data-tone={tone}>
            <span>{text}</span>
            <Button look="quiet" onClick={() => dismiss(id)} aria-label={`${strings.dismiss}: ${text}`}>
              ✕
            </Button>
          </div>
        ))}
      </output>
    </Context>
  );
}

export function useToasts(): Toasts {
  const value = useContext(Context);
  if (value === null) throw new Error('useToasts outside of ToastProvider');
  return value;
}
