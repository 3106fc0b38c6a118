import {
  type AnnotationKind,
  exchangeFormat,
  type FieldsOf,
  type ImportDocument,
  type IncidentEventType,
  type JsonObject,
  type Origin,
  type RecordedEvent,
  SCHEMA_VERSION,
  type SettleDispute,
  type StoredForm,
  tag,
} from '@casebook/contracts';
import {
  type Annotation,
  decide,
  evolve,
  type IncidentCommand,
  type IncidentDecision,
  type IncidentState,
  initialIncident,
  resolveAnchor,
} from '@casebook/incident';
import fc from 'fast-check';
import { createHash } from 'node:crypto';

/*
 * Random documents, fields and whole histories of an incident, for properties. A history is drawn as a list of intentions that know
 * nothing of each other ("retract the 7th claim or so"); they become commands one by one against the state that the
 * ones before left. So a history shrinks by leaving intentions out, and what is left is still a history.
 */

// ---- text ----

/** Text with what real articles hold: curly quotes, no-break spaces, combining marks, emoji, CR LF, right-to-left script. */
const TRAPS = [
  'France’s “imminent” threat',
  'at\u00a0least 120\u202fdead',
  'cafe\u0301 Zu\u0308rich',
  'a flag 🇫🇷, a family 👩‍👩‍👧',
  'said so.\r\nThen again:',
  'قال المسؤول',
  '  two  spaces ',
  '{"json": "\\u0041"}',
  '=SUM(A1)',
  "Robert'); --",
  '__proto__',
];
const WORDS = ['warning', 'killed', 'said', 'on Thursday', 'the border', 'officials', '120', 'denied', 'K-1'];

const notBlank = (text: string): boolean => text.trim() !== '';

/** A title, a name, a sentence: never blank, well-formed, without control characters. */
export const phrases = (): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }).map((w) => w.join(' ')),
    },
    { weight: 2, arbitrary: fc.constantFrom(...TRAPS) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(notBlank) },
  );

/** Tags in the form that they are kept in. */
const tags = (): fc.Arbitrary<string> =>
  phrases()
    .map((each) => tag.safeParse(each))
    .filter(({ success }) => success)
    .map(({ data }) => data!);

/** EDTF of all three levels. */
export const edtfDates = (): fc.Arbitrary<string> =>
  fc.constantFrom(
    '2019-12-27',
    '2015-11',
    '2015',
    '2019-12~',
    '2019?',
    '2015-11-12/2015-11-13',
    '../2015-11-13',
    '2020-01-03/..',
    '{2019-11,2019-12}',
    '[2019-11-30,2019-12-01]',
    '201X',
    '2015-21',
    '2015-11-12T09:30:00Z',
  );

export const statedDates = (): fc.Arbitrary<{ edtf?: string; asPrinted?: string }> =>
  fc.oneof(
    fc.record({ edtf: edtfDates(), asPrinted: phrases() }, { requiredKeys: ['edtf'] }),
    fc.record({ asPrinted: phrases() }),
  );

// ---- documents ----

/** A document of the library: `id` is what its text makes it. */
export interface LibraryDocument extends ImportDocument {
  readonly id: string;
}

/** `sha256:` and the lower-case hex SHA-256 of the text's UTF-8 bytes. */
export const documentIdOf = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

export const documents = (): fc.Arbitrary<LibraryDocument> =>
  fc
    .record(
      {
        title: phrases(),
        text: fc
          .array(fc.oneof(phrases(), fc.constantFrom('. ', '\n\n', '\r\n', ', ')), {
            minLength: 3,
            maxLength: 20,
          })
          .map((parts) => parts.join('')),
        publisher: phrases(),
        published: edtfDates(),
        retrieved: edtfDates(),
        url: fc.constantFrom('https://example.org/a', 'http://example.org/b?c=d#e'),
        language: fc.constantFrom('en', 'fr-BE', 'ar'),
        tlp: fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red'),
        reliability: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
        author: phrases(),
        upstream: phrases(),
      },
      { requiredKeys: ['title', 'text'] },
    )
    .map((document) => ({ id: documentIdOf(document.text), ...document }));

// ---- fields ----

