import { type Permission, type Refusal, type Role, type Tlp, tlpRank } from '@casebook/contracts';
import {
  annotationIn,
  decide,
  type DocumentState,
  type IncidentCommand,
  type IncidentState,
  initialIncident,
  isKind,
  type MembersCommand,
  type MembersState,
  unknownMember,
} from '@casebook/incident';
import { type ReadingScope, withReadingScope } from '@casebook/postgres';
import { ProblemError } from '../http/problem.js';
import { may } from './permissions.js';

/*
 * Who sees what, where a command is decided. Reads are held to the same by the database (the migration "visibility"):
 *
 * - A restricted incident is there for the members whom it names and for those who oversee all incidents; for nobody else.
 * - A document is there for those whose clearance is at least its marking. An incident that it is or was attached to quotes it for
 *   ever, so the incident is there for them alone as well. Nobody oversees past a clearance.
 * - What is not there is answered as what never was: same status, same words.
 */

/** The data source that reads as the request's member. */
export const READING = Symbol('reading data source');

/** What is said of an incident that is not there, or not for the caller. */
export const unknownIncident = (): ProblemError => {
  const decision = decide({ type: 'CloseIncident' }, initialIncident);
  if (decision.accepted) throw new Error('an incident that was never opened was closed');
  return ProblemError.ofRefusal(decision.refusal);
};

/** Somebody who asks: by an own token, or by one of an identity provider's (`tokenId` is `null`). */
export interface Caller {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly clearance: Tlp;
  readonly tokenId: string | null;
  /** When the token ends, in milliseconds since 1970; left out: not by itself. */
  readonly endsAt?: number;
  /** The subject of an identity provider's token: the member is let in while bound to it. */
  readonly identity?: string;
  /** What the token is narrowed to; `null`: nothing. */
  readonly permissions: readonly Permission[] | null;
}

/** Whether what an identity provider's token says of the caller holds at that moment, in milliseconds since 1970, and the token has not ended. */
export const isVouchedFor = (
  { endsAt, identity }: Caller,
  member: { readonly identity?: string } | null | undefined,
  now: number,
): boolean =>
  (endsAt === undefined || endsAt > now) && (identity === undefined || member?.identity === identity);

/** What the caller's reads see. */
export const readingScopeOf = (caller: Caller): ReadingScope => ({
  workspaceId: caller.workspaceId,
  viewer: may(caller, 'oversee') ? null : caller.memberId,
  clearance: tlpRank(caller.clearance),
});

/** Runs `read` so that it sees what the caller may. For reads of a write: those of a read's own request are within the caller's scope all together. */
export const readAs = <T>(caller: Caller, read: () => Promise<T>): Promise<T> =>
  withReadingScope(readingScopeOf(caller), read);

/** Whether the incident's own restriction lets the caller see it. */
export const mayEnter = (caller: Caller, incident: IncidentState): boolean =>
  incident.status === 'unopened' ||
  incident.restrictedTo === undefined ||
  incident.restrictedTo.includes(caller.memberId) ||
  may(caller, 'oversee');

/** Whether the document's marking is within the clearance that the member has at commit time. */
export const isCleared = (caller: Caller, members: MembersState, document: DocumentState): boolean =>
  document.status === 'unknown' ||
  // Of an erased document it is not known how it was marked.
  tlpRank(document.details === null ? 'red' : document.details.tlp) <=
    tlpRank(members.members.get(caller.memberId)?.clearance ?? 'red');

/** The marking up to which a member sees; `null`: there is no such member. */
function clearedFor(members: MembersState, id: string): number | null {
  const member = members.members.get(id);
  return member?.status === 'active' ? tlpRank(member.clearance ?? 'red') : null;
}

/**
 * Refuses to give what the caller does not have: a clearance above the caller's own, to anybody and so to the caller, and a way in (a
 * token, an identity) as a member who has one. Else an admin below red would see everything by a detour.
 */
export function clearanceFault(
  caller: Caller,
  command: MembersCommand,
  members: MembersState,
): Refusal | null {
  const given = clearanceGiven(command, members);
  if (given === null || given.rank <= (clearedFor(members, caller.memberId) ?? 0)) return null;
  return {
    code: 'clearance-beyond-yours',
    detail:
      'An admin gives no clearance above their own, and no way in as a member who has one. An admin who is cleared for it can do this.',
    ...(given.pointer !== undefined && { facts: { pointer: given.pointer } }),
  };
}

/** The clearance that the command opens a way to, and the field by which it does. */
function clearanceGiven(
  command: MembersCommand,
  members: MembersState,
): { readonly rank: number; readonly pointer?: string } | null {
  switch (command.type) {
    case 'AddMember':
      return { rank: tlpRank(command.member.clearance ?? 'red'), pointer: '/clearance' };
    case 'ReviseMember': {
      const { clearance, identity } = command.changes;
      const rank = clearedFor(members, command.id);
      if (rank === null) return null;
      const next = clearance === undefined ? rank : tlpRank(clearance ?? 'red');
      // Said again or lowered, a clearance is not given.
      if (next > rank) return { rank: next, pointer: '/clearance' };
      return identity === undefined || identity === null ? null : { rank, pointer: '/identity' };
    }
    case 'IssueToken': {
      const rank = clearedFor(members, command.memberId);
      return rank === null ? null : { rank };
    }
    case 'OpenWorkspace':
    case 'AcceptRestore':
    case 'ConfigureWorkspace':
    case 'RemoveMember':
    case 'RevokeToken':
      return null;
  }
}

/** Refuses a dispute whose owner is no member. One who was a member when named stays the owner: only a change of owner is checked. */
export function ownerFault(
  command: IncidentCommand,
  state: IncidentState,
  members: MembersState,
): Refusal | null {
  const owner = ownerNamedBy(command);
  if (owner == null || members.members.get(owner)?.status === 'active') return null;
  const disputed = 'id' in command ? annotationIn(state, command.id) : undefined;
  if (disputed && isKind(disputed, 'dispute') && disputed.fields?.owner === owner) return null;
  return { ...unknownMember(owner), facts: { id: owner, pointer: '/owner' } };
}

function ownerNamedBy(command: IncidentCommand): string | null | undefined {
  if (command.type === 'AcceptSuggestion') return command.dispute?.fields.owner;
  if (!('kind' in command) || command.kind !== 'dispute') return undefined;
  if (command.type === 'RecordAnnotation') return command.fields.owner;
  return command.type === 'ReviseAnnotation' ? command.changes.owner : undefined;
}

/** Refuses a restriction to somebody who is no member, and one that its author would be shut out by. */
export function restrictionFault(
  caller: Caller,
  command: IncidentCommand,
  members: MembersState,
): Refusal | null {
  const restricted =
    command.type === 'RestrictIncident'
      ? { to: command.members, pointer: '/members' }
      : command.type === 'OpenIncident' && command.restrictedTo !== undefined
        ? { to: command.restrictedTo, pointer: '/restrictedTo' }
        : null;
  if (restricted === null) return null;
  const { to, pointer } = restricted;
  const stranger = to.findIndex((id) => members.members.get(id)?.status !== 'active');
  if (stranger >= 0) return { ...unknownMember(to[stranger]!), facts: { pointer: `${pointer}/${stranger}` } };
  return to.includes(caller.memberId) || may(caller, 'oversee')
    ? null
    : {
        code: 'restriction-without-you',
        detail:
          'You would not see the incident any more, nor could you let anybody in. Name yourself as well.',
        facts: { pointer },
      };
}
