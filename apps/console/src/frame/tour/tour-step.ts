import { useCallback, useState } from 'react';

/** This browser's progress in the tour. */
const KEY = 'casebook-tour';
const OVER = 'over';

function kept(): number | undefined {
  const text = localStorage.getItem(KEY);
  return text === OVER ? undefined : Math.max(0, Number(text ?? 0) || 0);
}

interface TourStep {
  /** From 0; undefined if the tour was finished or skipped. */
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