/** Where the ids in an annotation's fields come from. */
export interface References {
  readonly claims: fc.Arbitrary<string>;
  readonly warnings: fc.Arbitrary<string>;
  readonly attacks: fc.Arbitrary<string>;
  readonly comments: fc.Arbitrary<string>;
  /** Annotations of any kind. */
  readonly targets: fc.Arbitrary<string>;
  readonly documents: fc.Arbitrary<string>;
}

const uuids = fc.uuid({ version: 7 });
const anywhere: References = {
  claims: uuids,
  warnings: uuids,
  attacks: uuids,
  comments: uuids,
  targets: uuids,
  documents: phrases().map(documentIdOf),
};

const listOf = (item: fc.Arbitrary<string>, minLength = 0) =>
  fc.uniqueArray(item, { minLength, maxLength: 3 });
const counts = fc.nat({ max: 5000 });
const levels = fc.constantFrom('none' as const, 'vague' as const, 'stated' as const);

const figures: fc.Arbitrary<NonNullable<FieldsOf['claim']['figure']>> = fc
  .record(
    {
      counts: fc.constantFrom('killed', 'wounded', 'attackers'),
      min: counts,
      more: counts,
      asPrinted: phrases(),
    },
    { requiredKeys: ['counts'] },
  )
  .map(({ more, ...figure }) => (more === undefined ? figure : { ...figure, max: (figure.min ?? 0) + more }));

const tolls = (claims: fc.Arbitrary<string>) =>
  fc
    .record(
      { figures: fc.array(counts, { minLength: 3, maxLength: 3 }), evidence: listOf(claims) },
      { requiredKeys: ['figures'] },
    )
    .map(({ figures, ...rest }) => {
      const [low = 0, best = 0, high = 0] = [...figures].sort((a, b) => a - b);
      return { low, best, high, ...rest };
    });

/** Where an annotation came from; mostly it was made here. */
const origins: fc.Arbitrary<{ origin?: Origin }> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      origin: fc.record(
        {
          format: fc.constantFrom(...exchangeFormat.options),
          id: phrases(),
          canonical: fc.uuid().map((id) => `urn:uuid:${id}`),
          attributedTo: fc.record(
            {
              id: fc.constantFrom('acct:ana@hypothes.is', 'https://example.org/people/ana'),
              name: phrases(),
            },
            { requiredKeys: [] },
          ),
          created: fc.constantFrom('2031-03-05T09:11:00Z', '2031-03-05T09:11:00.123456+00:00'),
          rest: fc.constantFrom(
            { rights: 'https://example.org/rights' },
            { 'x-tool': [1, null, '\u{1F600}'] },
          ),
        },
        { requiredKeys: ['format'] },
      ),
    }),
  },
);
/** The fields of a kind, some with where they came from. */
const fromElsewhere = <T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<T & { origin?: Origin }> =>
  fc.tuple(fields, origins).map(([own, from]) => ({ ...own, ...from }));

/**
 * The fields of each kind, whole and valid by themselves. Unless `references` says where ids come from, they are random: valid
 * in form, and pointing at nothing. A claim's anchor is valid in form and proved against no text.
 */
