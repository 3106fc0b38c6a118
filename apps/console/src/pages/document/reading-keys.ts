import { useAddress } from '../../address/address.js';
import { useKey } from '../../keys/keyboard.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/document.js';
import type { ListedClaim } from './claim-list.js';
import type { EdgeMove } from './document-text.js';

interface ReadingKeys {
  readonly claims: readonly ListedClaim[];
  readonly pick: (id: string) => void;
  /** Opens the form for a claim on the selection; returns whether there is one. */
  readonly begin: () => boolean;
  /** Opens the selected claim for editing, starting with the move of an edge. */
  readonly moveEdge: (id: string, move: EdgeMove) => void;
  readonly caret: boolean;
  readonly setCaret: (on: boolean) => void;
  readonly writing: boolean;
}

/** The keys for reading a document while no form is open. */
export function useReadingKeys(props: ReadingKeys): void {
  const { claims, pick, begin, moveEdge, caret, setCaret, writing } = props;
  const { on } = useAddress();
  const { told } = useToasts();
  const chosen = claims.findIndex(({ claim }) => claim.id === on);
  const step = (by: 1 | -1): void => {
    const next = claims[chosen < 0 ? (by > 0 ? 0 : claims.length - 1) : chosen + by];
    if (next !== undefined) pick(next.claim.id);
  };
  useKey('next', () => step(1));
  useKey('previous', () => step(-1));
  useKey('claim', () => void (begin() || told(strings.selectFirst)), writing);
  const move =
    (edge: EdgeMove['edge'], by: EdgeMove['step']) =>
    ({ target }: KeyboardEvent): void | false => {
      // In a field of another form, such as a comment, the field handles the key.
      if (on === undefined || (target instanceof Element && target.matches('input, textarea, select')))
        return false;
      moveEdge(on, { edge, step: by });
    };
  const movable = writing && chosen >= 0;
  useKey('edgeLeft', move('end', -1), movable);
  useKey('edgeRight', move('end', 1), movable);
  useKey('startLeft', move('start', -1), movable);
  useKey('startRight', move('start', 1), movable);
  useKey('caret', () => setCaret(!caret));
  useKey(
    'back',
    () => {
      setCaret(false);
      window.getSelection()?.removeAllRanges();
    },
    caret,
  );
}
