import type { components } from '@casebook/client';

type Schemas = components['schemas'];
type Words<W extends string | number> = Readonly<Record<W, string>>;

/** The closed lists of the field: a readable form of each official term, with a line of help where needed. */
export const words = {
  kind: {
    claim: 'Claim',
    warning: 'Warning',
    attack: 'Attack',
    link: 'Link',
    dispute: 'Dispute',
    comment: 'Comment',
    item: 'Item',
  } satisfies Words<Schemas['AnnotationKind']>,

  format: {
    'web-annotation': 'Web Annotation',
    hypothesis: 'Hypothesis',
    recogito: 'Recogito',
    stix: 'STIX',
    misp: 'MISP',
    csv: 'CSV',
    casebook: 'Casebook',
  } satisfies Words<Schemas['ExchangeFormat']>,

  status: {
    active: 'Active',
    retracted: 'Retracted',
    erased: 'Erased by law',
    open: 'Open',
    resolved: 'Settled',
    reopened: 'Reopened',
    withdrawn: 'Withdrawn',
  } satisfies Words<Schemas['AnnotationStatus']>,

  asserterKind: {
    named: 'named',
    anonymous: 'anonymous',
    organisation: 'organisation',
    document: 'the document',
  } satisfies Words<Schemas['AsserterKind']>,

  modality: {
    stated: 'Stated',
    hedged: 'Hedged',
    denied: 'Denied',
    question: 'Question',
    speculation: 'Speculation',
  } satisfies Words<Schemas['Modality']>,

  quotation: {
    verbatim: 'Verbatim',
    paraphrase: 'Paraphrase',
  } satisfies Words<Schemas['Quotation']>,

  /** Admiralty scale, second axis. */
  credibility: {
    1: 'Confirmed by other sources',
    2: 'Probably true',
    3: 'Possibly true',
    4: 'Doubtful',
    5: 'Improbable',
    6: 'Truth cannot be judged',
  } satisfies Words<Schemas['Credibility']>,

  /** Admiralty scale, first axis. */
  reliability: {
    A: 'Completely reliable',
    B: 'Usually reliable',
    C: 'Fairly reliable',
    D: 'Not usually reliable',
    E: 'Unreliable',
    F: 'Reliability cannot be judged',
  } satisfies Words<Schemas['Reliability']>,

  /** ICD 203. */
  assessment: {
    'almost-no-chance': 'Almost no chance',
    'very-unlikely': 'Very unlikely',
    unlikely: 'Unlikely',
    'roughly-even-chance': 'Roughly even chance',
    likely: 'Likely',
    'very-likely': 'Very likely',
    'almost-certain': 'Almost certain',
  } satisfies Words<Schemas['Assessment']>,

  confidence: {
    low: 'Low',
    moderate: 'Moderate',
    high: 'High',
  } satisfies Words<Schemas['Confidence']>,

  specificityLevel: {
    none: 'None',
    vague: 'Vague',
    stated: 'Stated',
  } satisfies Words<Schemas['SpecificityLevel']>,

  disclosed: {
    before: 'Before the event',
    after: 'After the event',
    unknown: 'Unknown',
  } satisfies Words<Schemas['Disclosed']>,

  relation: {
    'warned-of': 'warned of',
    context: 'context for',
    'retaliation-for': 'retaliation for',
    'led-to': 'led to',
    'same-as': 'same as',
    unrelated: 'unrelated to',
  } satisfies Words<Schemas['Relation']>,

  outcome: {
    prevails: 'One position prevails',
    compatible: 'The positions are compatible',
    'all-kept': 'All positions are kept',
    unresolvable: 'It cannot be settled',
  } satisfies Words<Schemas['Outcome']>,

  eventType: {
    assassination: 'Assassination',
    'armed-assault': 'Armed assault',
    'bombing-explosion': 'Bombing or explosion',
    hijacking: 'Hijacking',
    'hostage-taking-barricade': 'Hostage taking (barricade)',
    'hostage-taking-kidnapping': 'Hostage taking (kidnapping)',
    'facility-infrastructure-attack': 'Attack on a facility or infrastructure',
    'unarmed-assault': 'Unarmed assault',
    unknown: 'Unknown',
  } satisfies Words<Schemas['EventType']>,

  geoPrecision: {
    exact: 'Exact',
    near: 'Near',
    region: 'Region',
  } satisfies Words<Schemas['GeoPrecision']>,
};

export const help = {
  modality: {
    stated: 'The source says it is true.',
    hedged: 'The source says it may be true: reportedly, likely, appears to.',
    denied: 'The source says it is not true.',
    question: 'The source asks whether it is true.',
    speculation: 'The source speculates that it could be true.',
  } satisfies Words<Schemas['Modality']>,
  quotation: {
    verbatim: 'The asserter’s own words, between quotation marks.',
    paraphrase: 'The words of the publisher.',
  } satisfies Words<Schemas['Quotation']>,
  credibility: {
    1: 'Independent sources say the same, and it fits what is known.',
    2: 'Not confirmed, but it fits what is known and is logical.',
    3: 'Not confirmed; it agrees with some of what is known.',
    4: 'Not confirmed; possible but not logical; no other information.',
    5: 'Contradicted by other information, and not logical.',
    6: 'There is no basis for judging it.',
  } satisfies Words<Schemas['Credibility']>,
};
