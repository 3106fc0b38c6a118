import {
  decodeEvent,
  type DocumentEventType,
  type ErasureEventType,
  eventPayloads,
  type EventType,
  type IncidentEventType,
  type MembersEventType,
  type RecordedEvent,
  SCHEMA_VERSION,
  type StoredForm,
} from '@casebook/contracts';
import {
  describeChange,
  type DocumentState,
  evolve,
  evolveDocument,
  evolveErasures,
  evolveMembers,
  type IncidentState,
  initialDocument,
  initialErasures,
  initialIncident,
  initialMembers,
  type MembersState,
  SETTINGS,
} from '@casebook/incident';
import { isMap } from 'immutable';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/*
 * Every shape that ever was stored, one file each: `events/` holds the event as the ledger holds it, and a file there never changes
 * once it has landed; a new schema version is a new file. `meanings/` holds what the event tells and what its subject is
 * afterwards; a change there is a decision about all that was ever recorded. The events of a stream are one history.
 */

interface Meaning {
  readonly sentence?: string;
  readonly changes?: unknown;
  readonly subject: unknown;
}
interface Golden {
  readonly file: string;
  readonly stream: 'incident' | 'document' | 'members' | 'erasures';
  readonly stored: StoredForm;
}

const events = new URL('./events/', import.meta.url);
const meanings = new URL('./meanings/', import.meta.url);
const read = (file: string, folder: URL): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

const files = readdirSync(events).filter((file) => file.endsWith('.json'));
const goldens = files
  .map((file): Golden => ({ file, ...(read(file, events) as Omit<Golden, 'file'>) }))
  .sort((a, b) => a.stored.position - b.stored.position);

/** As JSON has it: no undefined fields, no maps. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown;

function meaningsOf(stream: Golden['stream']): Meaning[] {
  let incident: IncidentState = initialIncident;
  let document: DocumentState = initialDocument;
  let members: MembersState = initialMembers;
  let erasures = initialErasures;
  return goldens
    .filter((golden) => golden.stream === stream)
    .map(({ stored }): Meaning => {
      const event = decodeEvent(stored);
      switch (stream) {
        case 'incident': {
          const told = event as RecordedEvent<IncidentEventType>;
          const { sentence, changes } = describeChange(told, incident);
          incident = evolve(incident, told);
          return { sentence, changes: asJson(changes), subject: asJson(subjectIn(incident, event.subject)) };
        }
        case 'document':
          document = evolveDocument(document, event as RecordedEvent<DocumentEventType>);
          return { subject: asJson(document) };
        case 'erasures': {
          erasures = evolveErasures(erasures, event as RecordedEvent<ErasureEventType>);
          return { subject: asJson([...erasures.erased]) };
        }
        case 'members': {
          members = evolveMembers(members, event as RecordedEvent<MembersEventType>);
          const { status, title } = members;
          return {
            subject: asJson(
              event.subject === SETTINGS
                ? members.settings
                : (members.members.get(event.subject) ??
                    members.tokens.get(event.subject) ?? { status, title }),
            ),
          };
        }
      }
    });
}

function subjectIn(state: IncidentState, subject: string): unknown {
  if (state.status === 'unopened') return null;
  if (subject !== state.id)
    return (
      state.annotations.get(subject) ?? state.documents.get(subject) ?? state.suggestions.get(subject) ?? null
    );
  // What the incident holds is told where it is the subject.
  const header = Object.fromEntries(Object.entries(state).filter(([, value]) => !isMap(value)));
  return header;
}

test('every type has a golden file for each of its schema versions', () => {
  const wanted = Object.entries(SCHEMA_VERSION).flatMap(([type, newest]) =>
    Array.from({ length: newest }, (_, index) => `${type}.v${index + 1}.json`),
  );
  expect(files.sort()).toEqual(wanted.sort());
});

test.each(goldens)(
  '$file holds its type and version, with every field that the type has',
  ({ file, stored }) => {
    expect(file).toBe(`${stored.type}.v${stored.schemaVersion}.json`);
    if (stored.schemaVersion !== SCHEMA_VERSION[stored.type as EventType]) return;
    const schema = eventPayloads[stored.type as EventType];
    expect(schema.parse(stored.payload)).toEqual(stored.payload);
    const named = { ...stored.payload, ...(stored.payload?.['changes'] as object | undefined) };
    const fields = Object.keys({
      ...schema.shape,
      ...('changes' in schema.shape ? schema.shape.changes.shape : {}),
    });
    // A link ties a warning or an earlier attack; the golden link ties a warning.
    expect(fields.filter((field) => !(field in named) && field !== 'earlierAttackId')).toEqual([]);
  },
);

test.each(['incident', 'document', 'members', 'erasures'] as const)(
  'the events of the %s mean what they meant',
  (stream) => {
    const names = goldens.filter((golden) => golden.stream === stream).map(({ file }) => file);
    expect(meaningsOf(stream).map((meaning, index) => [names[index], meaning])).toEqual(
      names.map((file) => [file, read(file, meanings)]),
    );
  },
);

test('no file has changed since it landed', () => {
  const sums = readFileSync(new URL('SHA256SUMS', events), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('  ') as [sum: string, file: string]);
  expect(sums.map(([, file]) => file).sort()).toEqual(files.sort());
  for (const [sum, file] of sums) {
    const actual = createHash('sha256')
      .update(readFileSync(new URL(file, events)))
      .digest('hex');
    expect([file, actual]).toEqual([file, sum]);
  }
});
