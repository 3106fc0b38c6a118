import type { FieldsOf, IncidentEventType, Suggested } from '@casebook/contracts';
import { documentIdOf, type Happened, specification } from '@casebook/testing';
import {
  type Annotation,
  decide,
  evolve,
  type IncidentCommand,
  type IncidentState,
  initialIncident,
} from './incident/index.js';

const given = specification<IncidentState, IncidentCommand, IncidentEventType>({
  initial: initialIncident,
  decide,
  evolve,
});

const id = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const INCIDENT = id(0);
const DOCUMENT = documentIdOf('At least nine people were killed.');
const OTHER_DOCUMENT = documentIdOf('Nobody was killed.');
const anchor = (documentId = DOCUMENT): FieldsOf['claim']['anchor'] => ({
  documentId,
  exact: 'nine people',
  prefix: 'At least ',
  suffix: ' were killed.',
  start: 9,
  end: 20,
});

const opened: Happened<'IncidentOpened'> = {
  type: 'IncidentOpened',
  subject: INCIDENT,
  data: { title: 'River market', summary: 'Who was told before.' },
};
const attached: Happened<'DocumentAttached'> = {
  type: 'DocumentAttached',
  subject: DOCUMENT,
  data: { documentId: DOCUMENT },
};
const [CLAIM, RIVAL, WARNING, ATTACK, LATER, LINK, DISPUTE, COMMENT] = [1, 2, 3, 4, 5, 6, 7, 8].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const tagged = (subject = CLAIM): Happened<'ClaimTagged'> => ({
  type: 'ClaimTagged',
  subject,
  data: { anchor: anchor(), tags: ['toll'] },
});
const warned: Happened<'WarningRecorded'> = {
  type: 'WarningRecorded',
  subject: WARNING,
  data: { summary: 'A call to the governor', evidence: [CLAIM] },
};
const attackedAs = (subject: string): Happened<'AttackRecorded'> => ({
  type: 'AttackRecorded',
  subject,
  data: { summary: 'Blast at the market' },
});
const linked: Happened<'WarningLinked'> = {
  type: 'WarningLinked',
  subject: LINK,
  data: { warningId: WARNING, attackId: ATTACK, relation: 'warned-of' },
};
const disputed: Happened<'DisputeRaised'> = {
  type: 'DisputeRaised',
  subject: DISPUTE,
  data: {
    question: 'Nine or none?',
    targets: [CLAIM],
    positions: [{ statement: 'Nine', evidence: [CLAIM] }, { statement: 'None' }],
  },
};
const commented: Happened<'CommentMade'> = {
  type: 'CommentMade',
  subject: COMMENT,
  data: { targetId: CLAIM, body: 'The governor said so later.' },
};
const retracted = (type: Extract<IncidentEventType, `${string}Retracted`>, subject: string) =>
  ({ type, subject, data: { reason: 'Misread.' } }) as Happened<IncidentEventType>;
const closed: Happened<'IncidentClosed'> = { type: 'IncidentClosed', subject: INCIDENT, data: {} };
const withClaim = [opened, attached, tagged()] as const;
const withAll = [
  ...withClaim,
  tagged(RIVAL),
  warned,
  attackedAs(ATTACK),
  attackedAs(LATER),
  linked,
  disputed,
  commented,
] as const;

const record = <K extends keyof FieldsOf>(kind: K, fields: FieldsOf[K], newId = id(99)): IncidentCommand =>
  ({ type: 'RecordAnnotation', kind, id: newId, fields }) as IncidentCommand;
const find = (state: IncidentState, which: string): Annotation => {
  const found = state.status === 'unopened' ? undefined : state.annotations.get(which);
  if (found === undefined) throw new Error(`there is no annotation ${which}`);
  return found;
};

describe('before it is opened', () => {
  test('opening it is its first event', () => {
    given()
      .when({ type: 'OpenIncident', incidentId: INCIDENT, fields: { title: 'River market' } })
      .then({ type: 'IncidentOpened', subject: INCIDENT, data: { title: 'River market' } });
  });

  test.each<IncidentCommand>([
    { type: 'CloseIncident' },
    { type: 'AttachDocument', documentId: DOCUMENT },
    record('warning', { summary: 'A call' }),
    { type: 'RetractAnnotation', kind: 'claim', id: CLAIM, reason: 'Misread.' },
  ])('$type is refused: there is no such incident', (command) => {
    given().when(command).thenRefused('incident-unknown');
  });
});

