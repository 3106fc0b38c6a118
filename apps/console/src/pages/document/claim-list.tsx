import { useEffect, useRef } from 'react';
import type { Claim } from '../../data/types.js';
import { strings } from '../../strings/document.js';
import { words } from '../../strings/vocabulary.js';
import css from './document.module.css';
import type { Tone } from './lanes.js';

export interface ListedClaim {
  readonly claim: Claim;
  readonly tone: Tone;
  readonly changed: boolean;
}

interface ClaimListProps {
  readonly claims: readonly ListedClaim[];
  readonly chosen: string | undefined;
  readonly empty: string;
  readonly onPick: (id: string) => void;
}

/** The claims of a document in the order of its text: what the marks in the text show, in words. */
export function ClaimList({ claims, chosen, empty, onPick }: ClaimListProps) {
  const current = useRef<HTMLButtonElement>(null);
  const marked = chosen ?? claims.find(({ changed }) => changed)?.claim.id;
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    const [box, entry] = [list.current, current.current];
    // Only where the list stands beside the text and scrolls by itself: otherwise it would take the reader away from the text.
    if (box !== null && entry !== null && box.scrollHeight > box.clientHeight)
      box.scrollTop = entry.offsetTop - box.offsetTop - box.clientHeight / 3;
  }, [marked]);
  return (
    <section ref={list} className={css['list']} aria-label={strings.claims}>
      <header className={css['listHead']}>
        <h2>{strings.claims}</h2>
        <span>{strings.claimCount(claims.length)}</span>
      </header>
      {claims.length === 0 && <p className={css['who']}>{empty}</p>}
      <ol>
        {claims.map(({ claim, tone, changed }) => {
          const isChosen = claim.id === chosen;
          return (
            <li key={claim.id}>
              <button
                type="button"
                ref={claim.id === marked ? current : undefined}
                className={css['entry']}
                data-tone={tone}
                data-changed={changed || undefined}
                aria-current={isChosen || undefined}
                onClick={() => onPick(claim.id)}
              >
                <span className={css['who']} dir="auto">
                  {claim.asserters?.map(({ name }) => name).join(' › ') ?? strings.unattributed}
                </span>
                <span className={css['what']} dir="auto">
                  {claim.statement ?? claim.anchor?.exact}
                </span>
                {tone !== 'stated' && (
                  <span className={css['word']}>
                    {tone === 'disputed'
                      ? strings.disputed
                      : words.modality[claim.modality ?? 'stated'].toLowerCase()}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
