import type { Command, NewEvent, StreamFold } from './ledger-types.js';

/** A small domain for the ledger's tests: tallies that hold 0 to 20. */
export interface Tally {
  readonly total: number;
  /** Every folded event in order, which shows where the state comes from. */
  readonly log: readonly string[];
}

export const LIMIT = 20;

export const tally: StreamFold<Tally> = {
  name: 'tally',
  initial: { total: 0, log: [] },
  evolve: (state, event) => {
    const amount = event.payload?.['amount'];
    if (typeof amount !== 'number') throw new Error(`Position ${event.position} has no amount`);
    return {
      total: state.total + amount,
      log: [...state.log.slice(-3), `${event.streamVersion}:${event.type}:${amount}:${event.recordedAt}`],
    };
  },
};

export type Refusal = 'out-of-bounds';

export interface Step {
  readonly stream: string;
  /** 0 changes nothing; NaN makes the decision throw. */
  readonly amount: number;
}

/** Changes the tallies by the steps, one event per unit up to three, all or none. */
export function change(
  workspaceId: string,
  steps: readonly Step[],
  options: { key?: string; actorId?: string; isNew?: boolean; note?: string } = {},
): Command<Refusal> {
  return {
    workspaceId,
    ...(options.key === undefined ? {} : { commandId: options.key }),
    body: { steps: steps.map(({ stream, amount }) => [stream, Number.isNaN(amount) ? 'throws' : amount]) },
    actorId: options.actorId ?? 'ada',
    correlationId: 'request-1',
    parts: steps.map(({ stream, amount }) => ({
      streamId: stream,
      fold: tally,
      ...(options.isNew === undefined ? {} : { isNew: options.isNew }),
      decide: (state: Tally) => {
        if (Number.isNaN(amount)) throw new Error('This decision throws');
        if (amount === 0) return { accepted: true, events: [] };
        const total = state.total + amount;
        if (total < 0 || total > LIMIT) return { accepted: false, refusal: 'out-of-bounds' };
        return { accepted: true, events: eventsOf(stream, amount, options.note ?? 'plain') };
      },
    })),
  };
}

function eventsOf(stream: string, amount: number, note: string): NewEvent[] {
  const size = Math.min(3, Math.abs(amount));
  return Array.from({ length: size }, (_, i) => ({
    type: amount > 0 ? 'Added' : 'Taken',
    schemaVersion: 1,
    subject: i === 0 ? stream : null,
    payload: { amount: i === 0 ? amount - Math.sign(amount) * (size - 1) : Math.sign(amount), note },
  }));
}
