import { existsSync, readFileSync } from 'node:fs';
import type { IncidentView } from '@casebook/contracts';
import { enter, Ids } from './corpus.js';
import type { Client } from './service.js';

// Three real articles and what a careful analyst records in them lie beside the repository, not in it: they are not ours to publish.
const ARTICLES = new URL('../../../shared/documents/', import.meta.url);
export const articlesAreThere = existsSync(new URL('expected-annotations.json', ARTICLES));

interface Toll {
  text: string;
  min: number;
  max: number | null;
}
export interface Span {
  id: string;
  document: string;
  exact: string;
  prefix: string;
  suffix: string;
  start: number;
  end: number;
  kind: 'claim' | 'attack' | 'warning';
  assertedBy: string;
  via: string[];
  incident: string;
  about: string;
  anonymity?: 'anonymous';
  note?: string;
  fatalities?: Toll;
  injured?: Toll;
  perpetrators?: Record<string, number>;
  modality?: 'hedged' | 'speculative' | 'rhetorical-question';
  denial?: true;
  verbatim?: true;
  estimative?: string;
  responsibilityClaim?: true;
  entity?: string;
  attributesTo?: string;
  contradicts?: string[];
  relativeTime?: string;
}
interface CitedToll extends Toll {
  document: string;
  annotation: string;
}
export interface Expected {
  documents: { document: string; sha256: string; bytes: number; codePoints: number; title: string }[];
  annotations: Span[];
  warnings: {
    id: string;
    incident: string;
    issuedBy: string;
    issuedTo: string[];
    issuedAtEdtf: string;
    issuedAtText: string;
    threatActor: string;
    targets: string[];
    method: string[];
    windowText: string | null;
    specificity: Record<'when' | 'where' | 'who' | 'how', string>;
    channel: string;
    annotations: string[];
    note?: string;
  }[];
  attacks: {
    id: string;
    incident: string;
    name: string;
    whenEdtf: string;
    whenText: string;
    where: string;
    perpetratorClaimed: string;
    fatalities: CitedToll[];
    injured: CitedToll[];
    annotations: string[];
  }[];
  disputes: {
    id: string;
    incident: string;
    question: string;
    positions: { value: string; annotations: string[] }[];
    by: string;
    grounds: string;
    suggestedResolution: string;
    crossDocument: boolean;
  }[];
  links: {
    id: string;
    type: string;
    source: string;
    target: string;
    evidence: string[];
    assertedBy: string;
    status: string;
  }[];
}

/** The file's incidents refer to each other (a strike of one answers a strike of another), so those that do are one of ours. */
export const INCIDENTS: Record<string, string> = {
  PARIS: 'Paris attacks, November 2015',
  RAQQA: 'Paris attacks, November 2015',
  K1: 'From the rockets at K-1 to Kerman',
  'K1-CHAIN': 'From the rockets at K-1 to Kerman',
  KERMAN: 'From the rockets at K-1 to Kerman',
};
const MODALITY = { hedged: 'hedged', speculative: 'speculation', 'rhetorical-question': 'question' } as const;
export const RELATION: Record<string, string> = {
  'warned-of': 'warned-of',
  'retaliation-for': 'retaliation-for',
  'led-to': 'led-to',
  prompted: 'led-to',
  'context-for': 'context',
  precedes: 'context',
  during: 'context',
  'at-memorial-of': 'context',
};
/** Four steps of our scale for the file's free words: nothing, something, or what the warning names. */
const SPECIFICITY: Record<string, string> = {
  none: 'none',
  unstated: 'none',
  implied: 'vague',
  country: 'vague',
  area: 'vague',
  'named site': 'stated',
  stated: 'stated',
  '"sufficiently timely"': 'stated',
  '"specific enough about the location"': 'stated',
};
export const mapped = <T>(table: Record<string, T>, word: string): T => {
  const value = table[word];
  if (value === undefined) throw new Error(`the file has a word that the test does not know: ${word}`);
  return value;
};

const asserterKind = ({ assertedBy, anonymity }: Span): string =>
  anonymity ??
  (assertedBy.startsWith('document author') || assertedBy.startsWith('unattributed')
    ? 'document'
    : /^(General|Ibrahim)/.test(assertedBy)
      ? 'named'
      : /officials?\b/.test(assertedBy)
        ? 'anonymous'
        : 'organisation');

