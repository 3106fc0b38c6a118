import { type AnnotationView, TLP_ORDER, type Tlp, tlp as tlpWord } from '@casebook/contracts';
import { isObject, listOf } from '../json.js';

/** The objects that define TLP 2.0 for STIX, with their OASIS ids (cti-stix-common-objects, tlp-2.0). */
const TLP_IDS: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
};
const TLP_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

export const tlpMarking = (tlp: Tlp) => ({
  type: 'marking-definition',
  spec_version: '2.1',
  id: TLP_IDS[tlp],
  created: '2022-10-01T00:00:00.000Z',
  name: `TLP:${tlp.toUpperCase()}`,
  extensions: { [TLP_EXTENSION]: { extension_type: 'property-extension', tlp_2_0: tlp } },
});

/** The official object, if it is one. */
export const officialMarking = (id: unknown): object | undefined => {
  const tlp = TLP_ORDER.find((each) => TLP_IDS[each] === id);
  return tlp && tlpMarking(tlp);
};

/*
 * Confidence: STIX 2.1, appendix A. Admiralty 6 means that truth cannot be judged, and has no number. The words of
 * ICD 203 are those of the DNI scale.
 */
const BY_CREDIBILITY: Readonly<Record<number, number>> = { 1: 90, 2: 70, 3: 50, 4: 30, 5: 10 };
const BY_ASSESSMENT: Readonly<Record<string, number>> = {
  'almost-no-chance': 5,
  'very-unlikely': 15,
  unlikely: 30,
  'roughly-even-chance': 50,
  likely: 70,
  'very-likely': 85,
  'almost-certain': 95,
};
const BY_CONFIDENCE: Readonly<Record<string, number>> = { low: 15, moderate: 50, high: 85 };

export function confidenceOf(view: AnnotationView): number | undefined {
  switch (view.kind) {
    case 'claim':
      return BY_CREDIBILITY[view.credibility ?? 6];
    case 'link':
      return BY_ASSESSMENT[view.assessment ?? ''] ?? BY_CONFIDENCE[view.confidence ?? ''];
    case 'item':
      return confidenceOfTags(machineTags(view));
    case 'warning':
    case 'attack':
    case 'dispute':
    case 'comment':
      return undefined;
  }
}

/** The MISP tags of an item, in lower case: `tlp:amber`, `admiralty-scale:information-credibility="2"`. */
export const machineTags = (view: AnnotationView): readonly string[] =>
  view.kind === 'item' && view.format === 'misp' ? tagsOfMisp(view.content) : [];

export const tagsOfMisp = (content: unknown): readonly string[] =>
  listOf(isObject(content) ? content['Tag'] : undefined)
    .filter(isObject)
    .map(({ name }) => name)
    .filter((name) => typeof name === 'string')
    .map((name) => name.toLowerCase());

/** The strictest TLP among the tags. `tlp:white` is clear in TLP 2.0; tags that are not TLP 2.0 levels are ignored. */
export function tlpOfTags(tags: readonly string[]): Tlp | undefined {
  const levels = tags
    .map((tag) => /^tlp:(.+)$/.exec(tag)?.[1]?.replace('white', 'clear'))
    .map((level) => tlpWord.safeParse(level).data);
  return TLP_ORDER.findLast((each) => levels.includes(each));
}

/** MISP taxonomies admiralty-scale and estimative-language. */
function confidenceOfTags(tags: readonly string[]): number | undefined {
  const valueOf = (predicate: string): string | undefined =>
    tags
      .find((tag) => tag.startsWith(`${predicate}="`))
      ?.slice(predicate.length + 2)
      .replace(/"$/, '');
  const likelihood = valueOf('estimative-language:likelihood-probability');
  return (
    BY_CREDIBILITY[Number(valueOf('admiralty-scale:information-credibility'))] ??
    BY_ASSESSMENT[likelihood ?? ''] ??
    BY_CONFIDENCE[valueOf('estimative-language:confidence-in-analytic-judgment') ?? '']
  );
}
