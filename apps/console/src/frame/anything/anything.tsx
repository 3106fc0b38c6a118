import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useFound } from '../../data/search.js';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { strings } from '../../strings/search.js';
import css from './anything.module.css';
import { type Destination, useDestinations } from './destinations.js';

interface AnythingProps {
  readonly showKeys: () => void;
  readonly onClose: () => void;
}

/** Ctrl-K: a field and a list of where it can lead; arrows choose, Enter goes. */
export function Anything({ showKeys, onClose }: AnythingProps) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const words = useDeferredValue(typed.trim());
  const settled = useSettled(words);
  const { data } = useFound({ q: queryOf(settled) }, /[\p{L}\p{N}]{2}/u.test(settled));
  const hits = settled === '' ? [] : (data?.pages[0]?.items ?? []);
  const all = useDestinations(words, hits, showKeys);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = Math.min(chosen, all.length - 1);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const go = (destination: Destination | undefined): void => {
    if (destination === undefined) return;
    onClose();
    destination.go();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === 0) go(all[current]);
    else setChosen((current + step + all.length) % Math.max(1, all.length));
  };
  return (
    <Dialog title={strings.anything} onClose={onClose}>
      <TextField
        label={strings.anythingHint}
        role="combobox" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={all.length === 0 ? undefined : `${id}-${current}`}
        autoFocus
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {/* A select shows no list beside a field. */}
      <div
        ref={list}
        className={css['list']}
        id={`${id}-list`}
        role="listbox" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
        aria-label={strings.suggestions}
      >
        {all.map((destination, index) => (
          <div
            key={destination.id}
            id={`${id}-${index}`}
            className={css['option']}
            role="option" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
            tabIndex={-1}
            aria-selected={index === current}
            onPointerMove={() => setChosen(index)}
            onClick={() => go(destination)}
            onKeyDown={onKeyDown}
          >
            <span dir="auto">{destination.title}</span>
            <small>{destination.kind}</small>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

/** The last word may be unfinished; what is typed here is no query language. */
const queryOf = (words: string): string => {
  const all = words.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const last = all.at(-1) ?? '';
  return [...all.slice(0, -1), [...last].length > 1 ? `${last}*` : last].join(' ');
};

const PAUSE_MS = 150;

/** The value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
