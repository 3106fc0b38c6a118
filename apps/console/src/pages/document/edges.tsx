import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { strings } from '../../strings/document.js';
import css from './claim-form.module.css';
import type { EdgeMove } from './document-text.js';

/** Moves the edges of the span by words: Alt with the arrows, or these buttons. */
export function Edges({ onMove }: { readonly onMove: (move: EdgeMove) => void }) {
  useKey('edgeLeft', () => onMove({ edge: 'end', step: -1 }));
  useKey('edgeRight', () => onMove({ edge: 'end', step: 1 }));
  useKey('startLeft', () => onMove({ edge: 'start', step: -1 }));
  useKey('startRight', () => onMove({ edge: 'start', step: 1 }));
  const { edges } = strings;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div className={css['edges']} role="group" aria-label={edges.label}>
      {(['start', 'end'] as const).map((edge) => (
        <span key={edge} title={edges.keys[edge]}>
          {edges.name[edge]}
          <Button look="quiet" aria-label={edges.left[edge]} onClick={() => onMove({ edge, step: -1 })}>
            ←
          </Button>
          <Button look="quiet" aria-label={edges.right[edge]} onClick={() => onMove({ edge, step: 1 })}>
            →
          </Button>
        </span>
      ))}
    </div>
  );
}
