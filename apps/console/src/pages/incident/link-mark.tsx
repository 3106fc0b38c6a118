import { titleOf } from '../../data/describe.js';
import type { Annotation } from '../../data/types.js';
import { Button } from '../../parts/button.js';
import { strings } from '../../strings/incident.js';
import css from './incident.module.css';

/** The annotation marked for a link, and the next step. */
export function LinkMark({ marked, unmark }: { readonly marked: Annotation; readonly unmark: () => void }) {
  return (
    <output className={css['marked']}>
      <span dir="auto">{strings.marked(titleOf(marked))}</span>
      <Button look="quiet" onClick={unmark}>
        {strings.unmark}
      </Button>
    </output>
  );
}
