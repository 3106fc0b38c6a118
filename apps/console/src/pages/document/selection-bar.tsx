import type { KeyName } from '../../keys/table.js';
import { Button } from '../../parts/button.js';
import { strings } from '../../strings/document.js';
import css from './document.module.css';
import type { Selected } from './use-selection.js';

interface SelectionBarProps {
  readonly selected: Selected;
  readonly begin: (what: 'claim' | 'warning' | 'attack' | 'dispute') => void;
}

const CHOICES = ['claim', 'warning', 'attack', 'dispute'] as const satisfies KeyName[];

/** The keys as buttons beside a selection, for the mouse and for touch. */
export function SelectionBar({ selected: { x, y }, begin }: SelectionBarProps) {
  return (
    <div
      className={css['selection']}
      style={{ left: `min(${Math.round(x)}px, max(0px, 100% - 380px))`, top: y + 6 }}
      role="group" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
      aria-label={strings.selection}
      // Pressing a button must not lose the selection.
      onMouseDown={(event) => event.preventDefault()}
    >
      {CHOICES.map((what) => (
        <Button key={what} look="quiet" keyName={what} onClick={() => begin(what)}>
          {strings.tag[what]}
        </Button>
      ))}
    </div>
  );
}
