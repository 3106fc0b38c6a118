import type { AnnotationKind, AnnotationView } from '@casebook/contracts';
import { fieldsOf } from '@casebook/testing';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { EXTENSION_ID, fromStixFields, toStixFields } from './extension.js';
import { extensionSchema } from './extension-schema.js';
import type { StixContext } from './properties.js';
import { StixReader } from './read.js';
import { stixObject } from './write.js';

const context: StixContext = {
  grouping: 'grouping--01990000-0000-5000-8000-000000000001',
  members: 'https://casebook.example/v1/workspaces/desk/members/',
  names: new Map([['alice', 'Alice “A” Lund']]),
  tlpOf: () => 'amber',
  tlp: 'amber',
  idOf: (id) => `note--${id}`,
};

const viewOf = (kind: AnnotationKind, fields: object): AnnotationView =>
  ({
    id: '01990000-0000-7000-8000-0000000000ff',
    kind,
    revision: 1,
    status: 'active',
    ...fields,
    ...(kind === 'dispute' && { state: 'open' }),
    recordedBy: 'alice',
    recordedAt: '2031-03-05T09:11:00.000Z',
    revisedBy: 'alice',
    revisedAt: '2031-03-05T09:11:00.000Z',
    position: 7,
  }) as unknown as AnnotationView;

const views = fc.oneof(
  ...Object.entries(fieldsOf()).map(([kind, fields]) =>
    (fields as fc.Arbitrary<object>).map((each) => viewOf(kind as AnnotationKind, each)),
  ),
);
/** As it goes over the wire. */
const written = (view: AnnotationView) =>
  JSON.parse(JSON.stringify(stixObject(view, context).object)) as Record<string, unknown>;

describe('an annotation written as an object of STIX', () => {
  it('has an extension that is valid by the schema that the service publishes', () => {
    const ajv = new Ajv2020.default({ strict: false, allErrors: true });
    const check = ajv.compile(extensionSchema('https://casebook.example'));
    fc.assert(
      fc.property(views, (view) => {
        const { extensions } = written(view);
        check((extensions as Record<string, unknown>)[EXTENSION_ID]);
        expect([extensions, check.errors]).toEqual([extensions, null]);
      }),
      { numRuns: 300 },
    );
    expect(check({ extension_type: 'property-extension', kind: 'claim', unheard_of: 1 })).toBe(false);
  });

  it('is read back with every field of its kind', () => {
    fc.assert(
      fc.property(
        views.filter(({ kind }) => kind !== 'item' && kind !== 'link'),
        (view) => {
          const { annotation } = new StixReader().read(written(view));
          const { kind, fields, quote } = annotation!;
          expect(kind).toBe(view.kind);
          for (const [name, value] of Object.entries(fields)) {
            if (name !== 'state')
              expect(JSON.stringify(value).replaceAll('note--', '')).toBe(
                JSON.stringify((view as unknown as Record<string, unknown>)[name]),
              );
          }
          if (view.kind === 'claim') expect(quote?.exact).toBe(view.anchor?.exact);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('fields in the names of STIX', () => {
  it('have no empty list and no null, and are the same again', () => {
    const fields = {
      issuedTo: [],
      positions: [
        { statement: 'Nine.', evidence: [] },
        { statement: 'Twelve.', heldBy: 'x' },
      ],
      figure: { min: null, asPrinted: 'nine' },
    };
    const theirs = toStixFields(fields);
    expect(theirs).toEqual({
      positions: [{ statement: 'Nine.' }, { statement: 'Twelve.', held_by: 'x' }],
      figure: { as_printed: 'nine' },
      empty_lists: ['/issued_to', '/positions/0/evidence_refs'],
      null_values: ['/figure/min'],
    });
    expect(fromStixFields(theirs)).toEqual(fields);
  });
});
