import type { MembersEventType } from '@casebook/contracts';
import { erased, type Happened, happened, specification } from '@casebook/testing';
import fc from 'fast-check';
import {
  decideMembers,
  evolveMembers,
  initialMembers,
  type MembersCommand,
  type MembersState,
  NO_MEMBERS,
} from './members.js';

const given = specification<MembersState, MembersCommand, MembersEventType>({
  initial: initialMembers,
  decide: decideMembers,
  evolve: evolveMembers,
});

const TOKEN = '01990000-0000-7000-8000-000000000001';
const digest = 'ab'.repeat(32);
const opened: Happened<'WorkspaceOpened'> = {
  type: 'WorkspaceOpened',
  subject: 'desk',
  data: { id: 'desk' },
};
const added = (subject: string, role: 'admin' | 'annotator'): Happened<'MemberAdded'> => ({
  type: 'MemberAdded',
  subject,
  data: { name: subject, role },
});
const removed = (subject: string): Happened<'MemberRemoved'> => ({
  type: 'MemberRemoved',
  subject,
  data: {},
});
const issued: Happened<'TokenIssued'> = {
  type: 'TokenIssued',
  subject: TOKEN,
  data: { memberId: 'bob', digest, label: 'laptop' },
};
const desk = given(opened, added('ann', 'admin'), added('bob', 'annotator'));

describe('before it is opened', () => {
  test('a workspace is opened with an admin who has a token', () => {
    const state = given()
      .when({
        type: 'OpenWorkspace',
        id: 'desk',
        title: 'First desk',
        admin: { id: 'ann', name: 'Ann' },
        token: { id: TOKEN, digest, label: 'first' },
      })
      .then(
        { type: 'WorkspaceOpened', subject: 'desk', data: { id: 'desk', title: 'First desk' } },
        { type: 'MemberAdded', subject: 'ann', data: { name: 'Ann', role: 'admin' } },
        { type: 'TokenIssued', subject: TOKEN, data: { memberId: 'ann', digest, label: 'first' } },
      );
    expect(state).toMatchObject({ status: 'open', title: 'First desk' });
    expect(state.members.get('ann')).toMatchObject({ role: 'admin', status: 'active', revision: 1 });
  });
});

describe('when open', () => {
  test('opening it again changes nothing', () => {
    desk
      .when({
        type: 'OpenWorkspace',
        id: 'desk',
        admin: { id: 'eve', name: 'Eve' },
        token: { id: TOKEN, digest, label: 'first' },
      })
      .thenNothing();
  });

  test('a member is added once', () => {
    const command: MembersCommand = { type: 'AddMember', member: { id: 'cyn', name: 'Cyn', role: 'reader' } };
    desk.when(command).then({ type: 'MemberAdded', subject: 'cyn', data: { name: 'Cyn', role: 'reader' } });
    desk
      .and({ type: 'MemberAdded', subject: 'cyn', data: { name: 'Cyn', role: 'reader' } })
      .when(command)
      .thenNothing();
  });

  test('an id is not given to somebody else while its member is there', () => {
    desk
      .when({ type: 'AddMember', member: { id: 'bob', name: 'Robert', role: 'annotator' } })
      .thenRefused('member-exists', { id: 'bob' });
  });

  test('nobody is called what the identity provider or the operator is called where they act', () => {
    for (const id of NO_MEMBERS)
      desk
        .when({ type: 'AddMember', member: { id, name: 'Eve', role: 'annotator' } })
        .thenRefused('member-exists', { id });
  });

  test('a token ends after it was issued', () => {
    const at = '2026-01-31T09:30:00.000Z';
    const token = { type: 'IssueToken', tokenId: TOKEN, memberId: 'bob', digest, at } as const;
    for (const expiresAt of ['2026-01-31T09:29:59.999Z', at])
      desk.when({ ...token, expiresAt }).thenRefused('token-expired', { pointer: '/expiresAt' });
    const expiresAt = '2026-01-31T09:30:00.001Z';
    desk
      .when({ ...token, expiresAt })
      .then({ type: 'TokenIssued', subject: TOKEN, data: { memberId: 'bob', digest, expiresAt } });
  });

  test('a member is revised by what changes', () => {
    const state = desk
      .when({
        type: 'ReviseMember',
        id: 'bob',
        changes: { name: 'bob', role: 'adjudicator' },
        reason: 'Trained.',
      })
      .then({
        type: 'MemberRevised',
        subject: 'bob',
        data: { changes: { role: 'adjudicator' }, reason: 'Trained.' },
      });
    expect(state.members.get('bob')).toMatchObject({ name: 'bob', role: 'adjudicator', revision: 2 });
    desk.when({ type: 'ReviseMember', id: 'bob', changes: { name: 'bob' } }).thenNothing();
  });

  test('who is not there is neither revised nor removed, and gets no token', () => {
    desk.when({ type: 'ReviseMember', id: 'eve', changes: {} }).thenRefused('member-unknown', { id: 'eve' });
    desk.when({ type: 'RemoveMember', id: 'eve' }).thenRefused('member-unknown');
    desk.when({ type: 'IssueToken', tokenId: TOKEN, memberId: 'eve', digest }).thenRefused('member-unknown');
  });

  test('the only admin stays admin and stays', () => {
    desk
      .when({ type: 'ReviseMember', id: 'ann', changes: { role: 'reader' } })
      .thenRefused('member-last-admin');
    desk.when({ type: 'RemoveMember', id: 'ann' }).thenRefused('member-last-admin');
    desk
      .when({ type: 'ReviseMember', id: 'ann', changes: { name: 'Anne' } })
      .then({ type: 'MemberRevised', subject: 'ann', data: { changes: { name: 'Anne' } } });
  });

  test('an admin leaves once there is another who is still there', () => {
    const two = desk.and(added('cyn', 'admin'));
    two.when({ type: 'RemoveMember', id: 'ann' }).then({ type: 'MemberRemoved', subject: 'ann', data: {} });
    two.and(removed('cyn')).when({ type: 'RemoveMember', id: 'ann' }).thenRefused('member-last-admin');
  });
});