export const fieldsOf = (
  references: Partial<References> = {},
): { readonly [K in AnnotationKind]: fc.Arbitrary<FieldsOf[K]> } => {
  const {
    claims,
    warnings,
    attacks,
    comments,
    targets,
    documents: documentIds,
  } = { ...anywhere, ...references };
  const evidence = listOf(claims);
  const made: { readonly [K in AnnotationKind]: fc.Arbitrary<FieldsOf[K]> } = {
    claim: fc.record(
      {
        anchor: fc
          .record({ documentId: documentIds, exact: phrases(), start: fc.nat({ max: 400 }) })
          .map((anchor) => ({
            ...anchor,
            prefix: '',
            suffix: '',
            end: anchor.start + Array.from(anchor.exact).length,
          })),
        statement: phrases(),
        asserters: fc.array(
          fc.record(
            {
              name: phrases(),
              kind: fc.constantFrom(
                'named' as const,
                'anonymous' as const,
                'organisation' as const,
                'document' as const,
              ),
            },
            { requiredKeys: ['name'] },
          ),
          { maxLength: 3 },
        ),
        quotation: fc.constantFrom('verbatim' as const, 'paraphrase' as const),
        modality: fc.constantFrom(
          'stated' as const,
          'hedged' as const,
          'denied' as const,
          'question' as const,
          'speculation' as const,
        ),
        estimative: fc.constantFrom('likely', 'may have'),
        credibility: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const, 6 as const),
        tags: listOf(tags()),
        figure: figures,
      },
      { requiredKeys: ['anchor'] },
    ),
    warning: fc.record(
      {
        summary: phrases(),
        issuedBy: phrases(),
        issuedTo: listOf(phrases()),
        issuedAt: statedDates(),
        channel: phrases(),
        threatActor: phrases(),
        targets: listOf(phrases()),
        method: listOf(phrases()),
        window: statedDates(),
        specificity: fc.record(
          { when: levels, where: levels, who: levels, how: levels },
          { requiredKeys: [] },
        ),
        disclosed: fc.constantFrom('before' as const, 'after' as const, 'unknown' as const),
        evidence,
      },
      { requiredKeys: ['summary'] },
    ),
    attack: fc.record(
      {
        summary: phrases(),
        occurredAt: statedDates(),
        eventType: fc.constantFrom(
          'bombing-explosion' as const,
          'armed-assault' as const,
          'unknown' as const,
        ),
        place: fc
          .record(
            {
              name: phrases(),
              country: phrases(),
              at: fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 })),
              geoPrecision: fc.constantFrom('exact' as const, 'near' as const, 'region' as const),
            },
            { requiredKeys: [] },
          )
          .map(({ at, ...place }) =>
            at === undefined
              ? place
              : { ...place, latitude: at[0], longitude: at[1] + 0.5 * Math.sign(-at[1]) },
          ),
        actors: listOf(phrases()),
        claimedBy: phrases(),
        weapons: listOf(phrases()),
        casualties: fc.record({ killed: tolls(claims), wounded: tolls(claims) }, { requiredKeys: [] }),
        evidence,
      },
      { requiredKeys: ['summary'] },
    ),
    link: fc
      .tuple(
        fc.oneof(
          { weight: 4, arbitrary: fc.record({ warningId: warnings, attackId: attacks }) },
          {
            weight: 1,
            arbitrary: fc
              .record({ earlierAttackId: attacks, attackId: attacks })
              .filter((ends) => ends.earlierAttackId !== ends.attackId),
          },
        ),
        fc.record(
          {
            relation: fc.constantFrom(
              'warned-of' as const,
              'context' as const,
              'retaliation-for' as const,
              'led-to' as const,
              'same-as' as const,
              'unrelated' as const,
            ),
            assessment: fc.constantFrom(
              'almost-no-chance' as const,
              'likely' as const,
              'almost-certain' as const,
            ),
            confidence: fc.constantFrom('low' as const, 'moderate' as const, 'high' as const),
            grounds: phrases(),
            evidence,
          },
          { requiredKeys: [] },
        ),
      )
      .map(([ends, judgement]) => ({ ...ends, ...judgement })),
    dispute: fc.record(
      {
        question: phrases(),
        targets: listOf(targets, 1),
        positions: fc.array(
          fc.record({ statement: phrases(), heldBy: phrases(), evidence }, { requiredKeys: ['statement'] }),
          { maxLength: 3 },
        ),
        grounds: phrases(),
        owner: fc.constantFrom('alice', 'bob', 'chen'),
      },
      { requiredKeys: ['question', 'targets'] },
    ),
    comment: fc.record(
      { targetId: targets, body: phrases(), replyTo: comments },
      { requiredKeys: ['targetId', 'body'] },
    ),
    item: fc.record(
      {
        format: fc.constantFrom(...exchangeFormat.options),
        type: fc.constantFrom('Annotation', 'indicator'),
        title: phrases(),
        about: listOf(fc.constantFrom('http://www.example.com/index.html', 'urn:isbn:0451450523')),
        content: fc.dictionary(
          phrases().filter((key) => key !== '__proto__'),
          fc.oneof(phrases(), fc.integer(), fc.constant(null)),
          {
            maxKeys: 3,
          },
        ),
      },
      { requiredKeys: ['format', 'content'] },
    ),
  };
  return Object.fromEntries(
    Object.entries(made).map(([kind, fields]) => [kind, fromElsewhere(fields as fc.Arbitrary<object>)]),
  ) as unknown as typeof made;
};

