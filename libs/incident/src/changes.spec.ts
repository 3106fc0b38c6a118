import type { IncidentEventType, Suggested } from '@casebook/contracts';
import { erasedHistories, type Happened, happened, histories } from '@casebook/testing';
import fc from 'fast-check';
import { describeChange } from './changes.js';
import { evolve, type IncidentState, initialIncident } from './incident/index.js';

const id = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [INCIDENT, CLAIM, WARNING, ATTACK, LINK, DISPUTE, COMMENT, SUGGESTION] = [0, 1, 2, 3, 4, 5, 6, 7].map(
  id,
) as [string, string, string, string, string, string, string, string];
const documentId = `sha256:${'0123456789abcdef'.repeat(4)}`;

const suggestion: Suggested = {
  kind: 'warning-without-link',
  subjects: [WARNING],
  sentence: 'The warning has no link.',
  facts: {},
};

/** A day in the life of an incident, and how the history tells it. */
const day: [Happened<IncidentEventType>, string][] = [
  [
    { type: 'IncidentOpened', subject: INCIDENT, data: { title: 'River  market' } },
    'alice opened the incident “River market”.',
  ],
  [
    { type: 'DocumentAttached', subject: documentId, data: { documentId } },
    'alice attached the document sha256:0123456789ab….',
  ],
  [
    {
      type: 'ClaimTagged',
      subject: CLAIM,
      data: {
        anchor: { documentId, exact: 'nine people', prefix: '', suffix: '', start: 0, end: 11 },
        asserters: [{ name: 'the governor' }, { name: 'a news agency' }],
      },
    },
    'alice tagged the claim “nine people”, said by the governor through a news agency.',
  ],
  [
    {
      type: 'ClaimRevised',
      subject: CLAIM,
      data: { changes: { statement: 'Nine were killed', tags: ['toll'] }, reason: 'Clearer' },
      actor: 'bob',
    },
    'bob revised the claim “nine people” (statement, tags), because: Clearer.',
  ],
  [
    { type: 'WarningRecorded', subject: WARNING, data: { summary: 'A call to the governor' } },
    'alice recorded the warning “A call to the governor”.',
  ],
  [
    { type: 'AttackRecorded', subject: ATTACK, data: { summary: `Blast ${'x'.repeat(100)}` } },
    `alice recorded the attack “Blast ${'x'.repeat(73)}…”.`,
  ],
  [
    {
      type: 'WarningLinked',
      subject: LINK,
      data: { warningId: WARNING, attackId: ATTACK, relation: 'warned-of', assessment: 'very-likely' },
    },
    `alice linked the warning “A call to the governor” to the attack “Blast ${'x'.repeat(73)}…” as warned-of, judged very likely.`,
  ],
  [
    {
      type: 'DisputeRaised',
      subject: DISPUTE,
      data: { question: 'Nine or none?', targets: [CLAIM], positions: [{ statement: 'Nine.' }] },
    },
    'alice disputed the claim “Nine were killed”: “Nine or none?”.',
  ],
  [
    {
      type: 'DisputeSettled',
      subject: DISPUTE,
      data: { outcome: 'prevails', prevailing: 0, reason: 'Two sources agree.' },
      actor: 'judy',
    },
    'judy settled the dispute “Nine or none?”: “Nine.” prevails, because: Two sources agree.',
  ],
  [{ type: 'DisputeReopened', subject: DISPUTE, data: {} }, 'alice reopened the dispute “Nine or none?”.'],
  [
    { type: 'DisputeWithdrawn', subject: DISPUTE, data: { reason: 'Why ask?' } },
    'alice withdrew the dispute “Nine or none?”, because: Why ask?',
  ],
  [
    { type: 'CommentMade', subject: COMMENT, data: { targetId: INCIDENT, body: 'Quiet day.' } },
    'alice commented on the incident: “Quiet day.”.',
  ],
  [
    { type: 'ClaimRetracted', subject: CLAIM, data: { reason: 'Misread.' } },
    'alice retracted the claim “Nine were killed”, because: Misread.',
  ],
  [
    { type: 'CommentRevised', subject: COMMENT, data: null },
    'alice revised the comment “Quiet day.” (what was said was erased).',
  ],
  [
    { type: 'SuggestionDismissed', subject: SUGGESTION, data: { suggestion, reason: 'A slip.' } },
    'alice dismissed the suggestion “The warning has no link.”, because: A slip.',
  ],
  [
    { type: 'SuggestionAccepted', subject: SUGGESTION, data: { suggestion } },
    'alice accepted the suggestion “The warning has no link.”.',
  ],
  [
    { type: 'SuggestionDismissed', subject: SUGGESTION, data: null },
    'alice dismissed the suggestion “The warning has no link.” (what was said was erased).',
  ],
  [{ type: 'IncidentClosed', subject: INCIDENT, data: {} }, 'alice closed the incident.'],
  [{ type: 'IncidentReopened', subject: INCIDENT, data: {} }, 'alice reopened the incident.'],
];