describe('when open', () => {
  test('opening it again changes nothing', () => {
    given(opened)
      .when({ type: 'OpenIncident', incidentId: INCIDENT, fields: { title: 'Another' } })
      .thenNothing();
  });

  test('a revision records what changes, and only that', () => {
    const state = given(opened)
      .when({
        type: 'ReviseIncident',
        changes: { title: 'River market', summary: null },
        reason: 'It said too much.',
        expected: 1,
      })
      .then({
        type: 'IncidentRevised',
        subject: INCIDENT,
        data: { changes: { summary: null }, reason: 'It said too much.' },
      });
    expect(state).toMatchObject({ details: { title: 'River market' }, revision: 2 });
    expect(state).not.toHaveProperty('details.summary');
  });

  test('a revision to what it says already changes nothing, whatever revision was expected', () => {
    given(opened)
      .when({ type: 'ReviseIncident', changes: { title: 'River market' }, expected: 7 })
      .thenNothing();
  });

  test('a revision that expects another revision is refused with both', () => {
    given(opened)
      .when({ type: 'ReviseIncident', changes: { title: 'Bridge' }, expected: 2 })
      .thenRefused('revision-mismatch', { expected: 2, current: 1 });
  });

  test('reopening it changes nothing', () => {
    given(opened).when({ type: 'ReopenIncident' }).thenNothing();
  });

  test('a document is attached once', () => {
    given(opened)
      .when({ type: 'AttachDocument', documentId: DOCUMENT })
      .then({ type: 'DocumentAttached', subject: DOCUMENT, data: { documentId: DOCUMENT } });
    given(opened, attached).when({ type: 'AttachDocument', documentId: DOCUMENT }).thenNothing();
  });

  test('a document in which no claim stands is detached', () => {
    const state = given(...withClaim, retracted('ClaimRetracted', CLAIM))
      .when({ type: 'DetachDocument', documentId: DOCUMENT, reason: 'Not about this.' })
      .then({
        type: 'DocumentDetached',
        subject: DOCUMENT,
        data: { documentId: DOCUMENT, reason: 'Not about this.' },
      });
    expect(state.status !== 'unopened' && state.documents.size).toBe(0);
  });

  test('a document in which claims stand is not detached', () => {
    given(...withClaim, tagged(RIVAL))
      .when({ type: 'DetachDocument', documentId: DOCUMENT, reason: 'Not about this.' })
      .thenRefused('document-in-use', { claims: [CLAIM, RIVAL] });
  });

  test('a document that is not attached is not detached', () => {
    given(opened)
      .when({ type: 'DetachDocument', documentId: DOCUMENT, reason: 'Not about this.' })
      .thenRefused('document-not-attached', { documentId: DOCUMENT });
  });

  test('it is closed, once', () => {
    given(opened)
      .when({ type: 'CloseIncident', reason: 'Done.' })
      .then({ type: 'IncidentClosed', subject: INCIDENT, data: { reason: 'Done.' } });
    given(opened).when({ type: 'CloseIncident', expected: 2 }).thenRefused('revision-mismatch');
  });
});

describe('when closed', () => {
  test.each<IncidentCommand>([
    { type: 'ReviseIncident', changes: { title: 'Bridge' } },
    { type: 'AttachDocument', documentId: OTHER_DOCUMENT },
    record('warning', { summary: 'A call' }),
    { type: 'ReviseAnnotation', kind: 'claim', id: CLAIM, changes: { tags: null } },
    { type: 'RetractAnnotation', kind: 'claim', id: CLAIM, reason: 'Misread.' },
    { type: 'SettleDispute', id: DISPUTE, resolution: { outcome: 'compatible', reason: 'Both.' } },
  ])('$type is refused', (command) => {
    given(...withAll, closed)
      .when(command)
      .thenRefused('incident-closed');
  });

  test('closing it again changes nothing', () => {
    given(opened, closed).when({ type: 'CloseIncident', expected: 1 }).thenNothing();
  });

  test('it is reopened, and worked on again', () => {
    const state = given(opened, closed)
      .when({ type: 'ReopenIncident', reason: 'A new document.', expected: 2 })
      .then({ type: 'IncidentReopened', subject: INCIDENT, data: { reason: 'A new document.' } });
    expect(state).toMatchObject({ status: 'open', revision: 3 });
  });
});

