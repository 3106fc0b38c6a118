import { annotationKind } from '@casebook/contracts';
import { evolve, initialIncident, type IncidentState } from '@casebook/incident';
import type { RecordedEvent as LedgerEvent } from '@casebook/ledger';
import { disorderedEvents, erasedHistories, storedForm } from '@casebook/testing';
import fc from 'fast-check';
import { type CountedIncident, incidentFold } from './incident-fold.js';

const fold = (events: readonly Parameters<typeof storedForm>[0][]): CountedIncident[] => {
  const states: CountedIncident[] = [incidentFold.initial];
  for (const event of events) {
    states.push(incidentFold.evolve(states.at(-1)!, storedForm(event) as LedgerEvent));
  }
  return states;
};

/** Counts and tags, counted anew from the whole state. */
const counted = (state: IncidentState) => {
  const annotations = state.status === 'unopened' ? [] : [...state.annotations.values()];
  const standing = annotations.filter(({ status }) => status !== 'retracted' && status !== 'erased');
  const tags: Record<string, number> = {};
  for (const { kind, fields } of standing) {
    if (kind !== 'claim' || fields === null || !('tags' in fields)) continue;
    for (const tag of fields.tags ?? []) tags[`#${tag}`] = (tags[`#${tag}`] ?? 0) + 1;
  }
  return {
    counts: Object.fromEntries(
      annotationKind.options.map((kind) => [kind, standing.filter((each) => each.kind === kind).length]),
    ),
    tags,
  };
};

const carried = (state: CountedIncident) =>
  state.status === 'unopened'
    ? counted(state)
    : {
        counts: state.counts,
        tags: Object.fromEntries([...state.tags].map(([tag, count]) => [`#${tag}`, count])),
      };

describe('counts and tags that an incident carries along', () => {
  it('are what counting the whole incident gives, after every event, erased ones included', () => {
    fc.assert(
      fc.property(erasedHistories(), ({ history, events }) => {
        for (const states of [fold(history.events), fold(events)]) {
          for (const state of states) expect(carried(state)).toEqual(counted(state));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are that even for events that no ledger would hold', () => {
    fc.assert(
      fc.property(disorderedEvents(), (events) => {
        for (const state of fold(events)) expect(carried(state)).toEqual(counted(state));
      }),
      { numRuns: 100 },
    );
  });

  it('leave the incident itself as the decider folds it', () => {
    fc.assert(
      fc.property(erasedHistories(), ({ events }) => {
        const state = fold(events).at(-1)!;
        const plain = events.reduce(evolve, initialIncident);
        expect(state).toMatchObject(
          plain.status === 'unopened' ? plain : { ...plain, documents: plain.documents },
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('a state of one’s own', () => {
  it('is folded to the same, from wherever it was taken, and leaves the state that it was taken from as it was', () => {
    const plain = (state: CountedIncident) =>
      state.status === 'unopened'
        ? state
        : {
            ...state,
            documents: new Map(state.documents),
            annotations: new Map(state.annotations),
            suggestions: new Map(state.suggestions),
            tags: new Map(state.tags),
          };
    fc.assert(
      fc.property(erasedHistories(), fc.nat(), ({ events }, at) => {
        const states = fold(events);
        const from = at % states.length;
        const before = structuredClone(plain(states[from]!));
        const own = events
          .slice(from)
          .reduce<CountedIncident>(
            (state, event) => incidentFold.evolve(state, storedForm(event) as LedgerEvent),
            incidentFold.own!(states[from]!),
          );
        expect(plain(own)).toEqual(plain(states.at(-1)!));
        expect(plain(states[from]!)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });
});