describe('a member when removed', () => {
  const gone = desk.and(removed('bob'));

  test('is still known by name', () => {
    expect(gone.state.members.get('bob')).toMatchObject({ name: 'bob', status: 'removed', revision: 2 });
  });

  test('a second removal changes nothing', () => {
    gone.when({ type: 'RemoveMember', id: 'bob' }).thenNothing();
  });

  test('is not revised and gets no token', () => {
    gone.when({ type: 'ReviseMember', id: 'bob', changes: { name: 'B' } }).thenRefused('member-unknown');
    gone.when({ type: 'IssueToken', tokenId: TOKEN, memberId: 'bob', digest }).thenRefused('member-unknown');
  });

  test('may be added again, and the revisions go on', () => {
    const state = gone
      .when({ type: 'AddMember', member: { id: 'bob', name: 'Bob', role: 'reader' } })
      .then({ type: 'MemberAdded', subject: 'bob', data: { name: 'Bob', role: 'reader' } });
    expect(state.members.get('bob')).toMatchObject({ status: 'active', role: 'reader', revision: 3 });
  });

  test('has no token of before any more when added again', () => {
    const OTHER = '01990000-0000-7000-8000-000000000002';
    const hers = { ...issued, subject: OTHER, data: { memberId: 'ann', digest: 'cd'.repeat(32) } };
    const state = desk
      .and(issued, hers, removed('bob'))
      .when({ type: 'AddMember', member: { id: 'bob', name: 'Bob', role: 'reader' } })
      .then(
        { type: 'TokenRevoked', subject: TOKEN, data: { reason: 'The member was removed.' } },
        { type: 'MemberAdded', subject: 'bob', data: { name: 'Bob', role: 'reader' } },
      );
    expect(state.tokens.get(OTHER)).not.toHaveProperty('revokedAt');
  });
});

describe('a token', () => {
  test('is kept as the digest of what was shown once', () => {
    const state = desk
      .when({ type: 'IssueToken', tokenId: TOKEN, memberId: 'bob', digest, label: 'laptop' })
      .then({ type: 'TokenIssued', subject: TOKEN, data: { memberId: 'bob', digest, label: 'laptop' } });
    expect(state.tokens.get(TOKEN)).toEqual({
      id: TOKEN,
      memberId: 'bob',
      digest,
      label: 'laptop',
      issuedAt: '2031-03-04T09:04:00.000Z',
      position: 4,
    });
  });

  test('is revoked once', () => {
    const state = desk
      .and(issued)
      .when({ type: 'RevokeToken', tokenId: TOKEN, reason: 'Lost.' })
      .then({ type: 'TokenRevoked', subject: TOKEN, data: { reason: 'Lost.' } });
    expect(state.tokens.get(TOKEN)).toMatchObject({ revokedAt: '2031-03-04T09:05:00.000Z' });
    desk
      .and(issued, { type: 'TokenRevoked', subject: TOKEN, data: {} })
      .when({ type: 'RevokeToken', tokenId: TOKEN })
      .thenNothing();
  });

  test('issued again under its id stays as it was, and revoked', () => {
    desk
      .and(issued, { type: 'TokenRevoked', subject: TOKEN, data: {} })
      .when({ type: 'IssueToken', tokenId: TOKEN, memberId: 'ann', digest: 'cd'.repeat(32) })
      .thenNothing();
  });

  test('that was never issued is not revoked', () => {
    desk.when({ type: 'RevokeToken', tokenId: TOKEN }).thenRefused('token-unknown', { id: TOKEN });
  });
});

