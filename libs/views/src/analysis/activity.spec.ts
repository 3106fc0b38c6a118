import { activityView, annotationKind, eventPayloads } from '@casebook/contracts';
import { activityKindOf, activityOf, compareKeys } from './activity.js';
import { id, INCIDENT } from './incident.fixture.js';

it('events are counted by what they are a change of', () => {
  const line = (actor: string, type: string, changes: number, incidentId: string | null = INCIDENT) => ({
    actor,
    incidentId,
    type,
    changes,
  });
  const lines = activityOf('2031-03-04', [
    line('bob', 'ClaimTagged', 3),
    line('bob', 'ClaimRevised', 2),
    line('bob', 'DisputeSettled', 1),
    line('alice', 'ClaimTagged', 1, id(1)),
    line('alice', 'DocumentImported', 4, null),
    line('alice', 'ClaimTagged', 1),
  ]);
  expect(lines.map((each) => activityView.parse(each))).toEqual(lines);
  expect(lines.map(({ member, incidentId, kind, changes }) => [member, incidentId, kind, changes])).toEqual([
    ['alice', null, 'document', 4],
    ['alice', INCIDENT, 'claim', 1],
    ['alice', id(1), 'claim', 1],
    ['bob', INCIDENT, 'claim', 5],
    ['bob', INCIDENT, 'dispute', 1],
  ]);
});

it('every kind of annotation has its own; what attaches a document changes the incident; an unknown type is other', () => {
  const kinds = new Set(Object.keys(eventPayloads).map(activityKindOf));
  for (const kind of [
    ...annotationKind.options,
    'incident',
    'suggestion',
    'document',
    'member',
    'token',
  ] as const) {
    expect(kinds).toContain(kind);
  }
  expect(
    [
      'DocumentAttached',
      'DocumentImported',
      'SuggestionAccepted',
      'DisputeReopened',
      'DisputeRestored',
      'WorkspaceRestored',
      'PayloadErased',
      'Later',
    ].map(activityKindOf),
  ).toEqual(['incident', 'document', 'suggestion', 'dispute', 'dispute', 'member', 'other', 'other']);
});

it('keys are compared part by part', () => {
  expect(compareKeys(['a', 'b'], ['a', 'b'])).toBe(0);
  expect(compareKeys(['a', 'c'], ['a', 'b'])).toBe(1);
  expect(compareKeys(['a', ''], ['a', 'b'])).toBe(-1);
});
