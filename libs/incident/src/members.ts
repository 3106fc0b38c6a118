import { calendarInstant } from '@casebook/contracts';
import type {
  AddMember,
  DecidedEvent,
  MemberChanges,
  MembersEventType,
  PayloadOf,
  Permission,
  RecordedEvent,
  Refusal,
  RefusalCode,
  RememberedColumns,
  Role,
  Tlp,
} from '@casebook/contracts';
import { Map as PersistentMap } from 'immutable';
import { merge } from './merge.js';
import { applied, realChanges, staleness } from './revision.js';

/*
 * The rules of a workspace's member list:
 *
 * - A workspace always has an admin, from its opening on.
 * - A member's id is never reused for another person, as the audit names members by id. A removed member can be added again
 *   but needs new tokens: the old ones end for good.
 * - A member bound to an identity is accepted by the identity provider's tokens for that subject only.
 * - The names of the identity provider and the operator are reserved, so that the audit can tell them from members.
 * - A token must end after it is issued.
 * - A token's id belongs to one token for ever: issuing it again changes nothing, and a revoked token stays revoked.
 * - Settings of the workspace are set by an admin. By default a change needs no If-Match.
 * - A member whose grants were erased has the least privileges until they are granted again.
 * - A token belongs to a member and is void for a removed one. Only its SHA-256 is stored.
 */

// ---- commands ----

export type MembersCommand =
  | {
      type: 'OpenWorkspace';
      id: string;
      title?: string;
      admin: { id: string; name: string };
      token: { id: string; digest: string; label: string };
    }
  | { type: 'AddMember'; member: AddMember }
  | { type: 'ConfigureWorkspace'; changes: Partial<Settings>; reason?: string; expected?: number }
  | {
      type: 'ReviseMember';
      id: string;
      changes: MemberChanges;
      reason?: string;
      /** The revision that the client has seen, and the member's fields at it. If both are given, the changes of both sides are merged. */
      expected?: number;
      base?: object;
    }
  | { type: 'RemoveMember'; id: string; reason?: string; expected?: number }
  | {
      type: 'IssueToken';
      tokenId: string;
      memberId: string;
      digest: string;
      label?: string;
      expiresAt?: string;
      permissions?: Permission[];
      /** The time of issue; required if the token ends. */
      at?: string;
    }
  | { type: 'RevokeToken'; tokenId: string; reason?: string }
  /** The operator accepts a ledger that differs from the one signed last. */
  | ({ type: 'AcceptRestore' } & PayloadOf<'WorkspaceRestored'>);

// ---- state ----

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The highest marking that the member may see; absent: red. */
  readonly clearance?: Tlp;
  /** The subject of the member's tokens from the identity provider. */
  readonly identity?: string;
  readonly status: 'active' | 'removed';
  readonly revision: number;
  readonly addedAt: string;
  readonly position: number;
}
export interface Token {
  readonly id: string;
  readonly memberId: string;
  readonly digest: string;
  readonly label?: string;
  readonly issuedAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  /** The permissions that it is narrowed to; absent: not narrowed. */
  readonly permissions?: readonly Permission[];
  /** Of the latest event about it. */
  readonly position: number;
}
/** The actor of changes caused by an identity provider's token, in the audit. */
export const IDENTITY_PROVIDER = 'identity-provider';
/**
 * The actor of commands from the command line or settings: the operator who controls the database, not a
 * member.
 */
export const OPERATOR = 'operator';
export const NO_MEMBERS: ReadonlySet<string> = new Set([IDENTITY_PROVIDER, OPERATOR]);

/** The subject of events about the settings; no member has such an id. */
export const SETTINGS = 'workspace:settings';

/** The subject of events about a restore. */
const RESTORED = 'workspace:restore';

/** The settings of the workspace. */
export interface Settings {
  /** A change must name the revision that it is based on. */
  readonly requireIfMatch: boolean;
  /** What the columns of imported tables are called. */
  readonly importColumns?: RememberedColumns;
}
export interface MembersState {
  readonly status: 'unopened' | 'open';
  readonly title?: string;
  readonly settings: Settings & { readonly revision: number; readonly position: number };
  readonly members: PersistentMap<string, Member>;
  readonly tokens: PersistentMap<string, Token>;
}
export const initialMembers: MembersState = {
  status: 'unopened',
  settings: { requireIfMatch: false, revision: 1, position: 1 },
  members: PersistentMap(),
  tokens: PersistentMap(),
};