describe('when erased by law', () => {
  test('a member has the name of her id and the least role', () => {
    const state = desk.and({ ...added('cyn', 'admin'), data: null }).state;
    expect(state.members.get('cyn')).toMatchObject({ name: 'cyn', role: 'reader', status: 'active' });
  });

  test('a token opens nothing', () => {
    expect(desk.and({ ...issued, data: null }).state.tokens.size).toBe(0);
  });
});

describe('whatever is asked of a workspace', () => {
  const names = fc.constantFrom('ann', 'bob', 'cyn');
  const role = fc.constantFrom('reader', 'annotator', 'adjudicator', 'auditor', 'admin');
  const tokens = fc.constantFrom(TOKEN, TOKEN.replace(/1$/, '2'));
  const commands: fc.Arbitrary<MembersCommand> = fc.oneof(
    fc
      .record({ id: names, name: names, role })
      .map((member): MembersCommand => ({ type: 'AddMember', member })),
    fc
      .record({ id: names, changes: fc.record({ name: names, role }, { requiredKeys: [] }) })
      .map((revision): MembersCommand => ({ type: 'ReviseMember', ...revision })),
    names.map((id): MembersCommand => ({ type: 'RemoveMember', id })),
    fc
      .record({ tokenId: tokens, memberId: names })
      .map((token): MembersCommand => ({ type: 'IssueToken', ...token, digest })),
    tokens.map((tokenId): MembersCommand => ({ type: 'RevokeToken', tokenId })),
  );
  const start = [opened, added('ann', 'admin')].map((event, index) =>
    happened<MembersEventType>(event, index + 1),
  );

  /** The events of the commands that are accepted, and the state behind each. */
  const play = (all: readonly MembersCommand[]) => {
    const events = [...start];
    const states = [start.reduce(evolveMembers, initialMembers)];
    for (const command of all) {
      const before = states.at(-1) ?? initialMembers;
      const decision = decideMembers(command, before);
      if (!decision.accepted) continue;
      const recorded = decision.events.map((event, index) =>
        happened<MembersEventType>(event as Happened<MembersEventType>, events.length + index + 1),
      );
      events.push(...recorded);
      states.push(recorded.reduce(evolveMembers, before));
    }
    return { events, states };
  };

  test('it is never without an admin, and a revision is the number of events about a member', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (all) => {
        const { events, states } = play(all);
        for (const { members } of states) {
          expect(members.some(({ role, status }) => role === 'admin' && status === 'active')).toBe(true);
        }
        for (const { id, revision } of states.at(-1)?.members.values() ?? []) {
          expect(revision).toBe(events.filter(({ subject }) => subject === id).length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('asking for a change of members twice records nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 15 }), commands, (all, command) => {
        const before = play(all).states.at(-1) ?? initialMembers;
        const first = decideMembers(command, before);
        if (!first.accepted) return;
        const after = first.events.reduce(
          (state, event, index) =>
            evolveMembers(state, happened(event as Happened<MembersEventType>, 100 + index)),
          before,
        );
        expect(decideMembers(command, after)).toEqual({ accepted: true, events: [] });
      }),
      { numRuns: 300 },
    );
  });

  test('its events are folded in any order, erased or not', () => {
    const disordered = fc
      .array(commands, { maxLength: 15 })
      .chain((all) => fc.shuffledSubarray(play(all).events))
      .chain((events) => fc.tuple(...events.map((event) => fc.constantFrom(event, erased(event)))));
    fc.assert(
      fc.property(disordered, (events) => {
        expect(() => events.reduce(evolveMembers, initialMembers)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
