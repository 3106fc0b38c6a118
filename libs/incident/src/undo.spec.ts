import {
  ANNOTATION_EVENTS,
  isAnnotationEvent,
  type IncidentEventType,
  type RecordedEvent,
} from '@casebook/contracts';
import { histories, happened, type Happened } from '@casebook/testing';
import fc from 'fast-check';
import { type Annotation, evolve, type IncidentState, initialIncident } from './incident/index.js';
import { type RecordedChange, recordedChangeOf, undo, type Undoing } from './undo.js';

const fold = (events: readonly RecordedEvent<IncidentEventType>[]): IncidentState =>
  events.reduce(evolve, initialIncident);

const changesOf = (
  events: readonly RecordedEvent<IncidentEventType>[],
  wanted: (event: RecordedEvent<IncidentEventType>) => boolean,
): RecordedChange[] => {
  const changes: RecordedChange[] = [];
  let state = initialIncident;
  for (const event of events) {
    if (wanted(event)) changes.push(recordedChangeOf(event, state));
    state = evolve(state, event);
  }
  return changes;
};

const undoneBy = (
  actor: string,
  events: readonly RecordedEvent<IncidentEventType>[],
  changes: readonly RecordedChange[],
) => {
  const at = new Date(Date.parse(events.at(-1)?.at ?? '') + 1000).toISOString();
  const position = events.length + 1;
  const undoing = undo(changes, fold(events), { actor, at, position, reason: 'Undone.' });
  const recorded = undoing.steps.map(({ event }, index) => ({
    ...event,
    position: position + index,
    version: position + index,
    actor,
    at,
  })) as RecordedEvent<IncidentEventType>[];
  return { undoing, recorded, events: [...events, ...recorded] };
};

/** What stands, and what it says: without revisions, names and times. */
const saying = (state: IncidentState): unknown =>
  state.status === 'unopened'
    ? null
    : {
        status: state.status,
        details: state.details,
        documents: [...state.documents.keys()].sort(),
        annotations: [...state.annotations.values()]
          .filter(({ retraction }) => retraction === undefined)
          .map(({ id, kind, fields, standing, resolution }: Annotation) => ({
            id,
            kind,
            fields,
            standing,
            resolution,
          }))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      };

const UNDOABLE = (event: RecordedEvent<IncidentEventType>): boolean =>
  !/^(IncidentOpened|Incident(Un)?[Rr]estricted|Suggestion)/.test(event.type);

const id = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [INCIDENT, ATTACK, DISPUTE] = [id(0), id(1), id(2)] as const;
const history = (...events: Happened<IncidentEventType>[]) =>
  events.map((event, at) => happened(event, at + 1));
const opened: Happened<IncidentEventType> = {
  type: 'IncidentOpened',
  subject: INCIDENT,
  data: { title: 'One' },
};
const recorded: Happened<IncidentEventType> = {
  type: 'AttackRecorded',
  subject: ATTACK,
  data: { summary: 'a' },
};
const revised = (summary: string, actor: string): Happened<IncidentEventType> => ({
  type: 'AttackRevised',
  subject: ATTACK,
  data: { changes: { summary } },
  actor,
});
const raised: Happened<IncidentEventType> = {
  type: 'DisputeRaised',
  subject: DISPUTE,
  data: { question: 'Who?', targets: [ATTACK] },
};
const types = ({ steps }: Undoing): string[] => steps.map(({ event }) => event.type);

