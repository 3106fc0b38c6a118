import fc from 'fast-check';
import { anomaliesIn } from './checker.js';
import type { LedgerEvent, Operation, Read, Seen, Write } from './history.js';

/* The checker finds what is planted, and nothing in histories that a correct ledger gives. */

interface Recorded {
  readonly history: Operation[];
  readonly events: LedgerEvent[];
}

/** A ledger that is correct, with clients whose calls overlap: each takes effect at once, somewhere between its ends. */
function correct(
  steps: readonly { client: number; choice: number; early: number; late: number }[],
): Recorded {
  const history: Operation[] = [];
  const events: LedgerEvent[] = [];
  const free = new Map<number, number>();
  const incidents: { id: string; seen: Seen }[] = [];
  const past: (Seen | null)[][] = [[]];
  steps.forEach(({ client, choice, early, late }, n) => {
    const effective = (n + 1) * 10;
    // A client has one call under way at a time.
    const invoked = Math.max(free.get(client) ?? 0, effective - early);
    const completed = effective + late;
    if (invoked > effective) return;
    free.set(client, completed + 0.5);
    const call = { client, invoked, completed };
    const target = incidents[choice % Math.max(1, incidents.length)];
    const key = `key-${n}`;
    const write = (
      deed: Write['deed'],
      incident: string,
      seen: Seen,
      text: string,
      expected?: number,
    ): void => {
      const position = events.length + 1;
      events.push({ position, key, incident, deed, text });
      const outcome = choice % 7 === 0 ? ('unknown' as const) : { position };
      history.push({
        ...call,
        ...(outcome === 'unknown' && { completed: Infinity }),
        kind: 'write',
        key,
        incident,
        deed,
        text,
        outcome,
        ...(expected !== undefined && { expected }),
      });
      const known = incidents.find(({ id }) => id === incident);
      if (known === undefined) incidents.push({ id: incident, seen });
      else known.seen = seen;
      past.push(incidents.map((each) => each.seen));
    };
    if (target === undefined || choice % 5 === 0) {
      write('open', `incident-${n}`, { title: key, revision: 1, attacks: [] }, key);
    } else if (choice % 5 === 1) {
      const { title, revision, attacks } = target.seen;
      write('attack', target.id, { title, revision, attacks: [...attacks, key].sort() }, key);
    } else if (choice % 5 === 2) {
      const { revision, attacks } = target.seen;
      write('retitle', target.id, { title: key, revision: revision + 1, attacks }, key, revision);
    } else if (choice % 5 === 3) {
      history.push({
        ...call,
        kind: 'read',
        incident: target.id,
        reflects: Math.max(0, events.length - (choice % 3)),
        seen: target.seen,
      });
    } else {
      const asOf = choice % (events.length + 1);
      const seen = past[asOf]![incidents.indexOf(target)] ?? null;
      history.push({ ...call, kind: 'read', incident: target.id, asOf, reflects: asOf, seen });
    }
  });
  return { history, events };
}

const steps = fc.array(
  fc.record({
    client: fc.nat({ max: 5 }),
    choice: fc.nat({ max: 1000 }),
    early: fc.nat({ max: 40 }),
    late: fc.nat({ max: 40 }),
  }),
  { maxLength: 120 },
);

const open = (incident: string, at: number, position: number): [Write, LedgerEvent] => [
  {
    kind: 'write',
    client: 0,
    key: `open-${incident}`,
    incident,
    deed: 'open',
    text: incident,
    invoked: at,
    completed: at + 1,
    outcome: { position },
  },
  { position, key: `open-${incident}`, incident, deed: 'open', text: incident },
];
const change = (
  deed: 'retitle' | 'attack',
  text: string,
  { at, position, expected }: { at: number; position: number; expected?: number },
): [Write, LedgerEvent] => [
  {
    kind: 'write',
    client: 1,
    key: text,
    incident: 'one',
    deed,
    text,
    invoked: at,
    completed: at + 1,
    outcome: { position },
    ...(expected !== undefined && { expected }),
  },
  { position, key: text, incident: 'one', deed, text },
];
const read = (at: number, seen: Seen | null, more: Partial<Read> = {}): Read => ({
  kind: 'read',
  client: 2,
  incident: 'one',
  invoked: at,
  completed: at + 1,
  reflects: 0,
  seen,
  ...more,
});
const namesIn = (history: readonly Operation[], events: readonly LedgerEvent[]): string[] =>
  anomaliesIn(history, events).map(({ name }) => name);

