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
 * Who sees what when a command is decided. The database enforces the same rules on reads (the migration
 * "visibility"):
 *
 * - A restricted incident is visible to the members whom it names and to members who oversee all incidents.
 * - A document is visible to members whose clearance is at least its marking. An incident that it is or was
 *   attached to quotes it for ever, so the same clearance applies to the incident. Overseeing does not exceed
 *   a clearance.
 * - Something invisible is answered as if it never existed: same status, same words.
 */

/** The data source that reads with the visibility of the request's member. */
export const READING = Symbol('reading data source');

/** The problem for an incident that does not exist or is invisible to the caller. */
export const unknownIncident = (): ProblemError => {
  const decision = decide({ type: 'CloseIncident' }, initialIncident);
  if (decision.accepted) throw new Error('an incident that was never opened was closed');
  return ProblemError.ofRefusal(decision.refusal);
};

/** An authenticated caller, by a token of the service or of an identity provider (`tokenId` is `null`). */
export interface Caller {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly clearance: Tlp;
  readonly tokenId: string | null;
  /** When the token ends, in milliseconds since 1970; absent if it does not expire. */
  readonly endsAt?: number;
  /** The subject of an identity provider's token; the member has access while bound to it. */
  readonly identity?: string;
  /** The permissions that the token is narrowed to; `null` if it is not. */
  readonly permissions: readonly Permission[] | null;
}

/**
 * Whether an identity provider's token still backs the caller at this moment, in milliseconds since 1970, and
 * has not ended.
 */
export const isVouchedFor = (
  { endsAt, identity }: Caller,
  member: { readonly identity?: string } | null | undefined,
  now: number,
): boolean =>
  (endsAt === undefined || endsAt > now) && (identity === undefined || member?.identity === identity);

/** The scope of the caller's reads. */
export const readingScopeOf = (caller: Caller): ReadingScope => ({
  workspaceId: caller.workspaceId,
  viewer: may(caller, 'oversee') ? null : caller.memberId,
  clearance: tlpRank(caller.clearance),
});

/**
 * Runs `read` with the caller's visibility. For reads within a write; read requests run in the caller's scope
 * as a whole.
 */
export const readAs = <T>(caller: Caller, read: () => Promise<T>): Promise<T> =>
  withReadingScope(readingScopeOf(caller), read);

/** Whether the incident's restriction lets the caller see it. */
export const mayEnter = (caller: Caller, incident: IncidentState): boolean =>
  incident.status === 'unopened' ||
  incident.restrictedTo === undefined ||
  incident.restrictedTo.includes(caller.memberId) ||
  may(caller, 'oversee');

/** Whether the document's marking is within the member's clearance at commit time. */
export const isCleared = (caller: Caller, members: MembersState, document: DocumentState): boolean =>
  document.status === 'unknown' ||
  // The marking of an erased document is unknown.
  tlpRank(document.details === null ? 'red' : document.details.tlp) <=
    tlpRank(members.members.get(caller.memberId)?.clearance ?? 'red');

/** The highest marking that a member sees; `null` if there is no such member. */
function clearedFor(members: MembersState, id: string): number | null {
  const member = members.members.get(id);
  return member?.status === 'active' ? tlpRank(member.clearance ?? 'red') : null;
}

/**
 * Refuses a clearance above the caller's own, given to any member, and a token or an identity for a member
 * who has one. Otherwise an admin below red could gain access to everything indirectly.
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
      'An admin cannot give a clearance above their own, or a token or identity to a member who has one. An admin with that clearance can do this.',
    ...(given.pointer !== undefined && { facts: { pointer: given.pointer } }),
  };
}

/** The clearance that the command gives access to, and the field that does so. */
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
      // Repeating or lowering a clearance gives nothing.
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

/** Refuses a dispute whose new owner is not a member. An owner who was a member when named may stay. */
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

/** Refuses a restriction that names a non-member, or that would exclude its author. */
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
        detail: 'The restriction would exclude you, and you could not let anybody in. Name yourself as well.',
        facts: { pointer },
      };
}