interface Figure {
  counts: string;
  min: number | null;
  max: number | null;
  asPrinted?: string;
}

/** A claim of ours states one figure; a span that prints several is entered as so many claims on the same span. */
export function figuresOf({ fatalities, injured, perpetrators }: Span): Figure[] {
  const toll = (counts: string, { text, min, max }: Toll): Figure => ({ counts, min, max, asPrinted: text });
  return [
    ...(fatalities === undefined ? [] : [toll('killed', fatalities)]),
    ...(injured === undefined ? [] : [toll('wounded', injured)]),
    ...Object.entries(perpetrators ?? {}).map(([role, n]) => ({
      counts: role === 'total' ? 'perpetrators' : role,
      min: n,
      max: n,
    })),
  ];
}

/** What our fields have no place for goes into the statement, word by word. */
const statementOf = (span: Span): string =>
  [
    `${span.id}: ${span.about}`,
    span.note,
    span.attributesTo && `attributes it to ${span.attributesTo}`,
    span.contradicts && `contradicts ${span.contradicts.join(', ')}`,
    span.responsibilityClaim && 'claims responsibility',
    span.relativeTime && `time as printed: ${span.relativeTime}`,
  ]
    .filter((part) => typeof part === 'string')
    .join('; ');

export const claimOf = (span: Span, documentId: string, figure: Figure | undefined) => ({
  anchor: {
    documentId,
    exact: span.exact,
    prefix: span.prefix,
    suffix: span.suffix,
    start: span.start,
    end: span.end,
  },
  statement: statementOf(span),
  asserters: [
    { name: span.assertedBy, kind: asserterKind(span) },
    ...span.via.map((name) => ({ name, kind: 'organisation' })),
  ],
  quotation: span.verbatim === true ? 'verbatim' : 'paraphrase',
  modality:
    span.denial === true ? 'denied' : span.modality === undefined ? 'stated' : MODALITY[span.modality],
  ...(span.estimative !== undefined && { estimative: span.estimative }),
  tags: [
    ...new Set([span.about, span.incident, span.kind, ...(span.entity === undefined ? [] : [span.entity])]),
  ],
  ...(figure !== undefined && { figure }),
});

/** An attack's toll and the claims that state it: of a span that prints several figures, the one that was entered for this. */
const toll = (cited: CitedToll[], counts: string, spans: readonly Span[], ids: Ids) => ({
  low: Math.min(...cited.map(({ min }) => min)),
  ...(cited.every(({ max }) => max !== null) && { high: Math.max(...cited.map(({ max }) => max ?? 0)) }),
  evidence: cited.map(({ annotation }) => {
    const span = spans.find(({ id }) => id === annotation);
    const nth = span === undefined ? -1 : figuresOf(span).findIndex((figure) => figure.counts === counts);
    return ids.of(nth <= 0 ? annotation : `${annotation} ${counts}`);
  }),
});

/** What the file says, and what became of it in the service. */
export interface EnteredArticles {
  readonly expected: Expected;
  /** The documents' texts by file name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly ids: Ids;
  /** The path of the incident that one of the file's incidents is part of. */
  readonly incidentOf: (code: string) => string;
  /** That incident as it read when everything was entered. */
  readonly view: (code: string) => IncidentView;
}

/** The articles, and what the file says of them. */
export function expectedArticles(): { readonly expected: Expected; readonly texts: Map<string, string> } {
  const expected = JSON.parse(
    readFileSync(new URL('expected-annotations.json', ARTICLES), 'utf8'),
  ) as Expected;
  const texts = expected.documents.map(({ document }): [string, string] => [
    document,
    readFileSync(new URL(document, ARTICLES), 'utf8'),
  ]);
  return { expected, texts: new Map(texts) };
}

