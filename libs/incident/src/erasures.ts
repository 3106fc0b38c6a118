import {
  type DecidedEvent,
  type ErasureEventType,
  MAX_ERASED,
  type MembersEventType,
  type RecordedEvent,
  type Refusal,
  type RefusalCode,
} from '@casebook/contracts';
import { Map as PersistentMap } from 'immutable';
import type { MembersState } from './members.js';

/*
 * The rules of erasing by law:
 *
 * - What an event said is erased, never that it happened: its place, type, subject, actor and time remain.
 * - An erasure says why and by which law, and is itself never erased: it alone accounts for what is missing.
 * - What was erased before is not erased again; where nothing is left to erase nothing is recorded.
 * - An erasure takes no role from a member who is active, and gives none: what the erased events gave is said again with it. What cannot
 *   be said again (the marking of a document, whom an incident is restricted to) is taken for the strictest.
 */

/** An event without its payload. */
export interface ErasableEvent {
  readonly position: number;
  readonly type: string;
  readonly subject: string | null;
  readonly streamId: string;
}

export interface ErasePayloads {
  readonly type: 'ErasePayloads';
  /** Of the erasure. */
  readonly id: string;
  /** What is to be erased; every one of them is in the ledger. */
  readonly events: readonly ErasableEvent[];
  /** Positions that were asked for and that the ledger does not have. */
  readonly missing: readonly number[];
  /** What was asked for, where it was asked for by subject. */
  readonly subject?: string;
  /** Events that still hold a copy. */
  readonly quotedAt: readonly number[];
  readonly reason: string;
  readonly legalBasis: string;
}

export interface ErasuresState {
  /** The erasure that erased each position: its id, and its own position. */
  readonly erased: PersistentMap<number, { readonly id: string; readonly position: number }>;
}
export const initialErasures: ErasuresState = { erased: PersistentMap() };

export type ErasureDecision =
  | { readonly accepted: true; readonly events: DecidedEvent<ErasureEventType>[] }
  | { readonly accepted: false; readonly refusal: Refusal };

const refuse = (code: RefusalCode, detail: string, facts: Refusal['facts']): ErasureDecision => ({
  accepted: false,
  refusal: { code, detail, ...(facts && { facts }) },
});

export function decideErasure(command: ErasePayloads, state: ErasuresState): ErasureDecision {
  const { id, events, missing, subject, quotedAt, reason, legalBasis } = command;
  if (missing.length > 0) {
    return refuse('event-unknown', `The ledger has no event at position ${missing.join(', ')}.`, {
      positions: missing,
    });
  }
  if (events.length === 0) return refuse('event-unknown', 'No event is about this subject.', { subject });
  const erasures = events.filter(({ type }) => type === 'PayloadErased').map(({ position }) => position);
  if (erasures.length > 0) {
    return refuse(
      'event-not-erasable',
      `The event at position ${erasures.join(', ')} is an erasure, which alone accounts for what is missing.`,
      { positions: erasures },
    );
  }
  const positions = events.map(({ position }) => position).filter((position) => !state.erased.has(position));
  const decided: DecidedEvent<ErasureEventType>[] = [];
  for (let start = 0; start < positions.length; start += MAX_ERASED) {
    decided.push({
      type: 'PayloadErased',
      subject: id,
      data: {
        positions: positions.slice(start, start + MAX_ERASED),
        ...(subject !== undefined && { subject }),
        ...(quotedAt.length > 0 && { quotedAt: [...quotedAt] }),
        reason,
        legalBasis,
      },
    });
  }
  return { accepted: true, events: decided };
}

/** What active members are allowed, said again where `erased` (not erased before) said it. `state`: the members before the erasure. */
export function restateMembers(
  erased: readonly ErasableEvent[],
  state: MembersState,
): DecidedEvent<MembersEventType>[] {
  const subjects = new Set(
    erased
      .filter(({ type }) => type === 'MemberAdded' || type === 'MemberRevised')
      .map(({ subject }) => subject ?? ''),
  );
  return [...subjects].flatMap((subject): DecidedEvent<MembersEventType>[] => {
    const member = state.members.get(subject);
    if (member?.status !== 'active') return [];
    return [
      {
        type: 'MemberRevised',
        subject,
        data: {
          changes: { role: member.role, clearance: member.clearance ?? null },
          reason: 'Said again, as what said so before is erased.',
        },
      },
    ];
  });
}

export function evolveErasures(state: ErasuresState, event: RecordedEvent<ErasureEventType>): ErasuresState {
  const { subject: id, position } = event;
  return {
    erased: state.erased.withMutations((erased) => {
      for (const each of event.data?.positions ?? []) erased.set(each, { id, position });
    }),
  };
}