/** The fields that each kind is meaningless without: a revision sets them and never clears them. */
const REQUIRED: { readonly [K in AnnotationKind]: readonly (keyof FieldsOf[K])[] } = {
  claim: ['anchor'],
  warning: ['summary'],
  attack: ['summary'],
  link: ['warningId', 'earlierAttackId', 'attackId'],
  dispute: ['question', 'targets'],
  comment: ['targetId', 'body', 'replyTo'],
  item: ['format', 'content'],
};
/** The fields that no revision touches: what a link ties and what a comment is on. */
const FIXED: ReadonlySet<string> = new Set([
  'warningId',
  'earlierAttackId',
  'attackId',
  'targetId',
  'replyTo',
  'format',
  'origin',
]);

const KINDS = Object.keys(REQUIRED) as AnnotationKind[];

// ---- intentions ----

type Expectation = 'none' | 'current' | 'stale';

interface Drawn {
  readonly actor: string;
  /** Point at something that is not there, or that no longer stands. */
  readonly astray: boolean;
  readonly expectation: Expectation;
  readonly pick: number;
  readonly reason: string;
}

type Intention = Drawn &
  (
    | { readonly what: 'record'; readonly kind: AnnotationKind; readonly fields: object }
    | {
        readonly what: 'revise';
        readonly kind: AnnotationKind;
        readonly fields: object;
        readonly chosen: readonly boolean[];
        readonly cleared: readonly boolean[];
      }
    | { readonly what: 'repeat' }
    | { readonly what: 'retract' }
    | { readonly what: 'withdraw' }
    | { readonly what: 'reopen-dispute' }
    | { readonly what: 'reinstate' }
    | { readonly what: 'restore-dispute' }
    | { readonly what: 'attach' }
    | { readonly what: 'detach' }
    | { readonly what: 'close' }
    | { readonly what: 'reopen' }
    | { readonly what: 'restrict'; readonly members: string[] }
    | { readonly what: 'unrestrict' }
    | { readonly what: 'settle'; readonly outcome: SettleDispute['outcome'] }
    | { readonly what: 'rename'; readonly title: string; readonly summary: string | null }
    | { readonly what: 'suggest'; readonly accepted: boolean }
  );

/** Stands for the id of an annotation, or a document, that is chosen once the state is known. */
const PLACEHOLDER = /^\?(\w+)\/(\d+)$/;
const placeholder = (sort: string) => fc.nat({ max: 30 }).map((n) => `?${sort}/${n}`);

const drawnFields = fieldsOf({
  claims: placeholder('claim'),
  warnings: placeholder('warning'),
  attacks: placeholder('attack'),
  comments: placeholder('comment'),
  targets: placeholder('any'),
  documents: placeholder('document'),
});

const drawn = {
  actor: fc.constantFrom('alice', 'bob', 'chen'),
  astray: fc.nat({ max: 19 }).map((n) => n === 19),
  expectation: fc.nat({ max: 9 }).map((n): Expectation => (n < 6 ? 'none' : n < 9 ? 'current' : 'stale')),
  pick: fc.nat({ max: 30 }),
  reason: phrases(),
};
const flags = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });

const kindAndFields = fc.oneof(
  ...KINDS.map((kind) => ({
    weight: kind === 'claim' ? 4 : kind === 'item' ? 1 : 2,
    arbitrary: (drawnFields[kind] as fc.Arbitrary<object>).map((fields) => ({ kind, fields })),
  })),
);

