import type { DecidedEvent, EventType, RecordedEvent, Refusal, RefusalCode } from '@casebook/contracts';
import assert from 'node:assert/strict';

/*
 * Specifications of a decider: given events, when a command, then events, nothing, or a refusal. There is nothing to mock, for a
 * decider touches nothing.
 */

type Decision<T extends EventType> =
  | { readonly accepted: true; readonly events: readonly DecidedEvent<T>[] }
  | { readonly accepted: false; readonly refusal: Refusal };

export interface Decider<State, Command, T extends EventType> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Decision<T>;
  readonly evolve: (state: State, event: RecordedEvent<T>) => State;
}

/** What a command led to. Each of `then…` fails with the difference where it is something else. */
export interface Then<State, T extends EventType> {
  /** Exactly these events, in order; at least one. Gives the state that they lead to. */
  then(first: DecidedEvent<T>, ...more: DecidedEvent<T>[]): State;
  /** Accepted, and nothing recorded: it is so already. */
  thenNothing(): void;
  /** Refused with this code and, where given, with these facts among others. Gives the refusal. */
  thenRefused(code: RefusalCode, facts?: Readonly<Record<string, unknown>>): Refusal;
}

export interface Given<State, Command, T extends EventType> {
  readonly state: State;
  /** The history goes on: the same givens, and these. */
  and(...events: Happened<T>[]): Given<State, Command, T>;
  when(command: Command): Then<State, T>;
}

/** An event of the past: by alice, a minute after the one before, unless it says otherwise. `data: null` is an erased payload. */
export type Happened<T extends EventType> = Pick<RecordedEvent<T>, 'type' | 'subject' | 'data'> & {
  readonly actor?: string;
  readonly at?: string;
};

const START = Date.UTC(2031, 2, 4, 9);

/** The nth event of a ledger of its own: positions and versions 1, 2, 3, … */
export const happened = <T extends EventType>(event: Happened<T>, position: number): RecordedEvent<T> => ({
  position,
  version: position,
  actor: 'alice',
  at: new Date(START + position * 60_000).toISOString(),
  ...event,
});

/** `given(…events).when(command).then(…events)` for one decider. */
export const specification =
  <State, Command, T extends EventType>({ initial, decide, evolve }: Decider<State, Command, T>) =>
  (...events: Happened<T>[]): Given<State, Command, T> => {
    const fold = (from: State, all: readonly Happened<T>[], after: number): State =>
      all.reduce((state, event, index) => evolve(state, happened(event, after + index + 1)), from);

    const given = (history: readonly Happened<T>[]): Given<State, Command, T> => {
      const state = fold(initial, history, 0);
      return {
        state,
        and: (...more) => given([...history, ...more]),
        when(command) {
          const decision = decide(command, state);
          return {
            then(...expected) {
              assert.deepStrictEqual(decision, { accepted: true, events: expected });
              return fold(state, expected, history.length);
            },
            thenNothing() {
              assert.deepStrictEqual(decision, { accepted: true, events: [] });
            },
            thenRefused(code, facts = {}) {
              if (decision.accepted) {
                assert.fail(
                  `expected the refusal ${code}, but it was accepted: ${JSON.stringify(decision.events)}`,
                );
              }
              const { refusal } = decision;
              assert.equal(refusal.code, code, refusal.detail);
              const named = Object.keys(facts).map((name) => [name, refusal.facts?.[name]]);
              assert.deepStrictEqual(Object.fromEntries(named), facts);
              return refusal;
            },
          };
        },
      };
    };
    return given(events);
  };
