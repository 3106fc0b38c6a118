import { useCallback, useState } from 'react';

/** How far this browser has come in the tour; nobody else needs to know. */
const KEY = 'casebook-tour';
const OVER = 'over';

function kept(): number | undefined {
  const text = localStorage.getItem(KEY);
  return text === OVER ? undefined : Math.max(0, Number(text ?? 0) || 0);
}

interface TourStep {
  /** From 0; undefined: it was finished or skipped. */
  readonly step: number | undefined;
  readonly goTo: (step: number | undefined) => void;
}

export function useTourStep(): TourStep {
  const [step, setStep] = useState(kept);
  const goTo = useCallback((next: number | undefined) => {
    localStorage.setItem(KEY, next === undefined ? OVER : String(next));
    setStep(next);
  }, []);
  return { step, goTo };
}
