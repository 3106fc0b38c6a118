import type { AnnotationView } from '@casebook/contracts';
import { fieldsOf } from '@casebook/testing';
import fc from 'fast-check';
import { joined, parted } from './cells.js';
import { cellOf, putCell } from './column.js';
import { withFormula, withoutFormula } from './formula.js';
import { ANNOTATION_ROWS, COLUMNS, KIND_OF } from './tables.js';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '=cmd|calc!A0',
    '-1',
    '+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    "'=1",
    "''-1",
    "'",
    'a;b',
    'a\\;',
    '',
  ),
);

describe('a cell', () => {
  it('never begins as a formula, and is read as it was', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const cell = withoutFormula(value);
        expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
        expect(withFormula(cell)).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds several values without loss', () => {
    const values = fc.array(
      hostile.filter((value) => value !== ''),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(values, (list) => {
        expect(parted(joined(list)!)).toEqual(list);
      }),
      { numRuns: 1000 },
    );
    expect(parted('killed;wounded; ;missing')).toEqual(['killed', 'wounded', undefined, 'missing']);
  });
});

describe.each(ANNOTATION_ROWS)('the table of %s', (rows) => {
  it('reads back every field that it writes', () => {
    const arbitrary = fieldsOf()[KIND_OF[rows]] as fc.Arbitrary<object>;
    fc.assert(
      fc.property(arbitrary, (fields) => {
        const view = { id: 'x', kind: KIND_OF[rows], ...fields } as AnnotationView;
        const read: Record<string, unknown> = { kind: KIND_OF[rows] };
        for (const column of COLUMNS[rows]) {
          const cell = cellOf(column, view, { incidentId: 'y', documents: new Map() });
          if (column.at !== '' && cell !== undefined && cell !== '')
            putCell(column, withFormula(withoutFormula(String(cell))), read);
        }
        expect(withoutEmpty(read)).toEqual(withoutEmpty(view));
      }),
      { numRuns: 300 },
    );
  });
});

/** An empty list, an open end and an empty text say as much as nothing, and a table cannot tell them apart. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null && each !== '')
      .map(([name, each]) => [name, withoutEmpty(each)] as const)
      .filter(([, each]) => typeof each !== 'object' || Object.keys(each as object).length > 0),
  );
}
