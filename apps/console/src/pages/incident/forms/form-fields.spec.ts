import { changesBetween, faultPlace, filled } from './form-fields.js';

describe('the forms of the incident pages', () => {
  it('leave out what is empty, at any depth', () => {
    expect(filled({ summary: ' A bomb ', issuedAt: { edtf: '', asPrinted: ' ' }, targets: [''] })).toEqual({
      summary: 'A bomb',
    });
  });

  it('send only what changed, and null for what was emptied', () => {
    const before = { summary: 'A', channel: 'fax', specificity: { when: 'vague', who: 'none' } };
    const after = { summary: 'A', channel: '', specificity: { who: 'stated' } };
    expect(changesBetween(before, after)).toEqual({
      channel: null,
      specificity: { when: null, who: 'stated' },
    });
  });

  it('find the character of a date that the service complains about', () => {
    expect(faultPlace('is not an EDTF date: "D" at character 1 does not fit; write …')).toBe(0);
    expect(faultPlace('it ends too early, after character 5; write …')).toBe(5);
    expect(faultPlace('is too long')).toBeUndefined();
  });
});
