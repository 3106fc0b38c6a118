import { isAnnotationEventType } from '@casebook/contracts';
import type { Erasure, IncidentSource } from '@casebook/views';
import type { ExportFormat, ExportOptions } from '../format.js';
import { gathered } from '../pieces.js';
import { HistorySteps, type Step } from './history.js';

/*
 * The history of an incident as PROV-JSON (W3C submission of 2013, https://www.w3.org/submissions/prov-json/): each event is an activity,
 * each revision of an annotation an entity, each member an agent.
 *
 * - An event generates a revision, is associated with its member, and uses the previous revision, which it invalidates.
 * - A revision is attributed to its member, and to its author elsewhere if its source names one; it is derived from
 *   the previous revision (prov:Revision), and specialises the annotation as such.
 * - An event that undoes the previous one was informed by it (casebook:Undo).
 * - Erasing by law is an activity that invalidates the revisions whose content it removed.
 */

type Attributes = Record<string, string | number | boolean>;
type Entry = readonly [id: string, attributes: Attributes];

const member = (id: string): string => `member:${encodeURIComponent(id)}`;
const author = ({ id, name }: NonNullable<Step['author']>): string =>
  `author:${encodeURIComponent(id ?? name ?? '')}`;
const event = (position: number): string => `event:${position}`;
const thing = (kind: string, id: string): string =>
  `${kind === 'incident' ? 'incident' : 'annotation'}:${id}`;
const revision = ({ kind, id, revision: number }: NonNullable<Step['thing']>): string =>
  `${thing(kind, id)}/revisions/${number}`;
const typed = (type: string): Attributes => ({ 'prov:type': type });

/** The sections of the document, whose records are computed from the steps. */
const RELATIONS: Readonly<Record<string, (step: Step) => Iterable<Entry>>> = {
  *wasGeneratedBy({ thing: made, position, at }) {
    if (made !== undefined)
      yield [
        `_:generated-${position}`,
        { 'prov:entity': revision(made), 'prov:activity': event(position), 'prov:time': at },
      ];
  },
  *used({ thing: made, position, quotes }) {
    const before = made && predecessor(made);
    if (before !== undefined)
      yield [`_:used-${position}`, { 'prov:activity': event(position), 'prov:entity': before }];
    for (const [index, id] of quotes.entries())
      yield [
        `_:quoted-${position}-${index}`,
        { 'prov:activity': event(position), 'prov:entity': `document:${id}` },
      ];
  },
  *wasInvalidatedBy({ thing: made, position, at }) {
    const before = made && predecessor(made);
    if (before !== undefined)
      yield [
        `_:invalidated-${position}`,
        { 'prov:entity': before, 'prov:activity': event(position), 'prov:time': at },
      ];
  },
  *wasDerivedFrom({ thing: made, position }) {
    const before = made && predecessor(made);
    if (made !== undefined && before !== undefined)
      yield [
        `_:revision-${position}`,
        {
          'prov:generatedEntity': revision(made),
          'prov:usedEntity': before,
          'prov:activity': event(position),
          ...typed('prov:Revision'),
        },
      ];
  },
  *wasAttributedTo({ thing: made, position, actor, author: elsewhere }) {
    if (made === undefined) return;
    yield [`_:attributed-${position}`, { 'prov:entity': revision(made), 'prov:agent': member(actor) }];
    if (elsewhere !== undefined)
      yield [`_:authored-${position}`, { 'prov:entity': revision(made), 'prov:agent': author(elsewhere) }];
  },
  *wasAssociatedWith({ position, actor }) {
    yield [`_:associated-${position}`, { 'prov:activity': event(position), 'prov:agent': member(actor) }];
  },
  *wasInformedBy({ position, undoes }) {
    if (undoes !== undefined)
      yield [
        `_:undone-${position}`,
        { 'prov:informed': event(position), 'prov:informant': event(undoes), ...typed('casebook:Undo') },
      ];
  },
  *specializationOf({ thing: made, position }) {
    if (made !== undefined)
      yield [
        `_:of-${position}`,
        { 'prov:specificEntity': revision(made), 'prov:generalEntity': thing(made.kind, made.id) },
      ];
  },
};

const predecessor = (made: NonNullable<Step['thing']>): string | undefined =>
  made.revision === 1 ? undefined : revision({ ...made, revision: made.revision - 1 });

async function* document(
  source: IncidentSource,
  { base }: ExportOptions,
): AsyncGenerator<string, void, void> {
  const { header, workspaceId } = source;
  const workspace = `${base}/v1/workspaces/${workspaceId}`;
  const prefix = {
    casebook: 'urn:casebook:term:',
    incident: `${workspace}/incidents/`,
    annotation: `${workspace}/incidents/${header.id}/annotations/`,
    event: `${workspace}/events/`,
    document: `${workspace}/documents/`,
    member: `${workspace}/members/`,
    author: 'urn:casebook:author:',
  };
  yield `{"prefix":${JSON.stringify(prefix)}`;
  const steps: Step[] = [];
  const erasures: Erasure[] = [];
  for await (const each of source.erasures()) erasures.push(each);
  yield* section('activity', activities(source, steps, erasures));
  yield* section('entity', entities(source, steps, erasedIn(erasures)));
  yield* section('agent', agents(source, steps, erasures));
  for (const [name, recordsOf] of Object.entries(RELATIONS)) {
    yield* section(
      name,
      (function* () {
        for (const step of steps) yield* recordsOf(step);
        yield* ofErasures(name, steps, erasures);
      })(),
    );
  }
  yield* section('hadMember', attachments(source));
  yield '}\n';
}