describe('a claim', () => {
  test('stands in a document of the incident', () => {
    const fields = { anchor: anchor(), statement: 'Nine were killed', tags: ['toll'] };
    const state = given(opened, attached)
      .when(record('claim', fields, CLAIM))
      .then({ type: 'ClaimTagged', subject: CLAIM, data: fields });
    expect(find(state, CLAIM)).toEqual({
      kind: 'claim',
      id: CLAIM,
      revision: 1,
      status: 'active',
      fields,
      recordedBy: 'alice',
      recordedAt: '2031-03-04T09:03:00.000Z',
      revisedBy: 'alice',
      revisedAt: '2031-03-04T09:03:00.000Z',
      recordedPosition: 3,
      position: 3,
    });
  });

  test('does not stand in a document that is not attached', () => {
    given(opened)
      .when(record('claim', { anchor: anchor() }))
      .thenRefused('document-not-attached', { documentId: DOCUMENT, pointer: '/anchor/documentId' });
    given(...withClaim)
      .when({
        type: 'ReviseAnnotation',
        kind: 'claim',
        id: CLAIM,
        changes: { anchor: anchor(OTHER_DOCUMENT) },
      })
      .thenRefused('document-not-attached', { documentId: OTHER_DOCUMENT });
  });

  test('recorded twice under one id is recorded once', () => {
    given(...withClaim)
      .when(record('claim', { anchor: anchor(), statement: 'Another' }, CLAIM))
      .thenNothing();
    given(...withClaim)
      .when(record('warning', { summary: 'A call' }, CLAIM))
      .thenRefused('reference-of-wrong-kind', { kind: 'claim' });
  });

  test('is revised field by field: a value sets, null clears, the rest stays', () => {
    const state = given(...withClaim)
      .when({
        type: 'ReviseAnnotation',
        kind: 'claim',
        id: CLAIM,
        changes: { statement: 'Nine were killed', tags: null, anchor: anchor() },
        expected: 1,
      })
      .then({
        type: 'ClaimRevised',
        subject: CLAIM,
        data: { changes: { statement: 'Nine were killed', tags: null } },
      });
    expect(find(state, CLAIM)).toMatchObject({ revision: 2, recordedPosition: 3, position: 4 });
    expect(find(state, CLAIM).fields).toEqual({ anchor: anchor(), statement: 'Nine were killed' });
  });

  test('revised to what it says already is not revised, and clearing what is not there changes nothing', () => {
    given(...withClaim)
      .when({
        type: 'ReviseAnnotation',
        kind: 'claim',
        id: CLAIM,
        changes: { tags: ['toll'], statement: null },
        expected: 5,
      })
      .thenNothing();
  });

  test('seen at another revision is not revised', () => {
    given(...withClaim)
      .when({ type: 'ReviseAnnotation', kind: 'claim', id: CLAIM, changes: { tags: [] }, expected: 2 })
      .thenRefused('revision-mismatch', { expected: 2, current: 1 });
  });

  test('is not a warning, whatever the path says', () => {
    given(...withClaim)
      .when({ type: 'ReviseAnnotation', kind: 'warning', id: CLAIM, changes: { summary: 'A call' } })
      .thenRefused('annotation-unknown', { kind: 'warning', id: CLAIM });
  });
});

describe('what an annotation is meaningless without', () => {
  test.each([
    ['claim', CLAIM, 'anchor'],
    ['warning', WARNING, 'summary'],
    ['attack', ATTACK, 'summary'],
    ['dispute', DISPUTE, 'question'],
    ['dispute', DISPUTE, 'targets'],
    ['comment', COMMENT, 'body'],
  ] as const)('of a %s %s its %s is not cleared', (kind, which, field) => {
    given(...withAll)
      .when({ type: 'ReviseAnnotation', kind, id: which, changes: { [field]: null } })
      .thenRefused('field-required', { field, pointer: `/${field}` });
  });
});

