import {
  asserterKind,
  assessment,
  confidence,
  credibility,
  CREDIBILITY_WORDS,
  disclosed,
  ESTIMATIVE_RANGES,
  eventType,
  modality,
  outcome,
  quotation,
  relation,
  reliability,
  RELIABILITY_WORDS,
  specificityLevel,
  TLP_ORDER,
} from './index.js';

test('the estimative words of ICD 203 cover 1 to 99 percent without a gap, in order', () => {
  const ranges = Object.values(ESTIMATIVE_RANGES);
  expect(ranges[0]?.[0]).toBe(1);
  expect(ranges.at(-1)?.[1]).toBe(99);
  ranges.slice(1).forEach(([from], index) => expect(from).toBe(ranges[index]?.[1]));
  expect(assessment.options).toEqual([
    'almost-no-chance',
    'very-unlikely',
    'unlikely',
    'roughly-even-chance',
    'likely',
    'very-likely',
    'almost-certain',
  ]);
});

test('the lists that other clients are written against hold the words that they know', () => {
  expect(asserterKind.options).toEqual(['named', 'anonymous', 'organisation', 'document']);
  expect(quotation.options).toEqual(['verbatim', 'paraphrase']);
  expect(modality.options).toEqual(['stated', 'hedged', 'denied', 'question', 'speculation']);
  expect(specificityLevel.options).toEqual(['none', 'vague', 'stated']);
  expect(disclosed.options).toEqual(['before', 'after', 'unknown']);
  expect(relation.options).toEqual([
    'warned-of',
    'context',
    'retaliation-for',
    'led-to',
    'same-as',
    'unrelated',
  ]);
  expect(confidence.options).toEqual(['low', 'moderate', 'high']);
  expect(outcome.options).toEqual(['prevails', 'compatible', 'all-kept', 'unresolvable']);
  expect(TLP_ORDER).toEqual(['clear', 'green', 'amber', 'amber+strict', 'red']);
});

test('the Admiralty scale has six letters and six numbers', () => {
  expect(reliability.options).toEqual(Object.keys(RELIABILITY_WORDS));
  expect([...credibility.values]).toEqual(Object.keys(CREDIBILITY_WORDS).map(Number));
  expect(credibility.safeParse(7).error?.issues[0]?.message).toBe('must be one of 1, 2, 3, 4, 5, 6');
  expect(credibility.safeParse('2').success).toBe(false);
});

test('a word outside its list is refused with the list', () => {
  expect(assessment.safeParse('probable').error?.issues[0]?.message).toBe(
    'must be one of almost-no-chance, very-unlikely, unlikely, roughly-even-chance, likely, very-likely, almost-certain',
  );
  expect(quotation.safeParse(undefined).error?.issues[0]?.message).toBe(
    'is missing; send one of verbatim, paraphrase',
  );
  expect(eventType.safeParse('Bombing-Explosion').success).toBe(false);
});