const intention: fc.Arbitrary<Intention> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(fc.record(drawn), kindAndFields)
      .map(([d, f]) => ({ what: 'record' as const, ...d, ...f })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.record({ ...drawn, chosen: flags, cleared: flags }), kindAndFields)
      .map(([d, f]) => ({ what: 'revise' as const, ...d, ...f })),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...drawn,
      what: fc.constantFrom(
        'repeat',
        'retract',
        'reinstate',
        'withdraw',
        'reopen-dispute',
        'restore-dispute',
        'attach',
        'detach',
        'reopen',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...drawn,
      what: fc.constant('settle' as const),
      outcome: fc.constantFrom('prevails', 'compatible', 'all-kept', 'unresolvable'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ ...drawn, what: fc.constant('suggest' as const), accepted: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ ...drawn, what: fc.constant('close' as const) }),
      fc.record({ ...drawn, what: fc.constant('unrestrict' as const) }),
      fc.record({
        ...drawn,
        what: fc.constant('restrict' as const),
        members: fc.subarray(['alice', 'bob', 'judy'], { minLength: 1 }),
      }),
      fc.record({
        ...drawn,
        what: fc.constant('rename' as const),
        title: phrases(),
        summary: fc.option(phrases(), { nil: null }),
      }),
    ),
  },
);

// ---- histories ----

/** One command of a history, what was decided, and what the ledger then recorded. */
export interface Step {
  readonly actor: string;
  readonly command: IncidentCommand;
  /** The state that the command met. */
  readonly before: IncidentState;
  readonly decision: IncidentDecision;
  /** Empty where the command was refused or changed nothing. */
  readonly events: readonly RecordedEvent<IncidentEventType>[];
  readonly after: IncidentState;
}

/** The life of one incident. Positions and versions are both 1, 2, 3, … : the incident is alone in its ledger. */
export interface History {
  readonly incidentId: string;
  /** The documents that its claims stand in. */
  readonly documents: readonly LibraryDocument[];
  readonly commands: readonly IncidentCommand[];
  readonly steps: readonly Step[];
  readonly events: readonly RecordedEvent<IncidentEventType>[];
  /** The fold of `events`. */
  readonly state: IncidentState;
}

export interface HistoryShape {
  /** How many commands follow the opening at most; 40 where left out. */
  readonly maxCommands?: number;
  /** How many documents there are at most; 3 where left out. */
  readonly maxDocuments?: number;
}

/**
 * Histories of an incident: mostly commands that the state permits, some that point astray, come late, ask twice, or expect a
 * revision that has passed. Ids differ between histories.
 */
export const histories = ({ maxCommands = 40, maxDocuments = 3 }: HistoryShape = {}): fc.Arbitrary<History> =>
  fc
    .record({
      // Not shrunk, so that a shrunk history stays the history of the same incident.
      seed: fc.noShrink(fc.nat({ max: 0x7fffffff })),
      documents: fc.uniqueArray(documents(), {
        minLength: 1,
        maxLength: maxDocuments,
        selector: ({ id }) => id,
      }),
      title: phrases(),
      intentions: fc.array(intention, { maxLength: maxCommands, size: 'max' }),
    })
    .map(({ seed, documents, title, intentions }) => play(seed, documents, title, intentions));

/**
 * A history of nearly as many commands as it may have, for tests that need one with something in it: the
 * longest of some, so that a change of what is drawn does not leave a short one.
 */
export const longHistory = (seed: number, maxCommands: number): History => {
  const drawn = fc.sample(histories({ maxCommands }), { numRuns: 20, seed });
  return drawn.reduce((longest, each) => (each.steps.length > longest.steps.length ? each : longest));
};

/** The `n`th id that the history with this seed makes: a version 7 UUID in form. */
const idOf = (seed: number, n: number): string =>
  `01990000-${(n >>> 16).toString(16).padStart(4, '0')}-7${(n & 0xfff).toString(16).padStart(3, '0')}-8000-${seed.toString(16).padStart(12, '0')}`;

const START = Date.UTC(2031, 2, 4, 9);