describe('evidence', () => {
  test.each<[string, IncidentCommand, string]>([
    ['a warning', record('warning', { summary: 'A call', evidence: [CLAIM, id(50)] }), '/evidence/1'],
    ['an attack', record('attack', { summary: 'Blast', evidence: [id(50)] }), '/evidence/0'],
    [
      'a toll',
      record('attack', { summary: 'Blast', casualties: { wounded: { best: 9, evidence: [id(50)] } } }),
      '/casualties/wounded/evidence/0',
    ],
    ['a link', record('link', { warningId: WARNING, attackId: ATTACK, evidence: [id(50)] }), '/evidence/0'],
    [
      'a position',
      record('dispute', {
        question: 'Who?',
        targets: [CLAIM],
        positions: [{ statement: 'They' }, { statement: 'We', evidence: [id(50)] }],
      }),
      '/positions/1/evidence/0',
    ],
  ])('of %s is claims that are there', (_, command, pointer) => {
    given(...withAll)
      .when(command)
      .thenRefused('reference-unknown', { id: id(50), pointer });
  });

  test('is claims, and nothing else', () => {
    given(...withAll)
      .when(record('warning', { summary: 'A call', evidence: [ATTACK] }))
      .thenRefused('reference-of-wrong-kind', { id: ATTACK, kind: 'attack', pointer: '/evidence/0' });
  });

  test('is claims that have not been retracted when they are named', () => {
    given(...withClaim, retracted('ClaimRetracted', CLAIM))
      .when(record('attack', { summary: 'Blast', evidence: [CLAIM] }))
      .thenRefused('reference-retracted', { id: CLAIM });
  });

  test('that was good when it was named stays when the rest is revised', () => {
    given(...withAll, retracted('ClaimRetracted', CLAIM))
      .when({ type: 'ReviseAnnotation', kind: 'warning', id: WARNING, changes: { evidence: [CLAIM, RIVAL] } })
      .then({ type: 'WarningRevised', subject: WARNING, data: { changes: { evidence: [CLAIM, RIVAL] } } });
  });
});

describe('a link', () => {
  test('ties a warning to an attack', () => {
    given(...withAll)
      .when(record('link', { warningId: WARNING, attackId: LATER, assessment: 'likely' }))
      .then({
        type: 'WarningLinked',
        subject: id(99),
        data: { warningId: WARNING, attackId: LATER, assessment: 'likely' },
      });
  });

  test('ties an earlier attack to a later one', () => {
    given(...withAll)
      .when(record('link', { earlierAttackId: ATTACK, attackId: LATER, relation: 'retaliation-for' }))
      .then({
        type: 'WarningLinked',
        subject: id(99),
        data: { earlierAttackId: ATTACK, attackId: LATER, relation: 'retaliation-for' },
      });
  });

  test.each([
    [{ warningId: ATTACK, attackId: ATTACK }, '/warningId', 'reference-of-wrong-kind'],
    [{ warningId: WARNING, attackId: WARNING }, '/attackId', 'reference-of-wrong-kind'],
    [{ warningId: id(50), attackId: ATTACK }, '/warningId', 'reference-unknown'],
    [{ earlierAttackId: WARNING, attackId: ATTACK }, '/earlierAttackId', 'reference-of-wrong-kind'],
  ] as const)('%j is refused', (fields, pointer, code) => {
    given(...withAll)
      .when(record('link', fields))
      .thenRefused(code, { pointer });
  });

  test('is judged anew by a revision', () => {
    given(...withAll)
      .when({ type: 'ReviseAnnotation', kind: 'link', id: LINK, changes: { assessment: 'unlikely' } })
      .then({ type: 'LinkRevised', subject: LINK, data: { changes: { assessment: 'unlikely' } } });
  });
});

