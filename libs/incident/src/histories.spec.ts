import { decodeEvent, eventPayloads, type IncidentEventType, type RecordedEvent } from '@casebook/contracts';
import {
  disorderedEvents,
  erased,
  erasedHistories,
  histories,
  type History,
  storedForm,
} from '@casebook/testing';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describeChange } from './changes.js';
import { decide, evolve, type IncidentState, initialIncident } from './incident/index.js';

/*
 * What holds of every history. The states of random histories are the reachable ones; disordered events are what no ledger holds, and
 * must be folded all the same.
 */

const foldOf = (events: readonly RecordedEvent<IncidentEventType>[]): IncidentState =>
  events.reduce(evolve, initialIncident);

/** A state as plain data: two states are the same exactly where these are equal. */
const plain = (state: IncidentState): unknown =>
  state.status === 'unopened'
    ? state
    : {
        ...state,
        documents: [...state.documents],
        annotations: [...state.annotations],
        suggestions: [...state.suggestions],
      };

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** The state with all that can be frozen frozen; a persistent map guards itself, so its values are. */
const frozen = (state: IncidentState): IncidentState => {
  if (state.status !== 'unopened') {
    state.documents.forEach(deepFreeze);
    for (const annotation of state.annotations.values()) deepFreeze(annotation);
    state.suggestions.forEach(deepFreeze);
    deepFreeze(state.details);
  }
  return Object.freeze(state);
};

const holds = (predicate: (history: History) => void, numRuns = 300): void => {
  fc.assert(fc.property(histories(), predicate), { numRuns });
};

test('a random history is worth its name: it comes to every kind of event and to most refusals', () => {
  const seen = new Set<string>();
  for (const { steps } of fc.sample(histories({ maxCommands: 60 }), { numRuns: 800, seed: 9 })) {
    for (const { decision, events } of steps) {
      if (!decision.accepted) seen.add(decision.refusal.code);
      else if (events.length === 0) seen.add('nothing');
      for (const { type } of events) seen.add(type);
    }
  }
  const types = Object.keys(eventPayloads).filter(
    (type) => !/^(Document(Imp|Des)|Original|Workspace|Member|Token|Payload)/.test(type),
  );
  const refusals = [
    'incident-closed',
    'document-not-attached',
    'document-in-use',
    'annotation-unknown',
    'annotation-retracted',
    'reference-unknown',
    'reference-of-wrong-kind',
    'reference-retracted',
    'position-unknown',
    'dispute-not-open',
    'dispute-not-settled',
    'revision-mismatch',
  ];
  expect([...types, ...refusals, 'nothing'].filter((each) => !seen.has(each))).toEqual([]);
});

test('a decision is events or a refusal, never both, and on one state always the same', () => {
  holds(({ steps }) => {
    for (const { command, before, decision } of steps) {
      expect(decide(command, before)).toEqual(decision);
      expect(Object.keys(decision).sort()).toEqual(
        decision.accepted ? ['accepted', 'events'] : ['accepted', 'refusal'],
      );
      if (!decision.accepted) expect(decision.refusal.detail).toMatch(/^[A-Z\d/].*\.$/su);
    }
  });
});

