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
 * - An erasure removes an event's payload. Position, type, subject, actor and time remain.
 * - An erasure states its reason and legal basis, and is never erased itself: it alone accounts for what is missing.
 * - Nothing is erased twice; if nothing is left to erase, nothing is recorded.
 * - An erasure neither removes nor grants an active member's role: it records again what the erased events granted. What cannot
 *   be recorded again (a document's marking, an incident's restriction) counts as the strictest.
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
  /** The events to erase; all are in the ledger. */
  readonly events: readonly ErasableEvent[];
  /** Requested positions that the ledger does not have. */
  readonly missing: readonly number[];
  /** The requested subject, if any. */
  readonly subject?: string;
  /** Events that still hold a copy. */
  readonly quotedAt: readonly number[];
  readonly reason: string;
  readonly legalBasis: string;
}

export interface ErasuresState {
  /** The erasure of each erased position: its id and position. */
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

/** Records again what newly `erased` events granted to active members. `state`: the members before the erasure. */
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
          reason: 'Recorded again, because the earlier record is erased.',
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
