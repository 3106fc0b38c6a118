import { useLayoutEffect, useRef } from 'react';
import { keyOf, type KeyName } from './table.js';

/** Handles the key; `false` passes it to the previous handler. */
export type KeyHandler = (event: KeyboardEvent) => void | false;

interface Taken {
  readonly name: KeyName;
  readonly handler: { readonly current: KeyHandler };
}

/** The latest handler of a key comes first: a form before a page, a dialog before a form. */
const taken: Taken[] = [];
/** The typed part of a sequence such as `g i`. */
let begun = '';
let begunAt = 0;
const SEQUENCE_MS = 1_200;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)));

/** The chord of an event in the form of the table. Shift is named only if it does not change the character. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const named = key.length > 1;
  return [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && named ? ['Shift'] : []),
    named || !(ctrlKey || metaKey) ? key : key.toLowerCase(),
  ].join('+');
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const inField = isField(event.target);
  // Buttons and links handle Enter themselves.
  const isPress =
    event.key === 'Enter' &&
    event.target instanceof Element &&
    event.target.closest('button, a, summary') !== null;
  const chord = chordOf(event);
  const sequence = begun !== '' && event.timeStamp - begunAt < SEQUENCE_MS ? `${begun} ${chord}` : chord;
  begun = '';
  if (isPress && chord === 'Enter') return;
  for (const { name, handler } of [...taken].reverse()) {
    const key = keyOf(name);
    if (inField && key.inFields !== true) continue;
    if (key.keys.includes(sequence) && handler.current(event) !== false) {
      event.preventDefault();
      return;
    }
  }
  const begins =
    !inField && taken.some(({ name }) => keyOf(name).keys.some((each) => each.startsWith(`${sequence} `)));
  if (begins) {
    begun = sequence;
    begunAt = event.timeStamp;
  }
}

/** Listens for the keys of the whole console; called once. */
export function listenForKeys(): void {
  window.addEventListener('keydown', handle);
}

/** Handles a key of the table while the component is mounted and `enabled`. */
export function useKey(name: KeyName, handler: KeyHandler, enabled = true): void {
  const latest = useRef(handler);
  // Before the page is painted, so that no key pressed on a visible page is lost.
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useLayoutEffect(() => {
    if (!enabled) return;
    const entry: Taken = { name, handler: latest };
    taken.push(entry);
    return () => {
      taken.splice(taken.indexOf(entry), 1);
    };
  }, [name, enabled]);
}