describe('a comment', () => {
  test.each([
    ['an annotation', CLAIM],
    ['the incident', INCIDENT],
    ['a retracted annotation', RIVAL],
  ])('is made on %s', (_, targetId) => {
    given(...withAll, retracted('ClaimRetracted', RIVAL))
      .when(record('comment', { targetId, body: 'Seen.' }))
      .then({ type: 'CommentMade', subject: id(99), data: { targetId, body: 'Seen.' } });
  });

  test('is not made on nothing', () => {
    given(...withAll)
      .when(record('comment', { targetId: id(50), body: 'Seen.' }))
      .thenRefused('reference-unknown', { pointer: '/targetId' });
  });

  test('replies to a comment on the same thing', () => {
    given(...withAll)
      .when(record('comment', { targetId: CLAIM, body: 'So did she.', replyTo: COMMENT }))
      .then({
        type: 'CommentMade',
        subject: id(99),
        data: { targetId: CLAIM, body: 'So did she.', replyTo: COMMENT },
      });
    given(...withAll)
      .when(record('comment', { targetId: ATTACK, body: 'So did she.', replyTo: COMMENT }))
      .thenRefused('reference-of-wrong-kind', { pointer: '/replyTo' });
    given(...withAll)
      .when(record('comment', { targetId: CLAIM, body: 'So did she.', replyTo: CLAIM }))
      .thenRefused('reference-unknown', { pointer: '/replyTo' });
  });
});

describe('when retracted', () => {
  const afterwards = given(...withClaim, retracted('ClaimRetracted', CLAIM));

  test('an annotation stays where it was, with who took it back and why', () => {
    expect(find(afterwards.state, CLAIM)).toMatchObject({
      status: 'retracted',
      revision: 2,
      fields: { tags: ['toll'] },
      retraction: { by: 'alice', at: '2031-03-04T09:04:00.000Z', reason: 'Misread.' },
    });
  });

  test('a second retraction changes nothing, whatever revision was expected', () => {
    afterwards
      .when({ type: 'RetractAnnotation', kind: 'claim', id: CLAIM, reason: 'Again.', expected: 1 })
      .thenNothing();
  });

  test('it is not revised', () => {
    afterwards
      .when({ type: 'ReviseAnnotation', kind: 'claim', id: CLAIM, changes: { tags: [] } })
      .thenRefused('annotation-retracted', {
        retraction: { by: 'alice', at: '2031-03-04T09:04:00.000Z', reason: 'Misread.' },
      });
  });

  test('a dispute is not settled, withdrawn or reopened', () => {
    const dispute = given(...withAll, retracted('DisputeRetracted', DISPUTE));
    dispute
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: { outcome: 'all-kept', reason: 'Both.' } })
      .thenRefused('annotation-retracted');
    dispute.when({ type: 'WithdrawDispute', id: DISPUTE }).thenRefused('annotation-retracted');
    dispute.when({ type: 'ReopenDispute', id: DISPUTE }).thenRefused('annotation-retracted');
    expect(find(dispute.state, DISPUTE)).toMatchObject({ status: 'retracted', standing: 'open' });
  });

  test.each([
    ['claim', RIVAL, 'ClaimRetracted'],
    ['warning', WARNING, 'WarningRetracted'],
    ['attack', ATTACK, 'AttackRetracted'],
    ['link', LINK, 'LinkRetracted'],
    ['dispute', DISPUTE, 'DisputeRetracted'],
    ['comment', COMMENT, 'CommentRetracted'],
  ] as const)('a %s says so in its own event', (kind, which, type) => {
    given(...withAll)
      .when({ type: 'RetractAnnotation', kind, id: which, reason: 'Misread.', expected: 1 })
      .then({ type, subject: which, data: { reason: 'Misread.' } });
  });

  test('what was never there is not retracted', () => {
    given(opened)
      .when({ type: 'RetractAnnotation', kind: 'claim', id: CLAIM, reason: 'Misread.' })
      .thenRefused('annotation-unknown');
  });
});

