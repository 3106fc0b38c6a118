/**
 * Every key of the console, in one table: `?` shows it, and a test fails if two collide. A page handles a key by name with
 * `useKey('next', …)`. Chords are written as `Ctrl+k`, sequences with a space: `g i`.
 */
export const SCOPES = ['everywhere', 'time', 'list', 'document', 'form'] as const;
export type Scope = (typeof SCOPES)[number];

interface Key {
  readonly keys: readonly string[];
  readonly scope: Scope;
  readonly label: string;
  /** Also while the cursor is in a field. */
  readonly inFields?: true;
}

export const KEYS = {
  anything: { keys: ['Ctrl+k'], scope: 'everywhere', label: 'Go to anything', inFields: true },
  search: { keys: ['/'], scope: 'everywhere', label: 'Search' },
  keys: { keys: ['?'], scope: 'everywhere', label: 'Show the keys' },
  goHome: { keys: ['g h'], scope: 'everywhere', label: 'Go home' },
  goIncident: { keys: ['g i'], scope: 'everywhere', label: 'Go to the incident' },
  goDocument: { keys: ['g d'], scope: 'everywhere', label: 'Go to the document' },
  goAudit: { keys: ['g a'], scope: 'everywhere', label: 'Go to the audit' },
  goCompare: { keys: ['g c'], scope: 'everywhere', label: 'Compare two moments' },
  goAdmin: { keys: ['g m'], scope: 'everywhere', label: 'Go to the administration' },
  back: { keys: ['Escape'], scope: 'everywhere', label: 'Close, or return to now', inFields: true },
  undoMine: { keys: ['u'], scope: 'everywhere', label: 'Undo my last change' },

  stepBack: { keys: ['['], scope: 'time', label: 'One change back' },
  stepForth: { keys: [']'], scope: 'time', label: 'One change forth' },
  compareNow: { keys: ['='], scope: 'time', label: 'Compare with now' },
  play: { keys: ['p'], scope: 'time', label: 'Play the history, or stop' },

  next: { keys: ['j'], scope: 'list', label: 'Next annotation' },
  previous: { keys: ['k'], scope: 'list', label: 'Previous annotation' },
  open: { keys: ['Enter'], scope: 'list', label: 'Open the selected annotation' },
  edit: { keys: ['e'], scope: 'list', label: 'Edit it' },
  retract: { keys: ['Delete'], scope: 'list', label: 'Retract it, with a reason' },
  why: { keys: ['y'], scope: 'list', label: 'Why is this so?' },
  link: { keys: ['l'], scope: 'list', label: 'Mark for a link; on another annotation, link them' },
  reply: { keys: ['r'], scope: 'list', label: 'Comment on it' },
  select: { keys: ['s'], scope: 'list', label: 'Select the change, or no longer' },
  undoSelected: { keys: ['U'], scope: 'list', label: 'Undo the selected changes, with a preview' },
  prove: { keys: ['t'], scope: 'list', label: 'Check the proof of the change' },

  claim: { keys: ['c'], scope: 'document', label: 'Tag the selection as a claim' },
  warning: { keys: ['w'], scope: 'document', label: 'Record a warning' },
  attack: { keys: ['a'], scope: 'document', label: 'Record an attack' },
  dispute: { keys: ['x'], scope: 'document', label: 'Dispute the selected annotation' },
  caret: { keys: ['v'], scope: 'document', label: 'Select text by keys' },
  bare: { keys: ['h'], scope: 'document', label: 'Hold: the bare text' },
  // Also in the fields of the form, which has the cursor as soon as it is open.
  edgeLeft: {
    keys: ['Alt+ArrowLeft'],
    scope: 'document',
    label: 'Move the end of the span one word left',
    inFields: true,
  },
  edgeRight: {
    keys: ['Alt+ArrowRight'],
    scope: 'document',
    label: 'Move the end of the span one word right',
    inFields: true,
  },
  startLeft: {
    keys: ['Alt+Shift+ArrowLeft'],
    scope: 'document',
    label: 'Move the start of the span one word left',
    inFields: true,
  },
  startRight: {
    keys: ['Alt+Shift+ArrowRight'],
    scope: 'document',
    label: 'Move the start of the span one word right',
    inFields: true,
  },

  record: { keys: ['Ctrl+Enter'], scope: 'form', label: 'Record', inFields: true },
} as const satisfies Record<string, Key>;

export type KeyName = keyof typeof KEYS;

export const keyOf = (name: KeyName): Key => KEYS[name];

/** Scopes that can be active at the same time; `everywhere` always is. On the document page, all of them can be. */
export function collisions(table: Readonly<Record<string, Key>>): string[] {
  const chords = Object.entries(table).flatMap(([name, { keys }]) => keys.map((chord) => ({ name, chord })));
  return chords.flatMap((one, index) =>
    chords
      .slice(index + 1)
      .filter((other) => one.chord === other.chord || startsWith(one.chord, other.chord))
      .map((other) => `${one.name} (${one.chord}) and ${other.name} (${other.chord})`),
  );
}

/** Whether one of two sequences begins with the other, so that it could never be typed. */
const startsWith = (a: string, b: string): boolean => a.startsWith(`${b} `) || b.startsWith(`${a} `);