describe('an undo', () => {
  test('of a recording is a retraction, and of that a reinstatement', () => {
    const events = history(opened, recorded);
    const once = undoneBy(
      'bob',
      events,
      changesOf(events, ({ position }) => position === 2),
    );
    expect(types(once.undoing)).toEqual(['AttackRetracted']);
    expect(once.undoing.steps[0]?.change.sentence).toBe('bob retracted the attack “a”, because: Undone.');
    const twice = undoneBy(
      'bob',
      once.events,
      changesOf(once.events, ({ position }) => position === 3),
    );
    expect(types(twice.undoing)).toEqual(['AttackReinstated']);
    expect(saying(fold(twice.events))).toEqual(saying(fold(events)));
  });

  test('of a revision puts back only what is still as it left it', () => {
    const events = history(opened, recorded, revised('b', 'alice'), revised('c', 'bob'));
    const conflict = undoneBy(
      'carol',
      events,
      changesOf(events, ({ position }) => position === 3),
    ).undoing;
    expect(conflict).toMatchObject({
      steps: [],
      conflicts: [
        { position: 3, code: 'changed-since', fields: [{ field: 'summary', left: 'b', now: 'c' }] },
      ],
    });
    const both = undoneBy(
      'carol',
      events,
      changesOf(events, ({ position }) => position >= 3),
    );
    expect(both.undoing.conflicts).toEqual([]);
    expect(saying(fold(both.events))).toEqual(saying(fold(events.slice(0, 2))));
  });

  test('of a recording is refused where somebody revised it since, or refers to it', () => {
    const byBob = history(opened, recorded, revised('b', 'bob'));
    const first = (events: RecordedEvent<IncidentEventType>[]) =>
      undoneBy(
        'carol',
        events,
        changesOf(events, ({ position }) => position === 2),
      ).undoing.conflicts;
    expect(first(byBob)).toMatchObject([{ position: 2, code: 'changed-since' }]);
    expect(first(history(opened, recorded, raised))).toMatchObject([
      { position: 2, code: 'referred-to', referredToBy: [DISPUTE] },
    ]);
  });

  test('of a settlement opens the dispute again as it was, and of a reopening brings back who decided it when', () => {
    const settled: Happened<IncidentEventType> = {
      type: 'DisputeSettled',
      subject: DISPUTE,
      data: { outcome: 'all-kept', reason: 'Both.' },
      actor: 'judy',
    };
    const events = history(opened, recorded, raised, settled);
    const open = undoneBy(
      'bob',
      events,
      changesOf(events, ({ position }) => position === 4),
    );
    expect(types(open.undoing)).toEqual(['DisputeRestored']);
    expect(saying(fold(open.events))).toEqual(saying(fold(events.slice(0, 3))));
    const again = undoneBy(
      'bob',
      open.events,
      changesOf(open.events, ({ position }) => position === 5),
    );
    expect(saying(fold(again.events))).toEqual(saying(fold(events)));
  });

  test('of the raising of a dispute is refused where it was settled since', () => {
    const settled: Happened<IncidentEventType> = {
      type: 'DisputeSettled',
      subject: DISPUTE,
      data: { outcome: 'all-kept', reason: 'Both.' },
    };
    const events = history(opened, recorded, raised, settled);
    const { undoing } = undoneBy(
      'bob',
      events,
      changesOf(events, ({ position }) => position === 3),
    );
    expect(undoing).toMatchObject({ steps: [], conflicts: [{ position: 3, code: 'changed-since' }] });
  });

  test('in a closed incident nothing is undone but the closing', () => {
    const closed: Happened<IncidentEventType> = { type: 'IncidentClosed', subject: INCIDENT, data: {} };
    const events = history(opened, recorded, closed);
    expect(
      undoneBy(
        'bob',
        events,
        changesOf(events, ({ position }) => position === 2),
      ).undoing.conflicts,
    ).toMatchObject([{ position: 2, code: 'incident-closed' }]);
    expect(
      types(
        undoneBy(
          'bob',
          events,
          changesOf(events, ({ position }) => position > 1),
        ).undoing,
      ),
    ).toEqual(['IncidentReopened', 'AttackRetracted']);
  });

  test('of the opening, of what was erased, and of what is undone already, says so', () => {
    const events = history(opened, { ...recorded, data: null });
    expect(
      undoneBy(
        'bob',
        events,
        changesOf(events, () => true),
      ).undoing.conflicts,
    ).toMatchObject([
      { position: 1, code: 'not-undoable' },
      { position: 2, code: 'not-undoable' },
    ]);
    const twice = history(opened, recorded);
    const once = undoneBy(
      'bob',
      twice,
      changesOf(twice, ({ position }) => position === 2),
    );
    expect(
      undoneBy(
        'bob',
        once.events,
        changesOf(twice, ({ position }) => position === 2),
      ).undoing,
    ).toMatchObject({
      steps: [],
      already: [2],
      conflicts: [],
    });
  });
});