const erasedIn = (erasures: readonly Erasure[]): ReadonlySet<number> =>
  new Set(erasures.flatMap(({ erased }) => erased));

async function* activities(source: IncidentSource, steps: Step[], erasures: readonly Erasure[]) {
  const history = new HistorySteps(source.header.id);
  for await (const change of source.changes()) {
    const { position, at, type, sentence, reason } = change;
    steps.push(history.step(change));
    const attributes: Attributes = {
      'prov:startTime': at,
      'prov:endTime': at,
      ...typed(`casebook:${type}`),
      'prov:label': sentence,
      ...(reason !== undefined && { 'casebook:reason': reason }),
      'casebook:position': position,
    };
    yield [event(position), attributes] as const;
  }
  for (const { position, at } of erasures) {
    yield [
      event(position),
      {
        'prov:startTime': at,
        'prov:endTime': at,
        ...typed('casebook:PayloadErased'),
        'casebook:position': position,
      },
    ] as const;
  }
}

function* entities(
  source: IncidentSource,
  steps: readonly Step[],
  erased: ReadonlySet<number>,
): Iterable<Entry> {
  const { header, documents } = source;
  yield [
    thing('incident', header.id),
    { ...typed('prov:Collection'), ...(header.title !== undefined && { 'prov:label': header.title }) },
  ];
  for (const { id, details } of documents) {
    yield [
      `document:${id}`,
      {
        ...typed('casebook:Document'),
        ...(details?.title !== undefined && { 'prov:label': details.title }),
        ...(details?.url !== undefined && { 'casebook:url': details.url }),
      },
    ];
  }
  const known = new Set(documents.map(({ id }) => id));
  for (const id of new Set(steps.flatMap(({ quotes }) => quotes)))
    if (!known.has(id)) yield [`document:${id}`, typed('casebook:Document')];
  for (const { thing: made, position, type } of steps) {
    if (made === undefined) continue;
    const { kind, id, revision: number } = made;
    if (number === 1 && isAnnotationEventType(type)) yield [thing(kind, id), typed(`casebook:${kind}`)];
    yield [
      revision(made),
      {
        ...typed('casebook:Revision'),
        'prov:label': `${kind} ${id}, revision ${number}`,
        'casebook:revision': number,
        'casebook:position': position,
        ...(erased.has(position) && { 'casebook:erased': true }),
      },
    ];
  }
}

function* agents(
  { names }: IncidentSource,
  steps: readonly Step[],
  erasures: readonly Erasure[],
): Iterable<Entry> {
  const actors = new Set([...steps, ...erasures].map(({ actor }) => actor));
  for (const id of actors) yield [member(id), { ...typed('prov:Person'), 'prov:label': names.get(id) ?? id }];
  const known = new Set<string>();
  for (const { author: elsewhere } of steps) {
    if (elsewhere === undefined || known.has(author(elsewhere))) continue;
    known.add(author(elsewhere));
    yield [
      author(elsewhere),
      { ...typed('prov:Person'), 'prov:label': elsewhere.name ?? elsewhere.id ?? '' },
    ];
  }
}

/** The records that erasures add to a section of relations. */
function* ofErasures(name: string, steps: readonly Step[], erasures: readonly Erasure[]): Iterable<Entry> {
  if (name === 'wasAssociatedWith') {
    for (const { position, actor } of erasures)
      yield [`_:associated-${position}`, { 'prov:activity': event(position), 'prov:agent': member(actor) }];
  }
  if (name !== 'wasInvalidatedBy') return;
  const made = new Map(steps.flatMap((step) => (step.thing ? [[step.position, step.thing] as const] : [])));
  for (const { position, at, erased } of erasures) {
    for (const each of erased) {
      const entity = made.get(each);
      if (entity !== undefined)
        yield [
          `_:erased-${position}-${each}`,
          {
            'prov:entity': revision(entity),
            'prov:activity': event(position),
            'prov:time': at,
            ...typed('casebook:Erasure'),
          },
        ];
    }
  }
}

function* attachments({ header, documents }: IncidentSource): Iterable<Entry> {
  for (const { id } of documents)
    yield [
      `_:attached-${id}`,
      { 'prov:collection': thing('incident', header.id), 'prov:entity': `document:${id}` },
    ];
}

/** A section of the document with its records; left out if it is empty. */
async function* section(
  name: string,
  records: AsyncIterable<Entry> | Iterable<Entry>,
): AsyncGenerator<string, void, void> {
  let isEmpty = true;
  for await (const [id, attributes] of records) {
    yield `${isEmpty ? `,\n${JSON.stringify(name)}:{` : ','}\n${JSON.stringify(id)}:${JSON.stringify(attributes)}`;
    isEmpty = false;
  }
  if (!isEmpty) yield '}';
}

export const provExport: ExportFormat = {
  mediaType: 'application/json',
  extension: 'prov.json',
  description:
    'PROV-JSON: the history, each event an activity, each revision an entity, each member an agent',
  write: (source, options) => gathered(document(source, options)),
};
