import type { StoredEvent } from '@casebook/ledger';
import fc from 'fast-check';
import { checkpointLine, eventLine, readLine, UnreadableArchive } from './archive.js';

const event: StoredEvent = {
  workspaceId: 'desk',
  position: 42,
  streamId: 'incident:01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d',
  streamVersion: 7,
  eventId: '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5e',
  type: 'ClaimTagged',
  schemaVersion: 1,
  subject: '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5f',
  payload: { anchor: { exact: '“Ärger”\u00a0🙂' }, tags: [] },
  actorId: 'alice',
  recordedAt: '2026-01-31T09:30:00.000Z',
  commandId: 'key-1',
  commandIndex: 0,
  correlationId: 'request-1',
  causationId: null,
  commandDigest: Buffer.alloc(32, 1),
  payloadCommitment: Buffer.alloc(32, 2),
  payloadSalt: Buffer.alloc(16, 3),
  leafHash: Buffer.alloc(32, 4),
};

describe('a line of an archive', () => {
  it('gives back the event that it was made of, erased or not, with or without a subject and a cause', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 2 ** 50 }),
        (erased, about, caused, position) => {
          const given = {
            ...event,
            position,
            subject: about ? event.subject : null,
            causationId: caused ? 'cause' : null,
            ...(erased && { payload: null, payloadSalt: null }),
          };
          expect(readLine(eventLine(given))).toEqual({ kind: 'event', event: given });
        },
      ),
    );
  });

  it('is one line, whatever the payload holds', () => {
    expect(eventLine({ ...event, payload: { text: 'a\nb\u2028c\r\n' } })).not.toContain('\n');
  });

  it('has names of attributes that CloudEvents allows', () => {
    for (const name of Object.keys(JSON.parse(eventLine(event)) as object))
      expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });

  it('of the checkpoint gives it back', () => {
    const checkpoint = {
      size: 42,
      root: 'cm9vdA==',
      note: 'o\n42\nroot\n\n\u2014 o sig\n',
      verifierKeys: ['o+00000000+AQ=='],
    };
    expect(readLine(checkpointLine('desk', event.recordedAt, checkpoint))).toMatchObject({
      kind: 'checkpoint',
      time: event.recordedAt,
      data: checkpoint,
    });
  });

  it.each([
    ['not JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown attribute', eventLine(event).replace('"actor"', '"author"')],
    ['a repeated attribute', eventLine(event).replace('"data":', '"data":{"title":"EVIL"},"data":')],
    ['a repeated name in the data', eventLine(event).replace('"tags":', '"tags":["EVIL"],"tags":')],
    ['a repeated name in escapes', eventLine(event).replace('"tags":', '"t\\u0061gs":["EVIL"],"tags":')],
    ['spaces that no export writes', eventLine(event).replace('"tags":', '"tags": ')],
    ['a carriage return at its end', `${eventLine(event)}\r`],
    ['a number in other digits', eventLine(event).replace('"streamversion":7', '"streamversion":7.0')],
    ['a short hash', eventLine(event).replace('01'.repeat(32), '01'.repeat(31))],
    [
      'a schema that contradicts the type',
      eventLine(event).replace('schema:ClaimTagged:1', 'schema:ClaimTagged:2'),
    ],
    [
      'a checkpoint without keys',
      checkpointLine('desk', event.recordedAt, { size: 1, root: '', note: '', verifierKeys: [] }),
    ],
  ])('is refused where it is %s', (_what, line) => {
    expect(() => readLine(line)).toThrow(UnreadableArchive);
  });
});
