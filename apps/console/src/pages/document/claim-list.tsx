import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
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

interface EntriesProps {
  readonly claims: readonly ListedClaim[];
  readonly chosen: string | undefined;
  readonly onPick: (id: string) => void;
}

interface ClaimListProps extends EntriesProps {
  readonly empty: string;
}

/** Longer lists are virtualised; shorter ones are faster without it. */
const MANY = 150;

/** The claims of a document in text order: the marks of the text in words. */
export function ClaimList({ empty, ...entries }: ClaimListProps) {
  const { claims } = entries;
  const list = useRef<HTMLElement>(null);
  return (
    <section ref={list} className={css['list']} aria-label={strings.claims}>
      <header className={css['listHead']}>
        <h2>{strings.claims}</h2>
        <span>{strings.claimCount(claims.length)}</span>
      </header>
      {claims.length === 0 && <p className={css['who']}>{empty}</p>}
      {claims.length > MANY ? <LongList list={list} {...entries} /> : <ShortList list={list} {...entries} />}
    </section>
  );
}

interface ListProps extends EntriesProps {
  readonly list: RefObject<HTMLElement | null>;
}

/** The entry to scroll to: the selected one, or else the one changed at the moment shown. */
const markedIn = ({ claims, chosen }: EntriesProps): number =>
  claims.findIndex(({ claim, changed }) => (chosen === undefined ? changed : claim.id === chosen));

function ShortList({ list, ...entries }: ListProps) {
  const marked = markedIn(entries);
  const entry = useRef<HTMLLIElement>(null);
  const id = entries.claims[marked]?.claim.id;
  useEffect(() => {
    const [box, item] = [list.current, entry.current];
    // Only if the list is beside the text and scrolls separately; otherwise it would move the reader away from the text.
    if (box !== null && item !== null && box.scrollHeight > box.clientHeight)
      box.scrollTop = item.offsetTop - box.offsetTop - box.clientHeight / 3;
  }, [list, id]);
  return (
    <ol>
      {entries.claims.map((each, index) => (
        <li key={each.claim.id} ref={index === marked ? entry : undefined}>
          <Entry {...entries} listed={each} />
        </li>
      ))}
    </ol>
  );
}

function LongList({ list, ...entries }: ListProps) {
  const { claims } = entries;
  const rows = useVirtualizer({
    count: claims.length,
    getScrollElement: () => list.current,
    estimateSize: () => 78,
    overscan: 6,
    getItemKey: (index) => claims[index]?.claim.id ?? index,
  });
  const marked = markedIn(entries);
  useEffect(() => {
    if (marked >= 0) rows.scrollToIndex(marked, { align: 'auto' });
  }, [rows, marked]);
  return (
    <ol className={css['long']} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const listed = claims[index];
        return (
          listed !== undefined && (
            <li
              key={key}
              data-index={index}
              ref={rows.measureElement}
              aria-setsize={claims.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Entry {...entries} listed={listed} />
            </li>
          )
        );
      })}
    </ol>
  );
}

type EntryProps = Pick<EntriesProps, 'chosen' | 'onPick'> & { readonly listed: ListedClaim };

function Entry({ chosen, onPick, listed: { claim, tone, changed } }: EntryProps) {
  return (
    <button
      type="button"
      className={css['entry']}
      data-tone={tone}
      data-changed={changed || undefined}
      aria-current={claim.id === chosen || undefined}
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
          {tone === 'disputed' ? strings.disputed : words.modality[claim.modality ?? 'stated'].toLowerCase()}
        </span>
      )}
    </button>
  );
}