// ---- decide ----

export type MembersDecision =
  | { readonly accepted: true; readonly events: DecidedEvent<MembersEventType>[] }
  | { readonly accepted: false; readonly refusal: Refusal };

const accept = (...events: DecidedEvent<MembersEventType>[]): MembersDecision => ({ accepted: true, events });
const refused = (refusal: Refusal): MembersDecision => ({ accepted: false, refusal });
const refuse = (code: RefusalCode, detail: string, facts?: Refusal['facts']): MembersDecision =>
  refused({ code, detail, ...(facts && { facts }) });
const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const lastAdmin = (state: MembersState, id: string): boolean =>
  state.members.get(id)?.role === 'admin' &&
  !state.members.some((other) => other.id !== id && other.status === 'active' && other.role === 'admin');

export function decideMembers(command: MembersCommand, state: MembersState): MembersDecision {
  switch (command.type) {
    case 'OpenWorkspace':
      return state.status === 'open'
        ? accept()
        : accept(
            {
              type: 'WorkspaceOpened',
              subject: command.id,
              data: given({ id: command.id, title: command.title }),
            },
            {
              type: 'MemberAdded',
              subject: command.admin.id,
              data: { name: command.admin.name, role: 'admin' },
            },
            {
              type: 'TokenIssued',
              subject: command.token.id,
              data: { memberId: command.admin.id, digest: command.token.digest, label: command.token.label },
            },
          );
    case 'AddMember': {
      const { id, ...data } = command.member;
      if (NO_MEMBERS.has(id))
        return refuse(
          'member-exists',
          `The audit uses ${id} for actions that no member took; choose another id.`,
          { id },
        );
      const known = state.members.get(id);
      if (known?.status !== 'active')
        return accept(...tokensEnded(state, id), { type: 'MemberAdded', subject: id, data });
      return (['name', 'role', 'clearance', 'identity'] as const).every(
        (field) => known[field] === data[field],
      )
        ? accept()
        : refuse('member-exists', `The member ${id} exists already; revise it, or choose another id.`, {
            id,
          });
    }
    case 'ConfigureWorkspace': {
      const { settings } = state;
      const changes = realChanges(settings, command.changes);
      if (changes === null) return accept();
      return (
        staleness('The configuration of the workspace', command.expected, settings.revision) ??
        accept({
          type: 'WorkspaceConfigured',
          subject: SETTINGS,
          data: given({ changes, reason: command.reason }),
        })
      );
    }
    case 'ReviseMember': {
      const member = state.members.get(command.id);
      if (member?.status !== 'active') return refused(unknownMember(command.id));
      const stale = staleness(`The member ${command.id}`, command.expected, member.revision);
      const merged = stale && command.base && merge('member', command.base, member, command.changes);
      if (merged && merged.conflicts.length > 0) return stale;
      const changes = realChanges(member, (merged?.changes ?? command.changes) as MemberChanges);
      if (changes === null) return accept();
      if (stale && !merged) return stale;
      if (changes.role !== undefined && lastAdmin(state, command.id)) return keepsAdmin(command.id);
      return accept({
        type: 'MemberRevised',
        subject: command.id,
        data: given({ changes, reason: command.reason }),
      });
    }
    case 'RemoveMember': {
      const member = state.members.get(command.id);
      if (member === undefined) return refused(unknownMember(command.id));
      if (member.status === 'removed') return accept();
      const stale = staleness(`The member ${command.id}`, command.expected, member.revision);
      if (stale) return stale;
      if (lastAdmin(state, command.id)) return keepsAdmin(command.id);
      return accept({ type: 'MemberRemoved', subject: command.id, data: given({ reason: command.reason }) });
    }
    case 'IssueToken': {
      if (state.members.get(command.memberId)?.status !== 'active')
        return refused(unknownMember(command.memberId));
      if (state.tokens.has(command.tokenId)) return accept();
      const { memberId, digest, label, expiresAt, permissions, at } = command;
      if (expiresAt !== undefined && at !== undefined && expiresAt <= at)
        return refuse('token-expired', 'The token would already be expired; send a later time.', {
          pointer: '/expiresAt',
        });
      return accept({
        type: 'TokenIssued',
        subject: command.tokenId,
        data: given({ memberId, digest, label, expiresAt, permissions }),
      });
    }
    case 'AcceptRestore': {
      const { type: _, ...data } = command;
      return accept({ type: 'WorkspaceRestored', subject: RESTORED, data });
    }
    case 'RevokeToken': {
      const token = state.tokens.get(command.tokenId);
      if (token === undefined)
        return refuse('token-unknown', 'There is no such token in this workspace.', { id: command.tokenId });
      return token.revokedAt !== undefined
        ? accept()
        : accept({ type: 'TokenRevoked', subject: command.tokenId, data: given({ reason: command.reason }) });
    }
  }
}

