import { annotationKind } from './kinds/index.js';
import {
  ANNOTATION_EVENTS,
  decodeEvent,
  eventPayloads,
  type EventType,
  isEventType,
  type JsonObject,
  SCHEMA_VERSION,
  type StoredForm,
  UndecodableEvent,
} from './index.js';
import { NoWayToUpcast, upcast } from './upcast.js';

const stored: StoredForm = {
  position: 7,
  streamVersion: 2,
  type: 'CommentMade',
  schemaVersion: 1,
  subject: '01990000-0000-7000-8000-000000000001',
  payload: { targetId: '01990000-0000-7000-8000-000000000000', body: 'Seen.' },
  actorId: 'alice',
  recordedAt: '2031-03-04T09:00:00.000Z',
};

describe('a stored event', () => {
  test('is decoded to what folds read', () => {
    expect(decodeEvent(stored)).toEqual({
      position: 7,
      version: 2,
      type: 'CommentMade',
      subject: stored.subject,
      actor: 'alice',
      at: '2031-03-04T09:00:00.000Z',
      data: stored.payload,
    });
  });

  test('whose payload was erased is decoded to one that says nothing', () => {
    expect(decodeEvent({ ...stored, payload: null }).data).toBeNull();
  });

  test.each(['CommentMadeUp', '', 'commentMade', 'constructor', '__proto__', 'toString'])(
    'of the unknown type %j stops the reader',
    (type) => {
      expect(isEventType(type)).toBe(false);
      expect(() => decodeEvent({ ...stored, type })).toThrow(UndecodableEvent);
      expect(() => decodeEvent({ ...stored, type })).toThrow(
        `position 7 has the unknown type ${JSON.stringify(type)}`,
      );
      expect(() => decodeEvent({ ...stored, type, payload: null })).toThrow(UndecodableEvent);
    },
  );

  test.each([3, 0, -1, 1.5])(
    'in the schema version %p, to which there is no way, stops the reader',
    (schemaVersion) => {
      expect(() => decodeEvent({ ...stored, schemaVersion })).toThrow(UndecodableEvent);
      expect(() => decodeEvent({ ...stored, schemaVersion })).toThrow(
        `CommentMade in schema version ${schemaVersion}; this program reads version 2`,
      );
    },
  );
});

describe('upcasting', () => {
  const steps = {
    1: ({ name, ...rest }: JsonObject) => ({ ...rest, title: name }),
    2: (payload: JsonObject) => ({ ...payload, tags: [] }),
    3: ({ tags, ...rest }: JsonObject) => ({ ...rest, labels: tags }),
  };

  test('chains the steps from the stored version to the present one', () => {
    expect(upcast({ name: 'Market' }, 1, 4, steps)).toEqual({ title: 'Market', labels: [] });
    expect(upcast({ title: 'Market', tags: ['toll'] }, 3, 4, steps)).toEqual({
      title: 'Market',
      labels: ['toll'],
    });
  });

  test('leaves the stored payload as it is', () => {
    const payload = Object.freeze({ name: 'Market' });
    upcast(payload, 1, 4, steps);
    expect(payload).toEqual({ name: 'Market' });
    expect(upcast(payload, 4, 4, steps)).toBe(payload);
  });

  test('stops at the step that is missing', () => {
    expect(() => upcast({}, 1, 5, steps)).toThrow(new NoWayToUpcast(4));
    expect(() => upcast({}, 5, 4, steps)).toThrow(new NoWayToUpcast(5));
    expect(() => upcast({}, 1, 2)).toThrow(new NoWayToUpcast(1));
  });
});

test('every type has a version, and every kind of annotation four events of its own', () => {
  expect(Object.keys(SCHEMA_VERSION).sort()).toEqual(Object.keys(eventPayloads).sort());
  for (const kind of annotationKind.options) {
    const changes = Object.values(ANNOTATION_EVENTS).filter((event) => event.kind === kind);
    expect(changes.slice(0, 4).map(({ change }) => change)).toEqual([
      'recorded',
      'revised',
      'retracted',
      'reinstated',
    ]);
  }
  for (const type of Object.keys(ANNOTATION_EVENTS)) expect(isEventType(type)).toBe(true);
});

test.each<[EventType, JsonObject]>([
  ['ClaimRevised', { changes: { attackId: 'x' } }],
  ['WarningRevised', { changes: { summary: null } }],
  ['LinkRevised', { changes: { warningId: '01990000-0000-7000-8000-000000000000' } }],
  ['DocumentDescribed', { changes: { text: 'Another text.' } }],
  ['MemberRevised', { changes: { role: 'king' } }],
  ['MemberRevised', { changes: { reason: 'Trained.' } }],
])('a %s that no decision makes is not a payload: %j', (type, payload) => {
  expect(eventPayloads[type].safeParse(payload).success).toBe(false);
});