/** Enters the articles and all that the file says of them, as one analyst. */
export async function enterArticles(analyst: Client): Promise<EnteredArticles> {
  const { expected, texts } = expectedArticles();
  const ids = new Ids();
  const incidents = new Map<string, IncidentView>();
  const incidentOf = (code: string): string => `incidents/${ids.of(mapped(INCIDENTS, code))}`;

  for (const { document, title } of expected.documents) {
    const text = texts.get(document);
    ids.set(document, (await enter(analyst, 'documents', { title, text })).id);
  }
  for (const title of new Set(Object.values(INCIDENTS))) {
    ids.set(title, (await enter(analyst, 'incidents', { title })).id);
    const documents = expected.annotations
      .filter(({ incident }) => mapped(INCIDENTS, incident) === title)
      .map(({ document }) => document);
    for (const document of new Set(documents)) {
      await enter(analyst, `incidents/${ids.of(title)}/documents`, { documentId: ids.of(document) });
    }
  }
  for (const span of expected.annotations) {
    const path = `${incidentOf(span.incident)}/claims`;
    const [first, ...further] = figuresOf(span);
    ids.set(span.id, (await enter(analyst, path, claimOf(span, ids.of(span.document), first))).id);
    for (const figure of further) {
      const { id } = await enter(analyst, path, claimOf(span, ids.of(span.document), figure));
      ids.set(`${span.id} ${figure.counts}`, id);
    }
  }
  for (const warning of expected.warnings) {
    const { when, where, who, how } = warning.specificity;
    const body = {
      summary: [`${warning.id}: warning of ${warning.threatActor}`, warning.note]
        .filter((part) => part !== undefined)
        .join('; '),
      issuedBy: warning.issuedBy,
      issuedTo: warning.issuedTo,
      issuedAt: { edtf: warning.issuedAtEdtf, asPrinted: warning.issuedAtText },
      channel: warning.channel,
      threatActor: warning.threatActor,
      targets: warning.targets,
      method: warning.method,
      ...(warning.windowText !== null && { window: { asPrinted: warning.windowText } }),
      specificity: {
        when: mapped(SPECIFICITY, when),
        where: mapped(SPECIFICITY, where),
        who: mapped(SPECIFICITY, who),
        how: mapped(SPECIFICITY, how),
      },
      evidence: warning.annotations.map(ids.of),
    };
    ids.set(warning.id, (await enter(analyst, `${incidentOf(warning.incident)}/warnings`, body)).id);
  }
  for (const attack of expected.attacks) {
    const body = {
      summary: attack.name,
      occurredAt: { edtf: attack.whenEdtf, asPrinted: attack.whenText },
      place: { name: attack.where },
      claimedBy: attack.perpetratorClaimed,
      casualties: {
        ...(attack.fatalities.length > 0 && {
          killed: toll(attack.fatalities, 'killed', expected.annotations, ids),
        }),
        ...(attack.injured.length > 0 && {
          wounded: toll(attack.injured, 'wounded', expected.annotations, ids),
        }),
      },
      evidence: attack.annotations.map(ids.of),
    };
    ids.set(attack.id, (await enter(analyst, `${incidentOf(attack.incident)}/attacks`, body)).id);
  }
  const attackIds = new Map(expected.attacks.map((attack) => [attack.id, attack]));
  for (const link of expected.links) {
    const source = attackIds.has(link.source) ? 'earlierAttackId' : 'warningId';
    const target = attackIds.get(link.target);
    const body = {
      [source]: ids.of(link.source),
      attackId: ids.of(link.target),
      relation: mapped(RELATION, link.type),
      grounds: `${link.type}, by ${link.assertedBy}: ${link.status}`,
      evidence: link.evidence.map(ids.of),
    };
    ids.set(link.id, (await enter(analyst, `${incidentOf(target?.incident ?? '')}/links`, body)).id);
  }
  for (const dispute of expected.disputes) {
    // What the file says of a link, such as “premise disputed (DS8)”, names the dispute that is about it.
    const links = expected.links.filter(({ status }) => status.match(/DS\d+/)?.[0] === dispute.id);
    const body = {
      question: dispute.question,
      targets: [
        ...dispute.positions.flatMap(({ annotations }) => annotations),
        ...links.map(({ id }) => id),
      ].map(ids.of),
      positions: dispute.positions.map(({ value, annotations }) => ({
        statement: value,
        evidence: annotations.map(ids.of),
      })),
      grounds: `${dispute.grounds}; by ${dispute.by}; ${dispute.suggestedResolution}`,
    };
    ids.set(dispute.id, (await enter(analyst, `${incidentOf(dispute.incident)}/disputes`, body)).id);
  }
  for (const title of new Set(Object.values(INCIDENTS))) {
    incidents.set(title, (await analyst.get<IncidentView>(`incidents/${ids.of(title)}`)).body);
  }
  return {
    expected,
    texts,
    ids,
    incidentOf,
    view(code) {
      const found = incidents.get(mapped(INCIDENTS, code));
      if (found === undefined) throw new Error(`${code} was not read`);
      return found;
    },
  };
}