function play(
  seed: number,
  library: readonly LibraryDocument[],
  title: string,
  intentions: readonly Intention[],
): History {
  const incidentId = idOf(seed, 0);
  const steps: Step[] = [];
  const events: RecordedEvent<IncidentEventType>[] = [];
  let state: IncidentState = initialIncident;

  const perform = (actor: string, command: IncidentCommand): void => {
    const before = state;
    const decision = decide(command, before);
    const recorded = (decision.accepted ? decision.events : []).map((event, index) => {
      const position = events.length + index + 1;
      const at = new Date(START + position * 61_007).toISOString();
      return { ...event, position, version: position, actor, at };
    });
    events.push(...recorded);
    state = recorded.reduce(evolve, before);
    steps.push({ actor, command, before, decision, events: recorded, after: state });
  };

  perform('alice', { type: 'OpenIncident', incidentId, fields: { title } });
  const first = library[0];
  if (first !== undefined) perform('alice', { type: 'AttachDocument', documentId: first.id });
  intentions.forEach((each, index) => {
    const command =
      each.what === 'repeat'
        ? steps[each.pick % steps.length]?.command
        : commandFor(each, state, library, idOf(seed, index + 1), idOf(seed, 0xffff));
    if (command !== undefined) perform(each.actor, command);
  });
  const history: History = {
    incidentId,
    documents: library,
    commands: steps.map(({ command }) => command),
    steps,
    events,
    state,
  };
  // A counterexample is to be read: one line a command, and what became of it.
  Object.defineProperty(history, fc.toStringMethod, { value: () => toldIn(steps) });
  return history;
}

const toldIn = (steps: readonly Step[]): string =>
  steps
    .map(({ actor, command, decision, events }) => {
      const outcome = decision.accepted
        ? events.map(({ position, type }) => `${position} ${type}`).join(', ') || 'nothing'
        : decision.refusal.code;
      return `\n  ${actor}: ${JSON.stringify(command)} -> ${outcome}`;
    })
    .join('');

const pickFrom = <T>(items: readonly T[], pick: number): T | undefined =>
  items.length === 0 ? undefined : items[pick % items.length];

