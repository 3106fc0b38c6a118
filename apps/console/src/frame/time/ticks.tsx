import { useEffect, useRef } from 'react';
import type { Change } from '../../data/types.js';
import css from './time-bar.module.css';

/** The row and colour of a tick show the member; the bar also names them in words. */
const ROWS = 4;
const HUES = [250, 60, 155, 330, 205, 100, 290, 20];

const colourOf = (member: number, dark: boolean): string =>
  `oklch(${dark ? 0.76 : 0.55} 0.11 ${HUES[member % HUES.length] ?? 250})`;

/** The members in the order of their first changes. */
export const membersOf = (history: readonly Change[]): string[] => [
  ...new Set(history.map(({ actor }) => actor)),
];

/** One tick per change. Drawn once per history, size and theme; moving the handle redraws nothing. */
export function Ticks({ history }: { readonly history: readonly Change[] }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    const draw = (): void => paint(canvas, history);
    const sizes = new ResizeObserver(draw);
    const themes = new MutationObserver(draw);
    sizes.observe(canvas);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    scheme.addEventListener('change', draw);
    return () => {
      sizes.disconnect();
      themes.disconnect();
      scheme.removeEventListener('change', draw);
    };
  }, [history]);
  return <canvas ref={ref} className={css['ticks']} aria-hidden="true" />;
}

function paint(canvas: HTMLCanvasElement, history: readonly Change[]): void {
  const context = canvas.getContext('2d');
  const { width, height } = canvas.getBoundingClientRect();
  if (context === null || width === 0) return;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const { theme } = document.documentElement.dataset;
  const dark =
    theme === 'dark' || (theme !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  const members = membersOf(history);
  const rows = Math.min(ROWS, Math.max(1, members.length));
  const tall = height / rows;
  const step = width / history.length;
  for (const [index, { actor }] of history.entries()) {
    const member = members.indexOf(actor);
    context.fillStyle = colourOf(member, dark);
    context.fillRect(
      (index + 0.5) * step - 0.75,
      (member % rows) * tall + 1,
      Math.max(1, Math.min(3, step - 1)),
      tall - 2,
    );
  }
}