const told = (() => {
  let state: IncidentState = initialIncident;
  return day.map(([given], index) => {
    const event = happened(given, index + 1);
    const before = state;
    state = evolve(state, event);
    return describeChange(event, before);
  });
})();
const toldOf = (type: IncidentEventType) => told.find((change) => change.type === type);

test.each(day.map(([{ type }, sentence], index) => ({ type, sentence, index })))(
  '$type: $sentence',
  ({ index, sentence }) => {
    expect(told[index]?.sentence).toBe(sentence);
  },
);

test('a change names the incident always, and the annotation where it is about one', () => {
  expect(told.map(({ incidentId }) => incidentId)).toEqual(told.map(() => INCIDENT));
  expect(toldOf('ClaimRevised')).toMatchObject({
    annotationId: CLAIM,
    actor: 'bob',
    position: 4,
    reason: 'Clearer',
  });
  expect(toldOf('DocumentAttached')).toMatchObject({ annotationId: null });
});

test('a revision shows each field before and after', () => {
  expect(toldOf('ClaimRevised')?.changes).toEqual([
    { field: 'statement', before: null, after: 'Nine were killed' },
    { field: 'tags', before: null, after: ['toll'] },
  ]);
});

test('a settlement shows the status and the resolution, and a reopening takes both back', () => {
  const resolution = {
    outcome: 'prevails',
    prevailing: 0,
    reason: 'Two sources agree.',
    decidedBy: 'judy',
    decidedAt: '2031-03-04T09:09:00.000Z',
  };
  expect(toldOf('DisputeSettled')?.changes).toEqual([
    { field: 'status', before: 'open', after: 'resolved' },
    { field: 'resolution', before: null, after: resolution },
  ]);
  expect(toldOf('DisputeReopened')?.changes).toEqual([
    { field: 'status', before: 'resolved', after: 'reopened' },
    { field: 'resolution', before: resolution, after: null },
  ]);
});

test('what a change says was before and is after is what the states before and after say', () => {
  fc.assert(
    fc.property(fc.oneof(histories(), erasedHistories()), ({ events }) => {
      let state: IncidentState = initialIncident;
      for (const event of events) {
        const before = state;
        state = evolve(state, event);
        const { changes, annotationId, incidentId, sentence } = describeChange(event, before);
        expect(sentence).toMatch(/^(alice|bob|chen) .*[.!?…]$/su);
        expect(incidentId).toBe(state.status === 'unopened' ? '' : state.id);
        for (const { field, before: was, after: is } of changes) {
          expect(valueOf(before, annotationId, field, event.subject)).toEqual(was);
          // What a revision said is a fact, also where the annotation that it revised was erased before.
          if (isErased(state, annotationId) && field !== 'status') continue;
          expect(valueOf(state, annotationId, field, event.subject)).toEqual(is);
        }
      }
    }),
  );
});

const isErased = (state: IncidentState, annotationId: string | null): boolean =>
  state.status !== 'unopened' &&
  (annotationId === null ? state.details : state.annotations.get(annotationId)?.fields) === null;

/** A field as a state has it; null where it is not there. */
function valueOf(state: IncidentState, annotationId: string | null, field: string, subject: string): unknown {
  if (state.status === 'unopened') return null;
  const holder =
    annotationId === null
      ? {
          ...state.details,
          status: state.status,
          documents: state.documents.has(subject) ? subject : null,
          suggestion: state.suggestions.get(subject)?.outcome,
          restrictedTo: state.restrictedTo,
        }
      : state.annotations.get(annotationId);
  const fields = annotationId === null ? {} : { ...state.annotations.get(annotationId)?.fields };
  return ({ ...holder, ...fields } as Record<string, unknown>)[field] ?? null;
}