describe('a dispute when raised', () => {
  test.each([
    ['a claim', [RIVAL]],
    ['a link and an attack', [LINK, ATTACK]],
    ['another dispute', [DISPUTE]],
    ['a comment', [COMMENT]],
  ])('points at %s', (_, targets) => {
    const state = given(...withAll)
      .when(record('dispute', { question: 'Is it so?', targets }))
      .then({ type: 'DisputeRaised', subject: id(99), data: { question: 'Is it so?', targets } });
    expect(find(state, id(99))).toMatchObject({ status: 'open', standing: 'open' });
  });

  test('does not point at what is not there, or no longer stands', () => {
    given(...withAll)
      .when(record('dispute', { question: 'Is it so?', targets: [CLAIM, INCIDENT] }))
      .thenRefused('reference-unknown', { pointer: '/targets/1' });
    given(...withAll, retracted('AttackRetracted', LATER))
      .when(record('dispute', { question: 'Is it so?', targets: [LATER] }))
      .thenRefused('reference-retracted', { pointer: '/targets/0' });
  });

  test('does not point at itself', () => {
    given(...withAll)
      .when({
        type: 'ReviseAnnotation',
        kind: 'dispute',
        id: DISPUTE,
        changes: { targets: [CLAIM, DISPUTE] },
      })
      .thenRefused('reference-of-wrong-kind', { pointer: '/targets/1' });
  });
});

const settledFor = (prevailing: number) =>
  ({ outcome: 'prevails', prevailing, reason: 'Two sources.' }) as const;
const settled: Happened<'DisputeSettled'> = {
  type: 'DisputeSettled',
  subject: DISPUTE,
  data: settledFor(0),
  actor: 'judy',
};
const withdrawn: Happened<'DisputeWithdrawn'> = { type: 'DisputeWithdrawn', subject: DISPUTE, data: {} };
const reopened: Happened<'DisputeReopened'> = { type: 'DisputeReopened', subject: DISPUTE, data: {} };

describe.each([
  ['open', given(...withAll)],
  ['reopened', given(...withAll, settled, reopened)],
])('a dispute when %s', (standing, dispute) => {
  test('is settled for a position', () => {
    const state = dispute
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(1) })
      .then({ type: 'DisputeSettled', subject: DISPUTE, data: settledFor(1) });
    expect(find(state, DISPUTE)).toMatchObject({
      status: 'resolved',
      standing: 'resolved',
      resolution: { ...settledFor(1), decidedBy: 'alice' },
    });
  });

  test.each(['compatible', 'all-kept', 'unresolvable'] as const)('is settled as %s', (outcome) => {
    dispute
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: { outcome, reason: 'So.' } })
      .then({ type: 'DisputeSettled', subject: DISPUTE, data: { outcome, reason: 'So.' } });
  });

  test('is not settled for a position that it does not have', () => {
    dispute
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(2) })
      .thenRefused('position-unknown', { positions: 2 });
  });

  test('is revised', () => {
    dispute
      .when({ type: 'ReviseAnnotation', kind: 'dispute', id: DISPUTE, changes: { owner: 'judy' } })
      .then({ type: 'DisputeRevised', subject: DISPUTE, data: { changes: { owner: 'judy' } } });
  });

  test('is withdrawn', () => {
    const state = dispute
      .when({ type: 'WithdrawDispute', id: DISPUTE, reason: 'My mistake.' })
      .then({ type: 'DisputeWithdrawn', subject: DISPUTE, data: { reason: 'My mistake.' } });
    expect(find(state, DISPUTE)).toMatchObject({ status: 'withdrawn', standing: 'withdrawn' });
  });

  test('seen at another revision is neither settled nor withdrawn', () => {
    dispute
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(1), expected: 9 })
      .thenRefused('revision-mismatch');
    dispute.when({ type: 'WithdrawDispute', id: DISPUTE, expected: 9 }).thenRefused('revision-mismatch');
  });

  test(standing === 'open' ? 'is not reopened' : 'is not reopened twice', () => {
    const outcome = dispute.when({ type: 'ReopenDispute', id: DISPUTE });
    if (standing === 'open') outcome.thenRefused('dispute-not-settled', { state: 'open' });
    else outcome.thenNothing();
  });
});

test('a dispute without positions is not settled for one', () => {
  given(...withAll, { type: 'DisputeRevised', subject: DISPUTE, data: { changes: { positions: null } } })
    .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(0) })
    .thenRefused('position-unknown', { positions: 0 });
});