/** The command that carries the intention out in this state; `undefined` where there is nothing to do it to. */
function commandFor(
  intended: Exclude<Intention, { what: 'repeat' }>,
  state: IncidentState,
  library: readonly LibraryDocument[],
  newId: string,
  unknownId: string,
): IncidentCommand | undefined {
  if (state.status === 'unopened') return undefined;
  const { pick, reason, astray } = intended;
  const expectedOf = (revision: number) =>
    intended.expectation === 'none'
      ? {}
      : { expected: intended.expectation === 'current' ? revision : revision + 1 };
  if (state.status === 'closed' && !astray) {
    return { type: 'ReopenIncident', reason, ...expectedOf(state.revision) };
  }

  const annotations = [...state.annotations.values()];
  const standing = ({ status }: Annotation): boolean => status !== 'retracted' && status !== 'erased';
  const choose = (wanted: (annotation: Annotation) => boolean, n = pick): Annotation | undefined =>
    pickFrom(astray ? annotations : annotations.filter((each) => standing(each) && wanted(each)), n);
  const dispute = (...allowed: Annotation['standing'][]) =>
    choose(({ kind, standing: now }) => kind === 'dispute' && allowed.includes(now));
  const attached = [...state.documents.keys()];

  /** Ids in the place of placeholders; a list leaves out what finds nothing. Fails where a single one finds nothing. */
  const settled = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const [, sort, number] = PLACEHOLDER.exec(value) ?? [];
      if (sort === undefined) return value;
      const n = Number(number);
      if (astray && n % 3 === 0) return unknownId;
      if (sort === 'document') return pickFrom(astray ? library.map(({ id }) => id) : attached, n);
      return (
        choose(({ kind }) => sort === 'any' || kind === sort, n) ?? (sort === 'any' ? state : undefined)
      )?.id;
    }
    if (Array.isArray(value)) {
      const items = value.map(settled).filter((item) => item !== undefined);
      return typeof items[0] === 'string' ? [...new Set(items)] : items;
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, settled(field)]));
    }
    return value;
  };

  const fieldsFor = (kind: AnnotationKind, raw: object): Record<string, unknown> | undefined => {
    const fields = settled(raw) as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) continue;
      if (name !== 'replyTo') return undefined;
      delete fields[name];
    }
    if (kind === 'claim') {
      const anchor = proved(fields['anchor'] as FieldsOf['claim']['anchor'], library);
      if (anchor === undefined) return undefined;
      fields['anchor'] = anchor;
    }
    if (kind === 'link' && fields['earlierAttackId'] === fields['attackId']) return undefined;
    if (kind === 'dispute') {
      const targets = (fields['targets'] as string[]).filter((id) => id !== state.id);
      if (targets.length === 0) return undefined;
      fields['targets'] = targets;
    }
    if (kind === 'comment' && !astray) {
      // A reply is on what its parent is on.
      const parent = state.annotations.get(fields['replyTo'] as string) as Annotation<'comment'> | undefined;
      if (parent?.fields) fields['targetId'] = parent.fields.targetId;
    }
    return fields;
  };

  switch (intended.what) {
    case 'record': {
      const fields = fieldsFor(intended.kind, intended.fields);
      return (
        fields &&
        ({ type: 'RecordAnnotation', kind: intended.kind, id: newId, fields } as unknown as IncidentCommand)
      );
    }
    case 'revise': {
      const { kind, chosen, cleared } = intended;
      const target = choose(
        (each) => each.kind === kind && each.standing !== 'resolved' && each.standing !== 'withdrawn',
      );
      if (target === undefined) return undefined;
      const fields = fieldsFor(kind, intended.fields);
      if (fields === undefined) return undefined;
      const required = REQUIRED[kind] as readonly string[];
      const changes = Object.entries(fields)
        .filter(([name], index) => !FIXED.has(name) && chosen[index % chosen.length])
        .map(([name, value], index) => [
          name,
          cleared[index % cleared.length] && !required.includes(name) ? null : value,
        ]);
      return {
        type: 'ReviseAnnotation',
        kind,
        id: target.id,
        changes: Object.fromEntries(changes) as object,
        reason,
        ...expectedOf(target.revision),
      } as unknown as IncidentCommand;
    }
    case 'retract': {
      const target = choose(() => true);
      return (
        target && {
          type: 'RetractAnnotation',
          kind: target.kind,
          id: target.id,
          reason,
          ...expectedOf(target.revision),
        }
      );
    }
    case 'settle': {
      const target = dispute('open', 'reopened');
      const positions = (target as Annotation<'dispute'> | undefined)?.fields?.positions?.length ?? 0;
      const outcome =
        intended.outcome === 'prevails' && positions === 0 && !astray ? 'compatible' : intended.outcome;
      // Now and then for the position behind the last.
      const choice = pick % 8 === 7 ? positions : pick % Math.max(positions, 1);
      const prevailing = outcome === 'prevails' ? { prevailing: choice } : {};
      return (
        target && {
          type: 'SettleDispute',
          id: target.id,
          resolution: { outcome, ...prevailing, reason },
          ...expectedOf(target.revision),
        }
      );
    }
    case 'withdraw': {
      const target = dispute('open', 'reopened');
      return target && { type: 'WithdrawDispute', id: target.id, reason, ...expectedOf(target.revision) };
    }
    case 'reopen-dispute': {
      const target = dispute('resolved', 'withdrawn');
      return target && { type: 'ReopenDispute', id: target.id, reason, ...expectedOf(target.revision) };
    }
    case 'reinstate': {
      const target = pickFrom(
        annotations.filter(({ retraction }) => astray || retraction !== undefined),
        pick,
      );
      return target && { type: 'ReinstateAnnotation', kind: target.kind, id: target.id, reason };
    }
    case 'restore-dispute': {
      const target = dispute('open', 'reopened', 'resolved', 'withdrawn');
      const standing = pickFrom(['open', 'reopened', 'withdrawn'] as const, pick) ?? 'open';
      return target && { type: 'RestoreDispute', id: target.id, standing, reason };
    }
    case 'attach': {
      const document = pickFrom(
        library.filter(({ id }) => astray || !state.documents.has(id)),
        pick,
      );
      return document && { type: 'AttachDocument', documentId: document.id };
    }
    case 'detach': {
      const documentId = pickFrom(astray ? library.map(({ id }) => id) : attached, pick);
      return documentId === undefined ? undefined : { type: 'DetachDocument', documentId, reason };
    }
    case 'suggest': {
      const target = choose(() => true);
      if (target === undefined) return undefined;
      const suggested = {
        suggestionId: `5${target.id.slice(1)}`,
        suggestion: {
          kind: 'one-quote-two-parties' as const,
          subjects: [target.id],
          sentence: reason,
          facts: { quote: reason, parties: [{ claimId: target.id, name: 'an official' }] },
        },
      };
      if (!intended.accepted) return { type: 'DismissSuggestion', ...suggested, reason };
      const dispute = { id: newId, fields: { question: reason, targets: [target.id] } };
      return {
        type: 'AcceptSuggestion',
        ...suggested,
        ...(pick % 3 === 0 && { reason }),
        ...(pick % 2 === 0 && { dispute }),
      };
    }
    case 'close':
      return { type: 'CloseIncident', reason, ...expectedOf(state.revision) };
    case 'reopen':
      return { type: 'ReopenIncident', ...expectedOf(state.revision) };
    case 'restrict':
      return { type: 'RestrictIncident', members: intended.members, reason, ...expectedOf(state.revision) };
    case 'unrestrict':
      return { type: 'UnrestrictIncident', reason, ...expectedOf(state.revision) };
    case 'rename':
      return {
        type: 'ReviseIncident',
        changes: { title: intended.title, summary: intended.summary },
        reason,
        ...expectedOf(state.revision),
      };
  }
}

