import type { IncidentEventType, MembersEventType } from '@casebook/contracts';
import { type Happened, specification } from '@casebook/testing';
import {
  decide,
  evolve,
  type IncidentCommand,
  type IncidentState,
  initialIncident,
} from './incident/index.js';
import {
  decideMembers,
  evolveMembers,
  initialMembers,
  type MembersCommand,
  type MembersState,
} from './members.js';

const INCIDENT = '01990000-0000-7000-8000-000000000000';
const incident = specification<IncidentState, IncidentCommand, IncidentEventType>({
  initial: initialIncident,
  decide,
  evolve,
});
const opened: Happened<'IncidentOpened'> = {
  type: 'IncidentOpened',
  subject: INCIDENT,
  data: { title: 'River market' },
};
const restricted: Happened<'IncidentRestricted'> = {
  type: 'IncidentRestricted',
  subject: INCIDENT,
  data: { members: ['alice', 'judy'] },
};

describe('a restriction of an incident', () => {
  test('names members, in the order of their ids, and is a revision of the incident', () => {
    const state = incident(opened)
      .when({ type: 'RestrictIncident', members: ['judy', 'alice'], reason: 'A source is at risk.' })
      .then({
        type: 'IncidentRestricted',
        subject: INCIDENT,
        data: { members: ['alice', 'judy'], reason: 'A source is at risk.' },
      });
    expect(state).toMatchObject({ restrictedTo: ['alice', 'judy'], revision: 2 });
  });

  test('holds from the opening on: both are recorded together', () => {
    const command: IncidentCommand = {
      type: 'OpenIncident',
      incidentId: INCIDENT,
      fields: { title: 'River market' },
      restrictedTo: ['judy', 'alice'],
    };
    const state = incident()
      .when(command)
      .then(
        { type: 'IncidentOpened', subject: INCIDENT, data: { title: 'River market' } },
        { type: 'IncidentRestricted', subject: INCIDENT, data: { members: ['alice', 'judy'] } },
      );
    expect(state).toMatchObject({ restrictedTo: ['alice', 'judy'] });
    incident(opened, restricted).when(command).thenNothing();
  });

  test('to the same members changes nothing; other names take the place of those before', () => {
    const given = incident(opened, restricted);
    given.when({ type: 'RestrictIncident', members: ['judy', 'alice'] }).thenNothing();
    const state = given
      .when({ type: 'RestrictIncident', members: ['judy'] })
      .then({ type: 'IncidentRestricted', subject: INCIDENT, data: { members: ['judy'] } });
    expect(state).toMatchObject({ restrictedTo: ['judy'] });
  });

  test('is taken back once', () => {
    const given = incident(opened, restricted);
    const after = given
      .when({ type: 'UnrestrictIncident', reason: 'It is out.' })
      .then({ type: 'IncidentUnrestricted', subject: INCIDENT, data: { reason: 'It is out.' } });
    expect(after).toMatchObject({ restrictedTo: undefined, revision: 3 });
    incident(opened).when({ type: 'UnrestrictIncident' }).thenNothing();
  });

  test('is made of a closed incident as well, and only at the revision that was seen', () => {
    const given = incident(opened, { type: 'IncidentClosed', subject: INCIDENT, data: {} });
    given
      .when({ type: 'RestrictIncident', members: ['judy'], expected: 1 })
      .thenRefused('revision-mismatch', { expected: 1, current: 2 });
    given
      .when({ type: 'RestrictIncident', members: ['judy'], expected: 2 })
      .then({ type: 'IncidentRestricted', subject: INCIDENT, data: { members: ['judy'] } });
  });

  test('that was erased by law still restricts, to nobody', () => {
    const { state } = incident(opened, { ...restricted, data: null });
    expect(state).toMatchObject({ restrictedTo: [] });
  });

  test('is of an incident that is there', () => {
    incident()
      .when({ type: 'RestrictIncident', members: ['judy'] })
      .thenRefused('incident-unknown');
    incident().when({ type: 'UnrestrictIncident' }).thenRefused('incident-unknown');
  });
});

const members = specification<MembersState, MembersCommand, MembersEventType>({
  initial: initialMembers,
  decide: decideMembers,
  evolve: evolveMembers,
});
const added: Happened<'MemberAdded'> = {
  type: 'MemberAdded',
  subject: 'gwen',
  data: { name: 'Gwen', role: 'reader', clearance: 'green', identity: 'sub-1' },
};

describe('a member’s clearance and identity', () => {
  test('are given when the member is added, and changed or cleared later', () => {
    const given = members(added);
    expect(given.state.members.get('gwen')).toMatchObject({ clearance: 'green', identity: 'sub-1' });
    const after = given
      .when({ type: 'ReviseMember', id: 'gwen', changes: { clearance: null, identity: 'sub-2' } })
      .then({
        type: 'MemberRevised',
        subject: 'gwen',
        data: { changes: { clearance: null, identity: 'sub-2' } },
      });
    expect(after.members.get('gwen')).not.toHaveProperty('clearance');
    expect(after.members.get('gwen')).toMatchObject({ identity: 'sub-2', revision: 2 });
  });

  test('are part of whether a member who is added again is the same', () => {
    const again = { id: 'gwen', name: 'Gwen', role: 'reader' } as const;
    members(added)
      .when({ type: 'AddMember', member: { ...again, clearance: 'green', identity: 'sub-1' } })
      .thenNothing();
    members(added).when({ type: 'AddMember', member: again }).thenRefused('member-exists');
    members(added)
      .when({ type: 'AddMember', member: { ...again, clearance: 'green', identity: 'sub-2' } })
      .thenRefused('member-exists');
  });

  test('do not outlast a removal', () => {
    const { state } = members(
      added,
      { type: 'MemberRemoved', subject: 'gwen', data: {} },
      { type: 'MemberAdded', subject: 'gwen', data: { name: 'Gwen', role: 'reader' } },
    );
    expect(state.members.get('gwen')).not.toHaveProperty('identity');
    expect(state.members.get('gwen')).not.toHaveProperty('clearance');
  });
});

test('a token is narrowed when it is issued', () => {
  const tokenId = '01990000-0000-7000-8000-000000000001';
  const digest = 'ab'.repeat(32);
  const after = members(added)
    .when({ type: 'IssueToken', tokenId, memberId: 'gwen', digest, permissions: ['read'] })
    .then({
      type: 'TokenIssued',
      subject: tokenId,
      data: { memberId: 'gwen', digest, permissions: ['read'] },
    });
  expect(after.tokens.get(tokenId)).toMatchObject({ permissions: ['read'] });
});