describe('a dispute when resolved', () => {
  const resolved = given(...withAll, settled);

  test('says who decided it, when and why', () => {
    expect(find(resolved.state, DISPUTE).resolution).toEqual({
      ...settledFor(0),
      decidedBy: 'judy',
      decidedAt: '2031-03-04T09:11:00.000Z',
    });
  });

  test('the same settlement again changes nothing', () => {
    resolved
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(0), expected: 1 })
      .thenNothing();
  });

  test('another settlement, a revision or a withdrawal is refused', () => {
    resolved
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(1) })
      .thenRefused('dispute-not-open', { state: 'resolved' });
    resolved
      .when({ type: 'ReviseAnnotation', kind: 'dispute', id: DISPUTE, changes: { owner: 'judy' } })
      .thenRefused('dispute-not-open', { state: 'resolved' });
    resolved
      .when({ type: 'WithdrawDispute', id: DISPUTE })
      .thenRefused('dispute-not-open', { state: 'resolved' });
  });

  test('it is reopened, and its resolution is history', () => {
    const state = resolved
      .when({ type: 'ReopenDispute', id: DISPUTE, reason: 'A third source.', expected: 2 })
      .then({ type: 'DisputeReopened', subject: DISPUTE, data: { reason: 'A third source.' } });
    expect(find(state, DISPUTE)).toMatchObject({ status: 'reopened', standing: 'reopened', revision: 3 });
    expect(find(state, DISPUTE).resolution).toBeUndefined();
  });

  test('it is retracted all the same', () => {
    const state = resolved
      .when({ type: 'RetractAnnotation', kind: 'dispute', id: DISPUTE, reason: 'Misread.' })
      .then({ type: 'DisputeRetracted', subject: DISPUTE, data: { reason: 'Misread.' } });
    expect(find(state, DISPUTE)).toMatchObject({ status: 'retracted', standing: 'resolved' });
  });
});

describe('a dispute when withdrawn', () => {
  const afterwards = given(...withAll, withdrawn);

  test('a second withdrawal changes nothing', () => {
    afterwards.when({ type: 'WithdrawDispute', id: DISPUTE, expected: 1 }).thenNothing();
  });

  test('it is reopened', () => {
    afterwards
      .when({ type: 'ReopenDispute', id: DISPUTE })
      .then({ type: 'DisputeReopened', subject: DISPUTE, data: {} });
  });

  test('it is not settled', () => {
    afterwards
      .when({ type: 'SettleDispute', id: DISPUTE, resolution: settledFor(0) })
      .thenRefused('dispute-not-open', { state: 'withdrawn' });
  });
});

describe('when erased by law', () => {
  const gone = given(...withAll.slice(0, 8), { ...disputed, data: null }, { ...commented, data: null });

  test('an annotation keeps its header, and what becomes of it later', () => {
    expect(find(gone.state, DISPUTE)).toMatchObject({
      status: 'erased',
      standing: 'open',
      fields: null,
      recordedBy: 'alice',
    });
    const later = gone.and(settled, retracted('CommentRetracted', COMMENT)).state;
    expect(find(later, DISPUTE)).toMatchObject({ status: 'erased', standing: 'resolved', revision: 2 });
    expect(find(later, COMMENT)).toMatchObject({ status: 'erased', retraction: { reason: 'Misread.' } });
  });

  test('it is neither revised nor named as evidence', () => {
    gone
      .when({ type: 'ReviseAnnotation', kind: 'comment', id: COMMENT, changes: { body: 'Seen.' } })
      .thenRefused('annotation-retracted');
    gone
      .when(record('dispute', { question: 'Is it so?', targets: [COMMENT] }))
      .thenRefused('reference-retracted');
  });

  test('an erased revision leaves the fields as they were before it', () => {
    const state = given(...withClaim, { type: 'ClaimRevised', subject: CLAIM, data: null }).state;
    expect(find(state, CLAIM)).toMatchObject({ status: 'active', revision: 2, fields: { tags: ['toll'] } });
  });

  test('an erased settlement still settles', () => {
    const state = given(...withAll, { ...settled, data: null }).state;
    expect(find(state, DISPUTE)).toMatchObject({ status: 'resolved', standing: 'resolved' });
    expect(find(state, DISPUTE).resolution).toBeUndefined();
  });

  test('an incident is worked on, but not renamed', () => {
    const nameless = given({ ...opened, data: null }, attached);
    expect(nameless.state).toMatchObject({ status: 'open', id: INCIDENT, details: null });
    nameless
      .when(record('claim', { anchor: anchor() }))
      .then({ type: 'ClaimTagged', subject: id(99), data: { anchor: anchor() } });
    nameless
      .when({ type: 'ReviseIncident', changes: { title: 'Bridge' } })
      .thenRefused('annotation-retracted');
  });
});

