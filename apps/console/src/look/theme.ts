import { useState } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const KEY = 'casebook-theme';

const chosen = (): Theme => THEMES.find((each) => each === localStorage.getItem(KEY)) ?? 'system';

export function applyTheme(theme = chosen()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** The theme chosen in this browser, and a function to switch to the next one. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(chosen);
  const next = (): void => {
    const following = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    localStorage.setItem(KEY, following);
    applyTheme(following);
    setTheme(following);
  };
  return [theme, next];
}