test('every command of a history is decided on every state of another, and nothing throws', () => {
  fc.assert(
    fc.property(
      histories({ maxCommands: 12 }),
      erasedHistories({ maxCommands: 12 }),
      ({ commands }, { events }) => {
        let state = initialIncident;
        for (const event of events) {
          state = evolve(state, event);
          for (const command of commands) {
            const decision = decide(command, state);
            if (decision.accepted)
              decision.events.forEach(({ type, data }) => eventPayloads[type].parse(data));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('asking twice records nothing the second time', () => {
  holds(({ steps }) => {
    for (const { command, decision, after } of steps) {
      if (!decision.accepted) continue;
      const again = decide(command, after);
      expect(again.accepted ? again.events : []).toEqual([]);
      // A document that is not attached may be a slip of the pen, so detaching it twice is worth a word.
      expect(again.accepted || command.type === 'DetachDocument').toBe(true);
    }
  });
});

test('deciding and folding change neither the command nor the state nor the event', () => {
  holds(({ steps }) => {
    for (const { command, before, events } of steps) {
      const snapshot = JSON.stringify([command, plain(before), events]);
      let state = frozen(before);
      decide(deepFreeze(command), state);
      for (const event of events) {
        const once = evolve(state, deepFreeze(event));
        expect(plain(evolve(state, event))).toEqual(plain(once));
        describeChange(event, state);
        state = frozen(once);
      }
      expect(JSON.stringify([command, plain(before), events])).toBe(snapshot);
    }
  });
});

test('every payload is what its type says, and survives canonical JSON and decoding', () => {
  holds(({ events }) => {
    for (const event of events) {
      const checked = eventPayloads[event.type].safeParse(event.data);
      expect(checked.success ? checked.data : checked.error.issues).toEqual(event.data);
      const stored = storedForm(event);
      const text = canonicalize(stored.payload) ?? '';
      const read = decodeEvent({ ...stored, payload: JSON.parse(text) as typeof stored.payload });
      expect(read).toEqual(event);
      expect(canonicalize(read.data)).toBe(text);
    }
  });
});

test('an erased event decodes to one that says nothing, and keeps all else', () => {
  holds(({ events }) => {
    for (const event of events) {
      expect(decodeEvent({ ...storedForm(event), payload: null })).toEqual({ ...event, data: null });
    }
  }, 50);
});

test("an annotation's revision is the number of its events, and its position that of the latest", () => {
  fc.assert(
    fc.property(fc.oneof(histories(), erasedHistories()), ({ events }) => {
      const state = foldOf(events);
      if (state.status === 'unopened') throw new Error('a history opens its incident');
      for (const annotation of state.annotations.values()) {
        const about = events.filter(({ subject }) => subject === annotation.id);
        expect(annotation.revision).toBe(about.length);
        expect(annotation.position).toBe(about.at(-1)?.position);
        expect(annotation.recordedPosition).toBe(about[0]?.position);
        expect(annotation.revisedBy).toBe(about.at(-1)?.actor);
        expect(annotation.status === 'erased').toBe(annotation.fields === null);
      }
      expect(state.position).toBe(events.at(-1)?.position);
      expect(state.revision).toBe(events.filter(({ subject }) => subject === state.id).length);
    }),
    { numRuns: 300 },
  );
});

test('a retracted annotation stands again only where its retraction is undone, and nothing that was recorded disappears', () => {
  holds(({ steps }) => {
    for (const { before, after, command } of steps) {
      if (before.status === 'unopened' || after.status === 'unopened') continue;
      for (const { id, status } of before.annotations.values()) {
        const now = after.annotations.get(id);
        expect(now).toBeDefined();
        const isReinstated = command.type === 'ReinstateAnnotation' && command.id === id;
        if (status === 'retracted' && !isReinstated) expect(now?.status).toBe('retracted');
      }
    }
  });
});

test('a claim that stands is in a document that is attached', () => {
  holds(({ state }) => {
    if (state.status === 'unopened') return;
    for (const { kind, status, fields } of state.annotations.values()) {
      if (kind !== 'claim' || status !== 'active' || fields === null || !('anchor' in fields)) continue;
      expect(state.documents.has(fields.anchor.documentId)).toBe(true);
    }
  });
});

test('folding in one go, in two, and from the stored form gives one state', () => {
  fc.assert(
    fc.property(erasedHistories(), fc.nat(), ({ events }, cut) => {
      const at = cut % (events.length + 1);
      const whole = plain(foldOf(events));
      expect(plain(events.slice(at).reduce(evolve, foldOf(events.slice(0, at))))).toEqual(whole);
      const decoded = events.map(
        (event) => decodeEvent(storedForm(event)) as RecordedEvent<IncidentEventType>,
      );
      expect(plain(foldOf(decoded))).toEqual(whole);
    }),
  );
});

test('any events in any order can be folded and described', () => {
  fc.assert(
    fc.property(disorderedEvents(), (events) => {
      let state = initialIncident;
      for (const event of events) {
        expect(describeChange(event, state).sentence).not.toBe('');
        expect(describeChange(erased(event), state).sentence).not.toBe('');
        state = evolve(state, event);
      }
      expect(state.status === 'unopened').toBe(events.length === 0);
    }),
    { numRuns: 300 },
  );
});