describe('a suggestion', () => {
  const SUGGESTION = '5f1d0c5e-1b7e-8b52-9d5e-6f1c2a3b4c5d';
  const suggestion: Suggested = {
    kind: 'contradictory-figures',
    subjects: [CLAIM, RIVAL],
    sentence: 'Two figures contradict each other.',
    facts: { counts: 'killed' },
  };
  const suggested = { suggestionId: SUGGESTION, suggestion };
  const dispute = { id: DISPUTE, fields: { question: 'How many?', targets: [CLAIM, RIVAL] } };
  const raised = { type: 'DisputeRaised' as const, subject: DISPUTE, data: dispute.fields };
  const accepted = (data: { disputeId?: string; reason?: string } = {}) => ({
    type: 'SuggestionAccepted' as const,
    subject: SUGGESTION,
    data: { suggestion, ...data },
  });
  const dismissed = {
    type: 'SuggestionDismissed' as const,
    subject: SUGGESTION,
    data: { suggestion, reason: 'One is a slip of the pen.' },
  };
  const withRivals = given(opened, attached, tagged(), tagged(RIVAL));
  const decided = (state: IncidentState) =>
    state.status === 'unopened' ? undefined : state.suggestions.get(SUGGESTION);

  test('accepted, it keeps what was suggested, by whom and why', () => {
    const state = withRivals
      .when({ type: 'AcceptSuggestion', ...suggested, reason: 'So it is.' })
      .then(accepted({ reason: 'So it is.' }));
    expect(decided(state)).toMatchObject({
      outcome: 'accepted',
      suggestion,
      by: 'alice',
      reason: 'So it is.',
      revision: 1,
      position: 5,
    });
  });

  test('accepting may raise a dispute: both are recorded, or neither', () => {
    const state = withRivals
      .when({ type: 'AcceptSuggestion', ...suggested, dispute })
      .then(raised, accepted({ disputeId: DISPUTE }));
    expect(find(state, DISPUTE)).toMatchObject({ status: 'open' });
    expect(decided(state)).toMatchObject({ disputeId: DISPUTE });
    withRivals
      .and({ type: 'ClaimRetracted', subject: RIVAL, data: { reason: 'Misread.' } })
      .when({ type: 'AcceptSuggestion', ...suggested, dispute })
      .thenRefused('reference-retracted', { id: RIVAL });
  });

  test('decided the same way again, nothing is recorded', () => {
    withRivals
      .and(accepted())
      .when({ type: 'AcceptSuggestion', ...suggested, reason: 'Again.' })
      .thenNothing();
    withRivals
      .and(dismissed)
      .when({ type: 'DismissSuggestion', ...suggested, reason: 'Again.' })
      .thenNothing();
  });

  test('the latest decision holds, and the dispute that it raised once is not raised twice', () => {
    const state = withRivals
      .and(raised, accepted({ disputeId: DISPUTE }), dismissed)
      .when({ type: 'AcceptSuggestion', ...suggested, dispute: { ...dispute, id: id(98) } })
      .then(accepted());
    expect(decided(state)).toMatchObject({ outcome: 'accepted', disputeId: DISPUTE, revision: 3 });
  });

  test('one that there is not is not decided about', () => {
    withRivals
      .when({ type: 'AcceptSuggestion', suggestionId: SUGGESTION, suggestion: null })
      .thenRefused('suggestion-unknown');
    given()
      .when({ type: 'DismissSuggestion', suggestionId: SUGGESTION, suggestion: null, reason: 'No.' })
      .thenRefused('incident-unknown');
  });

  test('in a closed incident it is not decided about', () => {
    withRivals
      .and({ type: 'IncidentClosed', subject: INCIDENT, data: {} })
      .when({ type: 'DismissSuggestion', ...suggested, reason: 'Late.' })
      .thenRefused('incident-closed');
  });

  test('erased, it was decided all the same', () => {
    const state = withRivals.and({ ...dismissed, data: null }).state;
    expect(decided(state)).toMatchObject({ outcome: 'dismissed', suggestion: null, by: 'alice' });
  });
});