/** The anchor of a span of the document, as long as the drawn quote and near where it was drawn; proved as the service proves it. */
function proved(
  // Without a document where none is attached.
  drawnAnchor: Omit<FieldsOf['claim']['anchor'], 'documentId'> & { documentId: string | undefined },
  library: readonly LibraryDocument[],
): FieldsOf['claim']['anchor'] | undefined {
  const { documentId } = drawnAnchor;
  if (documentId === undefined) return undefined;
  const text = library.find(({ id }) => id === documentId)?.text;
  if (text === undefined) return { ...drawnAnchor, documentId };
  const length = Array.from(text).length;
  const start = drawnAnchor.start % length;
  const end = Math.min(length, Math.max(start + 1, start + drawnAnchor.end - drawnAnchor.start));
  let resolved = resolveAnchor(text, { documentId, start, end });
  if ('refusal' in resolved) {
    // A span that cuts a character is drawn out to the whole of it.
    const [whole] = (resolved.refusal.facts?.['occurrences'] ?? []) as {
      start: number;
      end: number;
    }[];
    if (whole !== undefined)
      resolved = resolveAnchor(text, { documentId, start: whole.start, end: whole.end });
  }
  if ('refusal' in resolved) throw new Error(`a span of the text was refused: ${resolved.refusal.detail}`);
  return resolved.anchor;
}

// ---- stored and disordered events ----

/** The event as the ledger would give it back. */
export const storedForm = (event: RecordedEvent): StoredForm => ({
  position: event.position,
  streamVersion: event.version,
  type: event.type,
  schemaVersion: SCHEMA_VERSION[event.type],
  subject: event.subject,
  payload: event.data as unknown as JsonObject | null,
  actorId: event.actor,
  recordedAt: event.at,
});

/** The event with its payload erased by law. */
export const erased = <E extends RecordedEvent>(event: E): E => ({ ...event, data: null });

/**
 * A history in which some payloads were erased: possible in a ledger, and what every fold must bear. Give the events, in
 * order; `history` is how they were before.
 */
export const erasedHistories = (
  shape?: HistoryShape,
): fc.Arbitrary<{ history: History; events: RecordedEvent<IncidentEventType>[] }> =>
  fc
    .tuple(histories(shape), fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 30 }))
    .map(([history, lots]) => ({
      history,
      events: history.events.map((event, index) => (lots[index % lots.length] === 0 ? erased(event) : event)),
    }));

/** Events of an incident that no ledger would hold: some missing, some twice, out of order, some erased. */
export const disorderedEvents = (shape?: HistoryShape): fc.Arbitrary<RecordedEvent<IncidentEventType>[]> =>
  erasedHistories(shape).chain(({ events }) =>
    fc
      .array(fc.nat({ max: events.length - 1 }), { maxLength: 2 * events.length })
      .map((order) => order.flatMap((index) => events[index] ?? [])),
  );
