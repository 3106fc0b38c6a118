import { bodyOf, changesBetween, type ClaimFields, fieldsFor } from './claim-fields.js';

const begun = fieldsFor('“At least nine” people were killed', 'The Courier', ['toll']);

describe('a claim in its form', () => {
  it('begins with the publisher, the tags used last, and what the quote says itself', () => {
    expect(begun).toMatchObject({
      asserters: [{ name: 'The Courier', kind: 'organisation' }],
      tags: ['toll'],
      quotation: 'verbatim',
      modality: 'stated',
      figure: { counts: 'killed', min: '9', max: '', asPrinted: 'At least nine' },
    });
    expect(fieldsFor('They were likely to strike', undefined)).toMatchObject({
      asserters: [],
      modality: 'hedged',
      estimative: 'likely',
      figure: null,
    });
  });

  it('sends what is filled in and nothing else', () => {
    expect(bodyOf({ ...begun, statement: '  Nine or more died. ', tags: [] })).toEqual({
      asserters: [{ name: 'The Courier', kind: 'organisation' }],
      quotation: 'verbatim',
      modality: 'stated',
      statement: 'Nine or more died.',
      figure: { counts: 'killed', min: 9, max: null, asPrinted: 'At least nine' },
    });
  });

  it('a revision sends what differs, null where it was emptied', () => {
    const after: ClaimFields = { ...begun, modality: 'denied', figure: null, tags: [] };
    expect(changesBetween(begun, after)).toEqual({ modality: 'denied', figure: null, tags: null });
    expect(changesBetween(begun, begun)).toEqual({});
  });
});