/** Revokes the remaining tokens of a removed member, which would work again once the member is back. */
const tokensEnded = (state: MembersState, memberId: string): DecidedEvent<'TokenRevoked'>[] =>
  [...state.tokens.values()]
    .filter((token) => token.memberId === memberId && token.revokedAt === undefined)
    .map(({ id }) => ({ type: 'TokenRevoked', subject: id, data: { reason: 'The member was removed.' } }));

/** The refusal of a command about an unknown member. */
export const unknownMember = (id: string): Refusal => ({
  code: 'member-unknown',
  detail: `There is no member ${JSON.stringify(id)} in this workspace. GET …/members lists them.`,
  facts: { id },
});
const keepsAdmin = (id: string): MembersDecision =>
  refuse('member-last-admin', `${id} is the only admin; make another member admin first.`, { id });

// ---- evolve ----

export function evolveMembers(state: MembersState, event: RecordedEvent<MembersEventType>): MembersState {
  switch (event.type) {
    case 'WorkspaceOpened':
      return {
        ...state,
        status: 'open',
        ...(event.data?.title !== undefined && { title: event.data.title }),
      };
    case 'WorkspaceRestored':
      return state;
    case 'WorkspaceConfigured':
      return {
        ...state,
        settings: {
          ...state.settings,
          ...event.data?.changes,
          revision: state.settings.revision + 1,
          position: event.position,
        },
      };
    case 'MemberAdded': {
      const before = state.members.get(event.subject);
      return withMember(state, {
        id: event.subject,
        name: event.data?.name ?? event.subject,
        role: event.data?.role ?? LEAST.role,
        ...(event.data === null
          ? { clearance: LEAST.clearance }
          : event.data.clearance !== undefined && { clearance: event.data.clearance }),
        ...(event.data?.identity !== undefined && { identity: event.data.identity }),
        status: 'active',
        revision: (before?.revision ?? 0) + 1,
        addedAt: event.at,
        position: event.position,
      });
    }
    case 'MemberRevised': {
      const before = state.members.get(event.subject);
      return before === undefined
        ? state
        : withMember(state, {
            ...applied<Member>(before, event.data === null ? LEAST : event.data.changes),
            revision: before.revision + 1,
            position: event.position,
          });
    }
    case 'MemberRemoved': {
      const before = state.members.get(event.subject);
      return before === undefined
        ? state
        : withMember(state, {
            ...before,
            status: 'removed',
            revision: before.revision + 1,
            position: event.position,
          });
    }
    case 'TokenIssued': {
      if (event.data === null) return state;
      const { expiresAt } = event.data;
      const token: Token = {
        id: event.subject,
        issuedAt: event.at,
        position: event.position,
        ...event.data,
        // The year 0 was accepted once, but views with it cannot be compared.
        ...(expiresAt !== undefined && { expiresAt: calendarInstant(Date.parse(expiresAt)) }),
      };
      return { ...state, tokens: state.tokens.set(token.id, token) };
    }
    case 'TokenRevoked': {
      const token = state.tokens.get(event.subject);
      return token === undefined
        ? state
        : {
            ...state,
            tokens: state.tokens.set(token.id, { ...token, revokedAt: event.at, position: event.position }),
          };
    }
  }
}

/** The least privileges a member can have. */
const LEAST = { role: 'reader', clearance: 'clear' } as const satisfies MemberChanges;

const withMember = (state: MembersState, member: Member): MembersState => ({
  ...state,
  members: state.members.set(member.id, member),
});