const OPENED: Seen = { title: 'one', revision: 1, attacks: [] };

describe('the checker of histories', () => {
  it('finds nothing in histories of a correct ledger', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, events } = correct(drawn);
        expect(anomaliesIn(history, events)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('finds an event that was dropped from a correct history, wherever it was', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (drawn, at) => {
        const { history, events } = correct(drawn);
        fc.pre(events.length > 0);
        const gone = at % events.length;
        // The last one may never have been recorded, unless somebody was told that it was.
        fc.pre(gone < events.length - 1 || history.some((each) => isAnswered(each, events[gone]!)));
        expect(anomaliesIn(history, events.toSpliced(gone, 1))).not.toEqual([]);
      }),
    );
  });

  const [opened, first] = open('one', 0, 1);

  it('finds a lost write, a doubled one and an invented event', () => {
    expect(namesIn([opened], [])).toEqual(['lost write']);
    expect(namesIn([opened], [first, { ...first, position: 2 }])).toContain('doubled write');
    expect(namesIn([], [first])).toEqual(['invented event']);
    expect(namesIn([opened], [{ ...first, text: 'another' }])).toEqual(['wrong event']);
    expect(namesIn([{ ...opened, outcome: 'refused' }], [first])).toEqual(['refused write recorded']);
  });

  it('finds a skipped position', () => {
    expect(namesIn([{ ...opened, outcome: { position: 2 } }], [{ ...first, position: 2 }])).toEqual([
      'skipped position',
    ]);
  });

  it('finds a lost update: two writes decided on one revision', () => {
    const [a, first2] = change('retitle', 'a', { at: 2, position: 2, expected: 1 });
    const [b, first3] = change('retitle', 'b', { at: 2, position: 3, expected: 1 });
    expect(namesIn([opened, a], [first, first2])).toEqual([]);
    expect(namesIn([opened, a, b], [first, first2, first3])).toEqual(['lost update']);
  });

  it('finds writes in another order than they were answered in', () => {
    const [a, second] = change('attack', 'a', { at: 4, position: 2 });
    const [b, third] = change('attack', 'b', { at: 2, position: 3 });
    expect(namesIn([opened, a, b], [first, second, third])).toEqual(['order against real time']);
  });

  it('finds a stale read: of a state before a write that had been answered, or that another read had shown', () => {
    const [a, second] = change('attack', 'a', { at: 2, position: 2 });
    const attacked = { ...OPENED, attacks: ['a'] };
    expect(namesIn([opened, a, read(2, OPENED)], [first, second])).toEqual([]);
    expect(namesIn([opened, a, read(4, OPENED)], [first, second])).toEqual(['stale read']);
    const slow = { ...a, completed: Infinity, outcome: 'unknown' } as const;
    expect(namesIn([opened, slow, read(4, attacked), read(6, OPENED)], [first, second])).toEqual([
      'stale read',
    ]);
    expect(namesIn([opened, slow, read(4, attacked), read(6, attacked)], [first, second])).toEqual([]);
    expect(namesIn([opened, a, read(2, OPENED, { reflects: 2 })], [first, second])).toEqual(['stale read']);
    expect(namesIn([opened, read(4, null)], [first])).toEqual(['stale read']);
  });

  it('finds a read of what was not sent yet', () => {
    const [a, second] = change('attack', 'a', { at: 8, position: 2 });
    expect(namesIn([opened, a, read(4, { ...OPENED, attacks: ['a'] })], [first, second])).toEqual([
      'read from the future',
    ]);
  });

  it('finds a fractured read: the later of two writes without the earlier', () => {
    const [a, second] = change('attack', 'a', { at: 2, position: 2 });
    const [b, third] = change('retitle', 'b', { at: 4, position: 3 });
    const seen = { title: 'b', revision: 2, attacks: [] };
    expect(namesIn([opened, a, b, read(6, seen)], [first, second, third])).toEqual(['fractured read']);
  });

  it('finds a past that changed', () => {
    const [a, second] = change('attack', 'a', { at: 2, position: 2 });
    const attacked = { ...OPENED, attacks: ['a'] };
    expect(namesIn([opened, a, read(6, OPENED, { asOf: 1 })], [first, second])).toEqual([]);
    expect(namesIn([opened, a, read(6, attacked, { asOf: 1 })], [first, second])).toEqual(['changed past']);
  });
});

const isAnswered = (each: Operation, event: LedgerEvent): boolean =>
  each.kind === 'write' && each.key === event.key && typeof each.outcome === 'object';