test('undoing everything gives the incident as it was opened', () => {
  fc.assert(
    fc.property(histories(), ({ events }) => {
      const { undoing, events: after } = undoneBy('zoe', events, changesOf(events, UNDOABLE));
      if (undoing.conflicts.length > 0) return;
      expect(saying(fold(after))).toEqual(saying(fold(events.slice(0, 1))));
    }),
    { numRuns: 200 },
  );
});

test('undoing all that a member did gives what the others did, where there is no conflict', () => {
  let compared = 0;
  fc.assert(
    fc.property(histories({ maxCommands: 25 }), fc.constantFrom('bob', 'chen'), ({ events }, member) => {
      const mine = (event: RecordedEvent<IncidentEventType>): boolean => event.actor === member;
      if (events.some((event) => mine(event) && !UNDOABLE(event))) return;
      const { undoing, events: after } = undoneBy('zoe', events, changesOf(events, mine));
      if (undoing.conflicts.length > 0 || undoing.already.length > 0) return;
      const others = events.filter((event) => !mine(event));
      // What somebody else wrote over a value of the member's, and came back to it, is a field that both wrote.
      if (bothWrote(events, mine)) return;
      compared += undoing.steps.length > 0 ? 1 : 0;
      expect(saying(fold(after))).toEqual(saying(fold(others)));
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(20);
});

function bothWrote(
  events: readonly RecordedEvent<IncidentEventType>[],
  mine: (event: RecordedEvent<IncidentEventType>) => boolean,
): boolean {
  const written = new Map<string, Set<boolean>>();
  for (const event of events) {
    const changes = event.data !== null && 'changes' in event.data ? Object.keys(event.data.changes) : ['*'];
    if (isAnnotationEvent(event) && ANNOTATION_EVENTS[event.type].change === 'recorded') continue;
    for (const field of changes) {
      const key = `${event.subject} ${field}`;
      written.set(key, (written.get(key) ?? new Set()).add(mine(event)));
    }
  }
  return [...written.values()].some((sides) => sides.size > 1);
}

test('undoing an undo gives what was before it', () => {
  fc.assert(
    fc.property(histories(), fc.constantFrom('alice', 'bob', 'chen'), ({ events }, member) => {
      const changes = changesOf(events, (event) => event.actor === member && UNDOABLE(event));
      const once = undoneBy('zoe', events, changes);
      const twice = undoneBy(
        'zoe',
        once.events,
        changesOf(once.events, ({ position }) => position > events.length),
      );
      if (twice.undoing.conflicts.length > 0) {
        // Only because what it would put back refers to what no longer stands.
        for (const { code } of twice.undoing.conflicts)
          expect(['reference-retracted', 'field-required']).toContain(code);
        return;
      }
      expect(saying(fold(twice.events))).toEqual(saying(fold(events)));
    }),
    { numRuns: 300 },
  );
});

test('what is previewed is what is recorded, and folds without a fault', () => {
  fc.assert(
    fc.property(histories(), fc.nat(), ({ events }, pick) => {
      const changes = changesOf(events, ({ position }) => (position * 7919 + pick) % 3 === 0);
      const { undoing, recorded: made } = undoneBy('zoe', events, changes);
      expect(undoing.steps.map(({ change }) => [change.position, change.type])).toEqual(
        made.map(({ position, type }) => [position, type]),
      );
      const handled = [
        ...undoing.steps.map(({ undoes }) => undoes),
        ...undoing.already,
        ...undoing.conflicts.map(({ position }) => position),
      ];
      expect([...new Set(handled)].sort((a, b) => a - b)).toEqual(changes.map(({ position }) => position));
      expect(handled.length).toBe(changes.length);
    }),
    { numRuns: 300 },
  );
});
